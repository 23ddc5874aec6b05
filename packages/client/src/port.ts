import type { KubeObject } from '@gantry/machinery/object';
import type { Status } from '@gantry/machinery/status';

/**
 * The client that every component but the server uses: stock Kubernetes REST, so that it runs against Gantry and
 * against the original alike. Failures are `StatusError` of @gantry/machinery.
 */

/** How a resource is addressed. Kept in `resources.ts`, one constant a kind: `pods`, `deployments`, … */
export interface Resource<T extends KubeObject = KubeObject> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Phantom: carries the object type. */
  readonly $object?: T;
}

export interface ListOptions {
  /** Absent or '' = all namespaces. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continue?: string;
  readonly resourceVersion?: string;
  /** Only the metadata of each object (PartialObjectMetadata); `apiVersion` and `kind` stay those of the resource. */
  readonly metadataOnly?: boolean;
}

export interface WriteOptions {
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly subresource?: string;
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface PatchOptions extends WriteOptions {
  readonly type: PatchType;
  /** Server-side apply only: take fields over from other managers. */
  readonly force?: boolean;
}

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: boolean;
}

export interface ListResult<T> {
  readonly items: T[];
  readonly resourceVersion: string;
  readonly continue?: string;
}

export type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | { readonly type: 'BOOKMARK'; readonly object: T }
  | { readonly type: 'ERROR'; readonly object: Status };

export interface Client {
  get<T extends KubeObject>(resource: Resource<T>, namespace: string, name: string): Promise<T>;
  list<T extends KubeObject>(resource: Resource<T>, options?: ListOptions): Promise<ListResult<T>>;
  create<T extends KubeObject>(resource: Resource<T>, object: T, options?: WriteOptions): Promise<T>;
  update<T extends KubeObject>(resource: Resource<T>, object: T, options?: WriteOptions): Promise<T>;
  patch<T extends KubeObject>(
    resource: Resource<T>,
    namespace: string,
    name: string,
    patch: unknown,
    options: PatchOptions,
  ): Promise<T>;
  delete(resource: Resource, namespace: string, name: string, options?: DeleteOptions): Promise<void>;
  watch<T extends KubeObject>(
    resource: Resource<T>,
    options: ListOptions & {
      readonly timeoutSeconds?: number;
      readonly sendInitialEvents?: boolean;
      readonly allowWatchBookmarks?: boolean;
    },
    signal: AbortSignal,
  ): AsyncIterable<WatchEvent<T>>;
  /** Any other request; JSON in, JSON out. */
  request<R>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<R>;
  /** The same connection with another identity (impersonation headers). */
  as(user: string, groups?: readonly string[]): Client;
}

/** A local, read-only, indexed copy of one resource, kept up to date by list and watch. Objects must not be changed. */
export interface Lister<T extends KubeObject> {
  get(namespace: string, name: string): T | undefined;
  list(namespace?: string): readonly T[];
  /** Objects under a key of a named index, e.g. `byOwner` → owner uid, `byNode` → node name. */
  byIndex(index: string, key: string): readonly T[];
}

export interface InformerHandler<T> {
  /** `old` is absent for an add. `initial` is true for what the first list held. */
  onUpdate?(object: T, old: T | undefined, initial: boolean): void;
  onDelete?(object: T): void;
}

export interface Informer<T extends KubeObject> extends Lister<T> {
  readonly resource: Resource<T>;
  /** Index functions; must be added before start. `byOwner` (ownerReferences uid) and `byNamespace` are built in. */
  addIndex(name: string, keys: (object: T) => readonly string[]): void;
  addHandler(handler: InformerHandler<T>): void;
  /** Lists, then watches, forever, with back-off; relists on 410. Ends with the signal. */
  start(signal: AbortSignal): void;
  readonly synced: boolean;
  whenSynced(): Promise<void>;
  /** The revision up to which the copy is known to be complete; '' before the first list. */
  readonly resourceVersion: string;
}

/** One informer a resource, shared by all who ask. */
export interface InformerFactory {
  informer<T extends KubeObject>(
    resource: Resource<T>,
    options?: {
      readonly fieldSelector?: string;
      readonly labelSelector?: string;
      readonly namespace?: string;
      /** Metadata only; an informer of the whole objects is used when there is one already. */
      readonly metadataOnly?: boolean;
    },
  ): Informer<T>;
  startAll(signal: AbortSignal): Promise<void>;
}
