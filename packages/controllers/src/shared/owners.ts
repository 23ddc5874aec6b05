import { controllerOf } from '@gantry/client/keys';
import type { Client, Informer, Resource } from '@gantry/client/port';
import type { KubeObject, OwnerReference } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';

/** The reference that makes `owner` the managing controller. */
export const controllerRef = (owner: KubeObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
});

/** Keys of the controllers, of the kind, that manage the object now or managed it before. */
export function controllerKeys(kind: string, object: KubeObject, old: KubeObject | undefined): string[] {
  const keys = new Set<string>();
  for (const one of old === undefined ? [object] : [object, old]) {
    const owner = controllerOf(one);
    if (owner?.kind === kind) keys.add(`${one.metadata.namespace}/${owner.name}`);
  }
  return [...keys];
}

/** Index of the objects that no controller manages, by namespace. */
export const ORPHANS = 'orphansByNamespace';
export const orphanKeys = (object: KubeObject): readonly string[] =>
  controllerOf(object) === undefined ? [object.metadata.namespace ?? ''] : [];

/**
 * The objects that `owner` manages: those it has already, without those that no longer match (they are released), and
 * orphans that match (they are adopted, unless the owner is being deleted, asked from the server at most once).
 */
export async function claim<T extends KubeObject>(parameters: {
  readonly client: Client;
  readonly owner: KubeObject;
  readonly ownerResource: Resource;
  readonly resource: Resource<T>;
  readonly informer: Informer<T>;
  readonly matches: (object: T) => boolean;
  /** Finalizer of the owner's controller that a released object must not keep. */
  readonly finalizer?: string;
}): Promise<T[]> {
  const { client, owner, resource, informer, matches } = parameters;
  const { uid = '', namespace = '' } = owner.metadata;
  const claimed: T[] = [];
  for (const object of informer.byIndex('byOwner', uid)) {
    if (controllerOf(object)?.uid !== uid) continue;
    if (matches(object)) claimed.push(object);
    else if (owner.metadata.deletionTimestamp === undefined)
      await release(client, resource, object, uid, parameters.finalizer);
  }
  if (owner.metadata.deletionTimestamp !== undefined) return claimed;
  const orphans = informer
    .byIndex(ORPHANS, namespace)
    .filter((object) => object.metadata.deletionTimestamp === undefined && matches(object));
  if (orphans.length === 0) return claimed;
  const fresh = await client.get(parameters.ownerResource, namespace, owner.metadata.name);
  if (fresh.metadata.uid !== uid || fresh.metadata.deletionTimestamp !== undefined) return claimed;
  for (const orphan of orphans) {
    const adopted = await adopt(client, resource, orphan, owner);
    if (adopted !== undefined) claimed.push(adopted);
  }
  return claimed;
}

async function adopt<T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  orphan: T,
  owner: KubeObject,
): Promise<T | undefined> {
  const { namespace = '', name, uid, resourceVersion, ownerReferences = [] } = orphan.metadata;
  const references = [...ownerReferences, controllerRef(owner)];
  const patch = { metadata: { uid, resourceVersion, ownerReferences: references } };
  try {
    return await client.patch(resource, namespace, name, patch, { type: 'merge' });
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

async function release(
  client: Client,
  resource: Resource,
  object: KubeObject,
  uid: string,
  finalizer: string | undefined,
): Promise<void> {
  const { namespace = '', name, resourceVersion, finalizers = [] } = object.metadata;
  const ownerReferences = (object.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== uid);
  const metadata: Record<string, unknown> = { uid: object.metadata.uid, resourceVersion, ownerReferences };
  if (finalizer !== undefined && finalizers.includes(finalizer))
    metadata.finalizers = finalizers.filter((one) => one !== finalizer);
  const patch = { metadata };
  try {
    await client.patch(resource, namespace, name, patch, { type: 'merge' });
  } catch (error) {
    // Gone, or another object by now: either way no longer ours.
    if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Invalid')) throw error;
  }
}
