import type { Resource } from '@gantry/client/port';
import type { KubeObject, OwnerReference } from '@gantry/machinery/object';

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

/** Where an object is found. */
export interface Identity {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

/** One object as the collector knows it. */
export interface GraphNode {
  readonly uid: string;
  /** Undefined while all that is known is another object's reference to it. */
  identity: Identity | undefined;
  /** The reference that made a node without identity, and the namespace of the object that holds it. */
  reference: { readonly owner: OwnerReference; readonly namespace: string } | undefined;
  owners: readonly OwnerReference[];
  readonly dependents: Set<GraphNode>;
  isBeingDeleted: boolean;
  /** Deleted in the foreground: it goes once its dependents that block it have gone. */
  isDeletingDependents: boolean;
  isBeingOrphaned: boolean;
}

export interface Wake {
  /** Uids to look at for deletion. */
  readonly toDelete: readonly string[];
  /** Uids whose dependents are to be set free. */
  readonly toOrphan: readonly string[];
}

/** Who owns whom, as watched; an owner that was never seen has a node without identity. */
export class OwnerGraph {
  readonly #nodes = new Map<string, GraphNode>();

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** Takes in what a watch says an object looks like now; returns what that calls for. */
  observe(resource: Resource, object: KubeObject): Wake {
    const { uid = '', namespace = '', name, finalizers = [], ownerReferences = [] } = object.metadata;
    if (uid === '') return { toDelete: [], toOrphan: [] };
    const node = this.#nodes.get(uid) ?? this.#add(uid);
    node.identity = { resource, namespace, name };
    node.reference = undefined;
    const toDelete: string[] = [];
    const toOrphan: string[] = [];
    const before = new Set(node.owners.map((owner) => owner.uid));
    const missing = this.#link(node, ownerReferences, namespace);
    if (ownerReferences.some((owner) => !before.has(owner.uid))) toDelete.push(uid);
    toDelete.push(...missing);
    // Owners that wait for this object may go on when it lets go of them or no longer blocks them.
    for (const owner of new Set([...before, ...ownerReferences.map((reference) => reference.uid)]))
      if (this.#nodes.get(owner)?.isDeletingDependents) toDelete.push(owner);

    const isBeingDeleted = object.metadata.deletionTimestamp !== undefined;
    const isDeletingDependents = isBeingDeleted && finalizers.includes(FOREGROUND);
    const isBeingOrphaned = isBeingDeleted && finalizers.includes(ORPHAN);
    if (isDeletingDependents && !node.isDeletingDependents)
      toDelete.push(uid, ...[...node.dependents].map((dependent) => dependent.uid));
    if (isBeingOrphaned && !node.isBeingOrphaned) toOrphan.push(uid);
    Object.assign(node, { isBeingDeleted, isDeletingDependents, isBeingOrphaned });
    return { toDelete, toOrphan };
  }

  /** Takes in that an object is no more: its dependents, and owners that waited for it, are to be looked at. */
  forget(uid: string): Wake {
    const node = this.#nodes.get(uid);
    if (node === undefined) return { toDelete: [], toOrphan: [] };
    const waiting = node.owners
      .map((owner) => owner.uid)
      .filter((owner) => this.#nodes.get(owner)?.isDeletingDependents === true);
    const toDelete = [...[...node.dependents].map((dependent) => dependent.uid), ...waiting];
    this.#unlink(node);
    node.identity = undefined;
    // Dependents hold on to the node until they are gone or have let go of it.
    if (node.dependents.size === 0) this.#nodes.delete(uid);
    return { toDelete, toOrphan: [] };
  }

  #add(uid: string): GraphNode {
    const node: GraphNode = {
      uid,
      identity: undefined,
      reference: undefined,
      owners: [],
      dependents: new Set(),
      isBeingDeleted: false,
      isDeletingDependents: false,
      isBeingOrphaned: false,
    };
    this.#nodes.set(uid, node);
    return node;
  }

  #unlink(node: GraphNode): void {
    for (const { uid } of node.owners) {
      const owner = this.#nodes.get(uid);
      owner?.dependents.delete(node);
      if (owner !== undefined && owner.identity === undefined && owner.dependents.size === 0)
        this.#nodes.delete(uid);
    }
    node.owners = [];
  }

  /** Returns the uids of owners that were not known before: they may not exist at all. */
  #link(node: GraphNode, owners: readonly OwnerReference[], namespace: string): string[] {
    const unknown: string[] = [];
    this.#unlinkMissing(node, new Set(owners.map((owner) => owner.uid)));
    for (const owner of owners) {
      let parent = this.#nodes.get(owner.uid);
      if (parent === undefined) {
        parent = this.#add(owner.uid);
        parent.reference = { owner, namespace };
        unknown.push(owner.uid);
      }
      parent.dependents.add(node);
    }
    node.owners = owners;
    return unknown;
  }

  #unlinkMissing(node: GraphNode, kept: ReadonlySet<string>): void {
    const rest = node.owners.filter((owner) => kept.has(owner.uid));
    node.owners = node.owners.filter((owner) => !kept.has(owner.uid));
    this.#unlink(node);
    node.owners = rest;
  }
}
