import type { AnyObject } from '@gantry/machinery/object';
import type {
  AutoscalingV1HorizontalPodAutoscaler as AutoscalerV1,
  HorizontalPodAutoscaler as AutoscalerV2,
  MetricSpec,
} from '../../generated/types.ts';

/** What v1 has no field for travels in annotations, so that reading and writing back as v1 loses nothing. */
const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';
const BEHAVIOR = 'autoscaling.alpha.kubernetes.io/behavior';
const CONDITIONS = 'autoscaling.alpha.kubernetes.io/conditions';
const CURRENT_METRICS = 'autoscaling.alpha.kubernetes.io/current-metrics';
const CARRIED = [METRICS, BEHAVIOR, CONDITIONS, CURRENT_METRICS];

const isCPU = (metric: MetricSpec): boolean =>
  metric.type === 'Resource' &&
  metric.resource?.name === 'cpu' &&
  metric.resource.target.averageUtilization !== undefined;

/** autoscaling/v2 → v1. */
export function hpaFromStorage(object: AnyObject): AnyObject {
  const stored = object as unknown as AutoscalerV2;
  const { metrics = [], behavior, ...spec } = stored.spec;
  const { conditions, currentMetrics, ...status } = stored.status ?? { desiredReplicas: 0 };
  const cpu = metrics.find(isCPU);
  const others = metrics.filter((metric) => metric !== cpu);
  const carried: Record<string, string> = {};
  if (others.length > 0) carried[METRICS] = JSON.stringify(others);
  if (behavior !== undefined) carried[BEHAVIOR] = JSON.stringify(behavior);
  if ((conditions ?? []).length > 0) carried[CONDITIONS] = JSON.stringify(conditions);
  const seen = currentMetrics?.find((metric) => metric.resource?.name === 'cpu');
  const otherSeen = (currentMetrics ?? []).filter((metric) => metric !== seen);
  if (otherSeen.length > 0) carried[CURRENT_METRICS] = JSON.stringify(otherSeen);
  const target = cpu?.resource?.target.averageUtilization;
  const current = seen?.resource?.current.averageUtilization;
  const converted: AutoscalerV1 = {
    apiVersion: 'autoscaling/v1',
    kind: stored.kind,
    metadata: withAnnotations(stored.metadata, carried),
    spec: { ...spec, ...(target === undefined ? {} : { targetCPUUtilizationPercentage: target }) },
    status: {
      currentReplicas: 0,
      ...status,
      ...(current === undefined ? {} : { currentCPUUtilizationPercentage: current }),
    },
  };
  return converted as unknown as AnyObject;
}

/** autoscaling/v1 → v2. An annotation that is no JSON is left where it is. */
export function hpaToStorage(object: AnyObject): AnyObject {
  const given = object as unknown as AutoscalerV1;
  const { targetCPUUtilizationPercentage: target, ...spec } = given.spec;
  const { currentCPUUtilizationPercentage: current, ...status } = given.status ?? {
    currentReplicas: 0,
    desiredReplicas: 0,
  };
  const carried = readCarried(given.metadata.annotations);
  const metrics = [
    ...(target === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: target } },
          },
        ]),
    ...listOf(carried[METRICS]),
  ];
  const currentMetrics = [
    ...(current === undefined
      ? []
      : [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: current } } }]),
    ...listOf(carried[CURRENT_METRICS]),
  ];
  const conditions = listOf(carried[CONDITIONS]);
  const behavior = carried[BEHAVIOR];
  return {
    apiVersion: 'autoscaling/v2',
    kind: given.kind,
    metadata: withoutAnnotations(given.metadata, Object.keys(carried)),
    spec: {
      ...spec,
      ...(metrics.length === 0 ? {} : { metrics }),
      ...(behavior === undefined ? {} : { behavior }),
    },
    status: {
      ...status,
      ...(currentMetrics.length === 0 ? {} : { currentMetrics }),
      ...(conditions.length === 0 ? {} : { conditions }),
    },
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function readCarried(annotations: Readonly<Record<string, string>> | undefined): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key of CARRIED) {
    const text = annotations?.[key];
    if (text === undefined) continue;
    try {
      out[key] = JSON.parse(text);
    } catch {
      // Not ours: a user's own text stays an annotation.
    }
  }
  return out;
}

function withAnnotations(
  metadata: AutoscalerV2['metadata'],
  added: Record<string, string>,
): AutoscalerV2['metadata'] {
  if (Object.keys(added).length === 0) return metadata;
  return { ...metadata, annotations: { ...metadata.annotations, ...added } };
}

function withoutAnnotations(
  metadata: AutoscalerV1['metadata'],
  removed: readonly string[],
): AutoscalerV1['metadata'] {
  if (removed.length === 0) return metadata;
  const { annotations, ...rest } = metadata;
  const kept = Object.fromEntries(
    Object.entries(annotations ?? {}).filter(([key]) => !removed.includes(key)),
  );
  return Object.keys(kept).length === 0 ? rest : { ...rest, annotations: kept };
}
