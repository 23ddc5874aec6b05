import { isDeepStrictEqual } from 'node:util';
import { type AnyObject, formatGroupVersion, type KubeObject } from '@gantry/machinery/object';
import {
  alreadyExists,
  badRequest,
  conflict,
  expired,
  failure,
  forbidden,
  methodNotAllowed,
  notFound,
  OPTIMISTIC_LOCK_MESSAGE,
} from '@gantry/machinery/status';
import { keyFor } from '../keys.ts';
import type {
  Client,
  DeleteOptions,
  ListOptions,
  PatchOptions,
  Resource,
  WatchEvent,
  WriteOptions,
} from '../port.ts';
import { type Change, copy, keepServerFields, visible } from './fake-changes.ts';
import { discovery, targetOf } from './fake-discovery.ts';
import { mergePatch, selectionOf } from './fake-rules.ts';

/** A write as tests see it; `verb` is `create`, `update`, `patch` or `delete`. */
export interface FakeAction {
  readonly verb: string;
  readonly resource: string;
  readonly subresource: string;
  readonly key: string;
  readonly object?: AnyObject;
}

const resourceName = (resource: Resource): string =>
  resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;

/**
 * An API server's object store in memory, for tests of controllers: optimistic concurrency, status isolation,
 * generation, finalizers, graceful deletion of pods that run, list and watch with selectors. No validation, no
 * defaults, no admission.
 */
export class FakeClient implements Client {
  readonly actions: FakeAction[] = [];
  /** Called before each write; a throw is the answer. */
  onWrite: (action: FakeAction) => void = () => undefined;
  readonly #now: () => number;
  readonly #objects = new Map<string, Map<string, AnyObject>>();
  readonly #log: { readonly resource: string; readonly change: Change }[] = [];
  readonly #wakers = new Set<() => void>();
  #revision = 0;
  #serial = 0;
  #floor = 0;

  constructor(options: { readonly now?: () => number } = {}) {
    this.#now = options.now ?? Date.now;
  }

  /** Forgets the history: watches from before answer 410. */
  compact(): void {
    this.#floor = this.#revision;
    for (const wake of this.#wakers) wake();
  }

  /** The stored object, or undefined. */
  peek<T extends KubeObject>(resource: Resource<T>, namespace: string, name: string): T | undefined {
    const found = this.#table(resource).get(keyFor(namespace, name));
    return found === undefined ? undefined : (copy(found) as unknown as T);
  }

  all<T extends KubeObject>(resource: Resource<T>): T[] {
    return [...this.#table(resource).values()].map((object) => copy(object) as unknown as T);
  }

  #table(resource: Resource): Map<string, AnyObject> {
    const name = resourceName(resource);
    const table = this.#objects.get(name) ?? new Map<string, AnyObject>();
    this.#objects.set(name, table);
    return table;
  }

  #find(resource: Resource, namespace: string, name: string): AnyObject {
    const found = this.#table(resource).get(keyFor(resource.namespaced ? namespace : '', name));
    if (found === undefined) throw notFound({ group: resource.group, resource: resource.plural }, name);
    return found;
  }

  #commit(resource: Resource, type: Change['type'], object: AnyObject, old?: AnyObject): AnyObject {
    this.#revision++;
    const stored = copy(object);
    stored.metadata.resourceVersion = String(this.#revision);
    const key = keyFor(object.metadata.namespace, object.metadata.name);
    if (type === 'DELETED') this.#table(resource).delete(key);
    else this.#table(resource).set(key, stored);
    this.#log.push({
      resource: resourceName(resource),
      change: { revision: this.#revision, type, object: stored, old },
    });
    for (const wake of this.#wakers) wake();
    return copy(stored);
  }

  #record(verb: string, resource: Resource, key: string, options?: WriteOptions, object?: unknown): void {
    const action: FakeAction = {
      verb,
      resource: resourceName(resource),
      subresource: options?.subresource ?? '',
      key,
      ...(object === undefined ? {} : { object: copy(object) as AnyObject }),
    };
    this.onWrite(action);
    this.actions.push(action);
  }

  async get<T extends KubeObject>(resource: Resource<T>, namespace: string, name: string): Promise<T> {
    return copy(this.#find(resource, namespace, name)) as unknown as T;
  }

  async list<T extends KubeObject>(resource: Resource<T>, options: ListOptions = {}) {
    const selection = selectionOf(options);
    const items = [...this.#table(resource).values()].filter(selection);
    return { items: copy(items) as unknown as T[], resourceVersion: String(this.#revision) };
  }

  async create<T extends KubeObject>(resource: Resource<T>, object: T, options?: WriteOptions): Promise<T> {
    const made = copy(object) as unknown as AnyObject;
    if (options?.subresource !== undefined) return this.#createSubresource(resource, made, options) as T;
    made.apiVersion = formatGroupVersion(resource.group, resource.version);
    made.kind = resource.kind;
    if (!made.metadata.name && made.metadata.generateName !== undefined)
      made.metadata.name = `${made.metadata.generateName}${(this.#serial++).toString(36).padStart(5, '0')}`;
    if (!resource.namespaced) delete made.metadata.namespace;
    const key = keyFor(made.metadata.namespace, made.metadata.name);
    this.#record('create', resource, key, options, made);
    const group = { group: resource.group, resource: resource.plural };
    if (made.metadata.resourceVersion)
      throw badRequest('resourceVersion should not be set on objects to be created');
    if (this.#table(resource).has(key)) throw alreadyExists(group, made.metadata.name);
    const inNamespace = made.metadata.namespace ?? '';
    const namespace = this.#objects.get('namespaces')?.get(inNamespace);
    if (namespace?.metadata.deletionTimestamp !== undefined)
      throw forbidden(
        group,
        made.metadata.name,
        `unable to create new content in namespace ${inNamespace} because it is being terminated`,
      );
    made.metadata.uid = `uid-${this.#serial++}`;
    made.metadata.creationTimestamp = this.#timestamp();
    if ('spec' in made) made.metadata.generation = 1;
    return this.#commit(resource, 'ADDED', made) as unknown as T;
  }

  #createSubresource(resource: Resource, object: AnyObject, options: WriteOptions): unknown {
    const namespace = object.metadata.namespace ?? '';
    const { name } = object.metadata;
    this.#record(`create`, resource, keyFor(namespace, name), options, object);
    if (options.subresource === 'eviction') this.#remove(resource, namespace, name, {});
    else if (options.subresource === 'binding') {
      const pod = copy(this.#find(resource, namespace, name));
      const target = object.target as { name: string };
      pod.spec = { ...(pod.spec as object), nodeName: target.name };
      this.#commit(resource, 'MODIFIED', pod, this.#find(resource, namespace, name));
    } else throw badRequest(`the fake has no subresource ${options.subresource}`);
    return object;
  }

  async update<T extends KubeObject>(resource: Resource<T>, object: T, options?: WriteOptions): Promise<T> {
    const { namespace, name } = object.metadata;
    this.#record('update', resource, keyFor(namespace, name), options, object);
    return this.#replace(
      resource,
      copy(object) as unknown as AnyObject,
      options?.subresource,
    ) as unknown as T;
  }

  #replace(resource: Resource, next: AnyObject, subresource = ''): AnyObject {
    const old = this.#find(resource, next.metadata.namespace ?? '', next.metadata.name);
    const group = { group: resource.group, resource: resource.plural };
    const expected = next.metadata.resourceVersion;
    if (expected && expected !== old.metadata.resourceVersion)
      throw conflict(group, old.metadata.name, OPTIMISTIC_LOCK_MESSAGE);
    if (next.metadata.uid && next.metadata.uid !== old.metadata.uid)
      throw conflict(
        group,
        old.metadata.name,
        `Precondition failed: UID in precondition: ${next.metadata.uid}, UID in object meta: ${old.metadata.uid}`,
      );
    const merged: AnyObject = subresource === 'status' ? { ...copy(old), status: next.status } : { ...next };
    if (subresource === '' && 'status' in old) merged.status = old.status;
    merged.metadata = {
      ...next.metadata,
      // As the original: a status update carries annotations and finalizers, not labels.
      ...(subresource === 'status' && old.metadata.labels !== undefined
        ? { labels: old.metadata.labels }
        : {}),
      ...keepServerFields(old),
    };
    const changed = !isDeepStrictEqual(merged.spec, old.spec);
    if (changed && old.metadata.generation !== undefined)
      merged.metadata.generation = old.metadata.generation + 1;
    if (isDeepStrictEqual(merged, old)) return copy(old);
    const finalizers = merged.metadata.finalizers ?? [];
    const specFinalizers = (merged.spec as { finalizers?: string[] } | undefined)?.finalizers ?? [];
    const grace = merged.metadata.deletionGracePeriodSeconds ?? 0;
    const isOver = merged.metadata.deletionTimestamp !== undefined && grace === 0;
    if (isOver && finalizers.length === 0 && specFinalizers.length === 0)
      return this.#commit(resource, 'DELETED', merged, old);
    return this.#commit(resource, 'MODIFIED', merged, old);
  }

  async patch<T extends KubeObject>(
    resource: Resource<T>,
    namespace: string,
    name: string,
    patch: unknown,
    options: PatchOptions,
  ): Promise<T> {
    this.#record('patch', resource, keyFor(namespace, name), options, patch);
    if (options.type === 'json') throw badRequest('the fake knows no JSON patch');
    const old = copy(this.#find(resource, namespace, name));
    const next = mergePatch(old, patch) as AnyObject;
    return this.#replace(resource, next, options.subresource) as unknown as T;
  }

  async delete(resource: Resource, namespace: string, name: string, options: DeleteOptions = {}) {
    this.#record('delete', resource, keyFor(namespace, name));
    this.#remove(resource, namespace, name, options);
  }

  #remove(resource: Resource, namespace: string, name: string, options: DeleteOptions): void {
    const old = this.#find(resource, namespace, name);
    const { uid, resourceVersion } = options.preconditions ?? {};
    const group = { group: resource.group, resource: resource.plural };
    if (uid !== undefined && uid !== old.metadata.uid)
      throw conflict(
        group,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`,
      );
    if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion)
      throw conflict(group, name, OPTIMISTIC_LOCK_MESSAGE);
    const next = copy(old);
    const finalizers = new Set(next.metadata.finalizers ?? []);
    if (options.propagationPolicy === 'Orphan') finalizers.add('orphan');
    if (options.propagationPolicy === 'Foreground') finalizers.add('foregroundDeletion');
    const spec = next.spec as { nodeName?: string; finalizers?: string[] } | undefined;
    const isNamespace = resourceName(resource) === 'namespaces';
    const runs = resourceName(resource) === 'pods' && spec?.nodeName !== undefined;
    const phase = (next.status as { phase?: string } | undefined)?.phase;
    const graceful = runs && options.gracePeriodSeconds !== 0 && phase !== 'Failed' && phase !== 'Succeeded';
    if (finalizers.size > 0) next.metadata.finalizers = [...finalizers];
    const stays = finalizers.size > 0 || graceful || (isNamespace && (spec?.finalizers ?? []).length > 0);
    if (!stays) {
      this.#commit(resource, 'DELETED', next, old);
      return;
    }
    next.metadata.deletionTimestamp ??= this.#timestamp();
    next.metadata.deletionGracePeriodSeconds = graceful ? (options.gracePeriodSeconds ?? 30) : 0;
    if (isNamespace) next.status = { phase: 'Terminating' };
    if (!isDeepStrictEqual(next, old)) this.#commit(resource, 'MODIFIED', next, old);
  }

  async *watch<T extends KubeObject>(
    resource: Resource<T>,
    options: ListOptions,
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent<T>> {
    let after = Number(options.resourceVersion ?? this.#revision);
    const selection = selectionOf(options);
    const name = resourceName(resource);
    if (after < this.#floor) {
      yield { type: 'ERROR', object: expired('too old resource version').status };
      return;
    }
    let cursor = this.#log.findIndex((entry) => entry.change.revision > after);
    if (cursor < 0) cursor = this.#log.length;
    while (!signal.aborted) {
      const entry = this.#log[cursor];
      if (entry === undefined) {
        if (after < this.#floor) return;
        await this.#wait(signal);
        continue;
      }
      cursor++;
      after = entry.change.revision;
      const event = entry.resource === name ? visible(entry.change, selection) : undefined;
      if (event !== undefined) yield event as unknown as WatchEvent<T>;
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wakers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wakers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Discovery, GET of one object and DELETE of a collection, for the kinds of `resources.ts`. */
  async request<R>(method: string, path: string): Promise<R> {
    const discovered = discovery(path);
    if (method === 'GET' && discovered !== undefined) return discovered as R;
    const target = targetOf(path);
    if (target === undefined) throw failure(404, 'NotFound', `the fake does not serve ${method} ${path}`);
    const { resource, namespace, name } = target;
    if (method === 'GET' && name !== '') return (await this.get(resource, namespace, name)) as R;
    if (method !== 'DELETE')
      throw methodNotAllowed({ group: resource.group, resource: resource.plural }, method);
    for (const { metadata } of (await this.list(resource, { namespace })).items)
      await this.delete(resource, namespace, metadata.name);
    return undefined as R;
  }

  as(): Client {
    return this;
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}
