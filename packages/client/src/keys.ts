import type { KubeObject } from '@gantry/machinery/object';

/** `namespace/name`, or `name` without a namespace: how caches and queues name an object. */
export const keyOf = (object: { readonly metadata: { namespace?: string; name?: string } }): string =>
  keyFor(object.metadata.namespace, object.metadata.name ?? '');

export const keyFor = (namespace: string | undefined, name: string): string =>
  namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return slash < 0
    ? { namespace: '', name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/**
 * Orders resource versions: decimal numbers of any length (comparable since Kubernetes 1.35).
 * Negative when `a` is older than `b`; '' is older than any other.
 */
export function compareResourceVersions(a: string | undefined, b: string | undefined): number {
  const left = a ?? '';
  const right = b ?? '';
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The owner that manages the object, if it has one. */
export const controllerOf = (object: KubeObject) =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true);
