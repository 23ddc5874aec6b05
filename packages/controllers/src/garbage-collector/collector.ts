import { objectPath } from '@gantry/client/paths';
import type { Client, Resource } from '@gantry/client/port';
import {
  type KubeObject,
  type ObjectMeta,
  type OwnerReference,
  parseGroupVersion,
} from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { blocks, decide, type OwnerState } from './decide.ts';
import { FOREGROUND, type GraphNode, type Identity, ORPHAN, type OwnerGraph } from './graph.ts';

const METADATA = { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json' };

/** Finds the resource of a kind; undefined when the server does not serve it (any more). */
export type Mapper = (group: string, kind: string) => Resource | undefined;

/** Carries out what the graph calls for. Every deletion is decided on a fresh read of object and owners. */
export class Collector {
  readonly #client: Client;
  readonly #graph: OwnerGraph;
  readonly #map: Mapper;
  readonly #wake: (uids: readonly string[]) => void;

  constructor(client: Client, graph: OwnerGraph, map: Mapper, wake: (uids: readonly string[]) => void) {
    this.#client = client;
    this.#graph = graph;
    this.#map = map;
    this.#wake = wake;
  }

  async #read({ resource, namespace, name }: Identity): Promise<KubeObject | undefined> {
    try {
      const path = objectPath(resource, namespace, name);
      return await this.#client.request<KubeObject>('GET', path, undefined, METADATA);
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  #identityOf(node: GraphNode): Identity | undefined {
    if (node.identity !== undefined) return node.identity;
    return node.reference === undefined
      ? undefined
      : this.#locate(node.reference.owner, node.reference.namespace);
  }

  /** Throws for a kind that is not served: the reference may become resolvable, so nothing is deleted for it. */
  #locate(owner: OwnerReference, namespace: string): Identity | undefined {
    const { group } = parseGroupVersion(owner.apiVersion);
    const resource = this.#map(group, owner.kind);
    if (resource === undefined)
      throw new Error(`unable to get REST mapping for ${owner.apiVersion}/${owner.kind}`);
    // A namespaced owner of a cluster-scoped object can't exist.
    if (resource.namespaced && namespace === '') return undefined;
    return { resource, namespace: resource.namespaced ? namespace : '', name: owner.name };
  }

  async attemptToDelete(uid: string): Promise<void> {
    const node = this.#graph.get(uid);
    if (node === undefined) return;
    if (node.isBeingDeleted && !node.isDeletingDependents) return;
    const identity = this.#identityOf(node);
    const live = identity === undefined ? undefined : await this.#read(identity);
    if (identity === undefined || live === undefined || live.metadata.uid !== uid) {
      this.#wake(this.#graph.forget(uid).toDelete);
      return;
    }
    if (node.isDeletingDependents) {
      await this.#finishForeground(node, identity, live.metadata);
      return;
    }
    const states = new Map<string, OwnerState>();
    for (const owner of live.metadata.ownerReferences ?? [])
      states.set(owner.uid, await this.#stateOf(owner, identity.namespace));
    const dependents = [...node.dependents];
    const decision = decide(live.metadata, states, {
      count: dependents.length,
      areDeletingDependents: dependents.some((dependent) => dependent.isDeletingDependents),
    });
    if (decision.type === 'keep') return;
    if (decision.type === 'release') {
      await this.#setOwners(
        identity,
        live.metadata,
        (live.metadata.ownerReferences ?? []).filter((owner) => !decision.uids.includes(owner.uid)),
      );
      return;
    }
    if (decision.unblock)
      await this.#setOwners(
        identity,
        live.metadata,
        (live.metadata.ownerReferences ?? []).map((owner) => ({ ...owner, blockOwnerDeletion: false })),
      );
    await this.#delete(identity, live.metadata, decision.policy, !decision.unblock);
  }

  async #stateOf(owner: OwnerReference, namespace: string): Promise<OwnerState> {
    const identity = this.#locate(owner, namespace);
    const live = identity === undefined ? undefined : await this.#read(identity);
    if (live === undefined || live.metadata.uid !== owner.uid) return 'dangling';
    const isWaiting =
      live.metadata.deletionTimestamp !== undefined && (live.metadata.finalizers ?? []).includes(FOREGROUND);
    return isWaiting ? 'waiting' : 'solid';
  }

  /** An object deleted in the foreground goes once no dependent blocks it. */
  async #finishForeground(node: GraphNode, identity: Identity, metadata: ObjectMeta): Promise<void> {
    const blocking = [...node.dependents].filter((dependent) => blocks(dependent.owners, node.uid));
    if (blocking.length === 0) {
      await this.#removeFinalizer(identity, metadata, FOREGROUND);
      return;
    }
    this.#wake(blocking.filter((dependent) => !dependent.isDeletingDependents).map(({ uid }) => uid));
  }

  /** Sets the dependents of an object deleted with the Orphan policy free, then lets it go. */
  async attemptToOrphan(uid: string): Promise<void> {
    const node = this.#graph.get(uid);
    if (node?.identity === undefined) return;
    for (const dependent of node.dependents) {
      if (dependent.identity === undefined) continue;
      const live = await this.#read(dependent.identity);
      const owners = live?.metadata.ownerReferences ?? [];
      if (live === undefined || !owners.some((owner) => owner.uid === uid)) continue;
      const rest = owners.filter((owner) => owner.uid !== uid);
      await this.#setOwners(dependent.identity, live.metadata, rest);
    }
    const live = await this.#read(node.identity);
    if (live?.metadata.uid === uid) await this.#removeFinalizer(node.identity, live.metadata, ORPHAN);
  }

  async #setOwners(
    identity: Identity,
    metadata: ObjectMeta,
    owners: readonly OwnerReference[],
  ): Promise<void> {
    await this.#patch(identity, metadata, { ownerReferences: owners.length === 0 ? null : owners });
  }

  async #removeFinalizer(identity: Identity, metadata: ObjectMeta, finalizer: string): Promise<void> {
    const rest = (metadata.finalizers ?? []).filter((other) => other !== finalizer);
    if (rest.length === (metadata.finalizers ?? []).length) return;
    await this.#patch(identity, metadata, { finalizers: rest.length === 0 ? null : rest });
  }

  async #patch({ resource, namespace, name }: Identity, metadata: ObjectMeta, change: object): Promise<void> {
    const { uid, resourceVersion } = metadata;
    try {
      await this.#client.patch(
        resource,
        namespace,
        name,
        { metadata: { uid, resourceVersion, ...change } },
        { type: 'merge' },
      );
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
    }
  }

  async #delete(
    { resource, namespace, name }: Identity,
    metadata: ObjectMeta,
    propagationPolicy: 'Foreground' | 'Background' | 'Orphan',
    isFresh: boolean,
  ): Promise<void> {
    const { uid = '', resourceVersion } = metadata;
    const preconditions = isFresh && resourceVersion !== undefined ? { uid, resourceVersion } : { uid };
    try {
      await this.#client.delete(resource, namespace, name, { propagationPolicy, preconditions });
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
    }
  }
}
