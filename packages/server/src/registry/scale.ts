import { Scale as ScaleType } from '@gantry/api/autoscaling/v1/scale';
import { decodeType } from '@gantry/api/compile';
import type { ScaleMapping } from '@gantry/api/kind';
import { invalid as invalidField } from '@gantry/machinery/field-error';
import { isObject, type JsonObject } from '@gantry/machinery/json';
import type { LabelSelectorObject } from '@gantry/machinery/label-selector';
import {
  formatLabelSelector,
  selectorFromLabels,
  selectorFromObject,
} from '@gantry/machinery/label-selector';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, invalid } from '@gantry/machinery/status';
import type { ApiResource } from './resource.ts';

/** The `Scale` object that stands for a workload in its `scale` subresource. */
export interface Scale extends AnyObject {
  spec?: { replicas?: number };
  status?: { replicas?: number };
}

const SCALE_VERSION = 'autoscaling/v1';

const pathOf = (path: string): string[] => path.split('.').filter((part) => part !== '');

function valueAt(object: AnyObject, path: string): unknown {
  let value: unknown = object;
  for (const part of pathOf(path)) value = isObject(value) ? value[part] : undefined;
  return value;
}

function mapping(resource: Pick<ApiResource, 'kind'>): ScaleMapping {
  const { scale } = resource.kind.subresources ?? {};
  if (scale === undefined) throw badRequest(`${resource.kind.kind} has no scale`);
  return scale;
}

function selectorText(selector: unknown): string {
  // Custom resources hold it as text.
  if (typeof selector === 'string') return selector;
  if (!isObject(selector)) return '';
  const structured = 'matchLabels' in selector || 'matchExpressions' in selector;
  try {
    return structured
      ? formatLabelSelector(selectorFromObject(selector as LabelSelectorObject) ?? [])
      : formatLabelSelector(selectorFromLabels(selector as Record<string, string>));
  } catch {
    return '';
  }
}

export function scaleOf(resource: Pick<ApiResource, 'kind'>, object: AnyObject): Scale {
  const { specReplicasPath, statusReplicasPath, selectorPath } = mapping(resource);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = selectorPath === undefined ? '' : selectorText(valueAt(object, selectorPath));
  const replicas = valueAt(object, specReplicasPath);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: typeof replicas === 'number' && replicas !== 0 ? { replicas } : {},
    status: { replicas: valueAt(object, statusReplicasPath) ?? 0, ...(selector === '' ? {} : { selector }) },
  } as unknown as Scale;
}

/** Decodes a Scale. Throws BadRequest. */
export function decodeScale(value: unknown): Scale {
  if (!isObject(value)) throw badRequest('a Scale must be a JSON object');
  const { apiVersion = SCALE_VERSION } = value;
  if (apiVersion !== SCALE_VERSION)
    throw badRequest(
      `Scale in version "v1" cannot be handled as a Scale: no kind "Scale" is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
  const { object } = decodeType<Scale>(ScaleType, { kind: 'Scale', version: 'v1' }, value, 'Ignore');
  object.metadata ??= { name: '' };
  return object;
}

/** What applying a Scale says of the workload behind it: its replicas, and nothing else. Throws Invalid. */
export function workloadConfig(resource: ApiResource, scale: Scale): AnyObject {
  const { kind, apiVersion } = resource;
  const config: AnyObject = { kind: kind.kind, apiVersion, metadata: { name: scale.metadata.name } };
  const replicas = scale.spec?.replicas;
  if (replicas === undefined) return config;
  checkReplicas(replicas, scale.metadata.name);
  setReplicas(resource, config, replicas);
  return config;
}

function checkReplicas(replicas: number, name: string): void {
  if (replicas < 0)
    throw invalid('autoscaling', 'Scale', name, [
      invalidField('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ]);
}

function setReplicas(resource: Pick<ApiResource, 'kind'>, object: AnyObject, replicas: number): void {
  const parts = pathOf(mapping(resource).specReplicasPath);
  const last = parts.pop();
  let parent: JsonObject = object;
  for (const part of parts) {
    const child = parent[part];
    const next: JsonObject = isObject(child) ? child : {};
    parent[part] = next;
    parent = next;
  }
  if (last !== undefined) parent[last] = replicas;
}

/** Puts the wanted replicas into a copy of the workload. Throws Invalid. */
export function withScale(resource: Pick<ApiResource, 'kind'>, live: AnyObject, scale: Scale): AnyObject {
  const { name, uid, resourceVersion } = scale.metadata;
  if (name !== '' && name !== undefined && name !== live.metadata.name)
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${live.metadata.name})`,
    );
  const replicas = scale.spec?.replicas ?? 0;
  checkReplicas(replicas, live.metadata.name);
  setReplicas(resource, live, replicas);
  if (uid !== undefined && uid !== '') live.metadata.uid = uid;
  if (resourceVersion === undefined) delete live.metadata.resourceVersion;
  else live.metadata.resourceVersion = resourceVersion;
  return live;
}
