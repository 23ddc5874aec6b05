import type { KindDefinition } from '@gantry/api/kind';
import type { AnyObject } from '@gantry/machinery/object';

/** Between a served kind and the kind whose rows it shares. Both return new objects and keep what they don't know. */
export interface Conversion {
  fromStorage(object: AnyObject): AnyObject;
  toStorage(object: AnyObject): AnyObject;
}

type Renames = Readonly<Record<string, string>>;

/** events.k8s.io/v1 names of fields of core events. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
const EVENT: Renames = {
  message: 'note',
  involvedObject: 'regarding',
  source: 'deprecatedSource',
  firstTimestamp: 'deprecatedFirstTimestamp',
  lastTimestamp: 'deprecatedLastTimestamp',
  count: 'deprecatedCount',
  reportingComponent: 'reportingController',
};
const reversed = (renames: Renames): Renames =>
  Object.fromEntries(Object.entries(renames).map(([from, to]) => [to, from]));

function rename(object: AnyObject, renames: Renames, apiVersion: string): AnyObject {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) out[renames[name] ?? name] = value;
  out['apiVersion'] = apiVersion;
  return out as AnyObject;
}

const CPU_TARGET = 'targetCPUUtilizationPercentage';

interface CpuMetric {
  readonly type?: string;
  readonly resource?: {
    readonly name?: string;
    readonly target?: { readonly type?: string; readonly averageUtilization?: number };
    readonly current?: { readonly averageUtilization?: number };
  };
}

const isCpuUtilization = (metric: CpuMetric): boolean =>
  metric.type === 'Resource' && metric.resource?.name === 'cpu';

/** Metrics that autoscaling/v1 can't say ride in this annotation, so that a v1 client does not lose them. */
const METRICS_ANNOTATION = 'autoscaling.alpha.kubernetes.io/metrics';
const BEHAVIOR_ANNOTATION = 'autoscaling.alpha.kubernetes.io/behavior';

function hpaToV1(object: AnyObject): AnyObject {
  const { spec, status, metadata, ...rest } = object as AnyObject & Record<'spec' | 'status', unknown>;
  const { metrics, behavior, ...plainSpec } = { ...(spec as object) } as Record<string, unknown>;
  const { currentMetrics, conditions: _conditions, ...plainStatus } = { ...(status as object) } as Record<string, unknown>;
  const list = (metrics ?? []) as CpuMetric[];
  const cpu = list.find((metric) => isCpuUtilization(metric) && metric.resource?.target?.type === 'Utilization');
  const others = list.filter((metric) => metric !== cpu);
  const current = ((currentMetrics ?? []) as CpuMetric[]).find(isCpuUtilization);
  const annotations = { ...metadata.annotations };
  if (others.length > 0) annotations[METRICS_ANNOTATION] = JSON.stringify(others);
  if (behavior !== undefined) annotations[BEHAVIOR_ANNOTATION] = JSON.stringify(behavior);
  const utilization = cpu?.resource?.target?.averageUtilization;
  const measured = current?.resource?.current?.averageUtilization;
  return {
    ...rest,
    apiVersion: 'autoscaling/v1',
    metadata: { ...metadata, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: { ...plainSpec, ...(utilization === undefined ? {} : { [CPU_TARGET]: utilization }) },
    status: { ...plainStatus, ...(measured === undefined ? {} : { currentCPUUtilizationPercentage: measured }) },
  } as AnyObject;
}

function parseAnnotation(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hpaFromV1(object: AnyObject): AnyObject {
  const { spec, status, metadata, ...rest } = object as AnyObject & Record<'spec' | 'status', unknown>;
  const { [CPU_TARGET]: utilization, ...plainSpec } = { ...(spec as object) } as Record<string, unknown>;
  const { currentCPUUtilizationPercentage: measured, ...plainStatus } = { ...(status as object) } as Record<string, unknown>;
  const { [METRICS_ANNOTATION]: others, [BEHAVIOR_ANNOTATION]: behavior, ...annotations } = { ...metadata.annotations };
  const kept = parseAnnotation(others);
  const metrics: unknown[] = Array.isArray(kept) ? [...kept] : [];
  if (utilization !== undefined)
    metrics.unshift({
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: utilization } },
    });
  const rules = parseAnnotation(behavior);
  const { annotations: _old, ...plainMetadata } = metadata;
  return {
    ...rest,
    apiVersion: 'autoscaling/v2',
    metadata: { ...plainMetadata, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: {
      ...plainSpec,
      ...(metrics.length > 0 ? { metrics } : {}),
      ...(typeof rules === 'object' && rules !== null ? { behavior: rules } : {}),
    },
    status: {
      ...plainStatus,
      ...(measured === undefined
        ? {}
        : { currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: measured } } }] }),
    },
  } as AnyObject;
}

/** Undefined when `served` is the stored kind itself. Throws for a pair that nobody wrote: a programming error. */
export function conversionFor(served: KindDefinition, stored: KindDefinition): Conversion | undefined {
  if (served === stored) return undefined;
  if (served.group === 'events.k8s.io')
    return {
      fromStorage: (object) => rename(object, EVENT, 'events.k8s.io/v1'),
      toStorage: (object) => rename(object, reversed(EVENT), 'v1'),
    };
  if (served.group === 'autoscaling' && served.version === 'v1')
    return { fromStorage: hpaToV1, toStorage: hpaFromV1 };
  throw new Error(`no conversion between ${served.group}/${served.version} and ${stored.group}/${stored.version}`);
}
