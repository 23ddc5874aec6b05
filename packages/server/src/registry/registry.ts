import type { KindDefinition } from '@gantry/api/kind';
import { deepClone } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError, notFound, type StatusError, timeout } from '@gantry/machinery/status';
import type { Store } from '@gantry/store/port';
import { encodeObject } from '../cache/encode-body.ts';
import { Entry } from '../cache/entry.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { RegistryAccess } from '../handler.ts';
import { objectAttributes, type UserInfo } from '../request.ts';
import { AdmissionChain } from './admission-chain.ts';
import type { DeleteOptions } from './delete-options.ts';
import { existsRefusal, type Refusal, refusalOf } from './outcome.ts';
import { decodeObject, planChange, planCreate, planDelete } from './plan.ts';
import { Releases } from './releases.ts';
import type { ApiResource, ResourceTable } from './resource.ts';
import { SharedLocks } from './shared-locks.ts';
import { keyOf, type PreparedWrite, type StateView, type WriteContext } from './write.ts';

const NO_ADMISSION = new AdmissionChain([]);
/** Reruns of one request after lost races. */
const MAX_ATTEMPTS = 8;
/** How long a finished write waits for its own cache before it answers anyway. */
const OWN_WRITE_MS = 3000;

export interface Committed {
  readonly prepared: PreparedWrite;
  /** The object as it is now; of a delete, the last state at the revision of the delete. */
  readonly entry: Entry;
}

/** All but what changes from one attempt to the next. */
export type WriteRequest = Omit<WriteContext, 'state' | 'now' | 'attempt' | 'releases'>;

/** Storage with the API's semantics. Knows nothing of HTTP, authentication or authorization. */
export class Registry implements RegistryAccess {
  readonly cache: WatchCache;
  readonly table: ResourceTable;
  readonly admission: AdmissionChain;
  readonly view: StateView;
  readonly #store: Store;
  readonly #locks: SharedLocks | undefined;

  constructor(cache: WatchCache, store: Store, table: ResourceTable, admission: AdmissionChain) {
    this.cache = cache;
    this.table = table;
    this.admission = admission;
    this.#store = store;
    this.#locks =
      store.lock === undefined ? undefined : new SharedLocks(store.lock, () => this.cache.fresh());
    this.view = { ...cache.state, entry: (key) => cache.entry(key) };
  }

  /** What one write will hold; to be given back when it is over. */
  releases(): Releases {
    return new Releases(this.#locks);
  }

  /** The newest committed state. Throws NotFound. */
  async read(resource: ApiResource, namespace: string, name: string): Promise<Entry> {
    await this.cache.fresh();
    const entry = this.cache.entry(keyOf(resource, namespace, name));
    if (entry === undefined) throw notFound(resource.gr, name);
    return entry;
  }

  /**
   * Plans, stores, and plans again from the newest state when a race was lost. A NotFound or Conflict of the plan is
   * believed only once the cache is known to be current.
   */
  async write(
    request: WriteRequest,
    plan: (context: WriteContext) => Promise<PreparedWrite>,
  ): Promise<Committed> {
    const releases = this.releases();
    let current = false;
    let last: StatusError | undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const before = this.cache.cursor;
      let prepared: PreparedWrite;
      try {
        if (request.resource.prepare !== undefined) await this.#prepare(request);
        prepared = await plan({ ...request, state: this.view, now: new Date(), attempt, releases });
      } catch (error) {
        releases.run();
        if (current || !(isStatusError(error, 'NotFound') || isStatusError(error, 'Conflict'))) throw error;
        await this.cache.fresh();
        current = true;
        if (this.cache.cursor === before) throw error;
        continue;
      }
      const outcome = await this.#commit(prepared).finally(() => releases.run());
      if ('prepared' in outcome) return this.#readable(outcome);
      if (!outcome.retry) throw outcome.error;
      last = outcome.error;
      if (outcome.seen > 0) await this.cache.waitUntil(outcome.seen, OWN_WRITE_MS);
      else await this.cache.fresh();
      current = true;
    }
    throw last ?? timeout('too many attempts');
  }

  /** What a write answers, converted where a webhook has to. */
  async #readable(done: Committed): Promise<Committed> {
    const { resource } = done.prepared.context;
    if (resource.prepare !== undefined) await resource.prepare([done.entry]);
    return done;
  }

  /** Stores what was planned, and waits until it shows; or says why it could not be. */
  async #commit(prepared: PreparedWrite): Promise<Committed | Refusal> {
    if (prepared.context.dryRun) {
      const taken =
        prepared.operation === 'create' && prepared.context.state.entry(prepared.key) !== undefined;
      return taken ? existsRefusal(prepared) : { prepared, entry: dryEntry(prepared) };
    }
    const outcomes =
      prepared.along.length === 0
        ? [await this.#store.write(prepared.write)]
        : await this.#store.transact([prepared.write, ...prepared.along]);
    const failed = outcomes.find((outcome) => !outcome.ok);
    const first = outcomes[0];
    if (failed === undefined && first?.ok === true) return this.#finish(prepared, first.revision);
    const refusal = failed && refusalOf(prepared, failed, (name) => this.#hasNamespace(name));
    if (refusal === undefined) throw timeout('the store gave no outcome');
    return refusal;
  }

  async #finish(prepared: PreparedWrite, revision: number): Promise<Committed> {
    if (prepared.operation === 'none' && prepared.before !== undefined)
      return { prepared, entry: prepared.before };
    await this.cache.waitUntil(revision, OWN_WRITE_MS);
    const cached = this.cache.entry(prepared.key);
    if (cached?.revision === revision) return { prepared, entry: cached };
    const { before, write } = prepared;
    if (write.op === 'delete' && before !== undefined && prepared.body === before.body)
      return { prepared, entry: before.at(revision) };
    return { prepared, entry: Entry.fromBody(prepared.key, prepared.uid, revision, prepared.body) };
  }

  /** Has the object that the request names converted, as it is at the very end, so that plans can read it. */
  async #prepare({ resource, attributes }: WriteRequest): Promise<void> {
    const key = keyOf(resource, attributes.namespace, attributes.name);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const entry = this.cache.entry(key);
      if (entry === undefined) return;
      await resource.prepare?.([entry]);
      if (this.cache.entry(key) === entry) return;
    }
  }

  /** An object of its own in the served version. */
  async #copy(resource: ApiResource, entry: Entry): Promise<AnyObject> {
    if (resource.prepare !== undefined) await resource.prepare([entry]);
    return resource.converted ? deepClone(resource.view(entry)) : entry.copy();
  }

  #hasNamespace(name: string): boolean {
    return this.cache.entry({ resource: 'namespaces', namespace: '', name }) !== undefined;
  }

  async get(kind: KindDefinition, namespace: string, name: string): Promise<AnyObject> {
    const resource = this.table.of(kind);
    const entry = await this.read(resource, namespace, name);
    return this.#copy(resource, entry);
  }

  async create(
    kind: KindDefinition,
    object: AnyObject,
    user: UserInfo,
    options: { readonly dryRun?: boolean } = {},
  ): Promise<AnyObject> {
    const request = this.#internal(kind, 'create', object.metadata.namespace ?? '', '', user, options);
    const done = await this.write(request, (context) =>
      planCreate(context, this.admission, decodeObject(context, deepClone(object))),
    );
    return this.#copy(request.resource, done.entry);
  }

  async modify(
    kind: KindDefinition,
    namespace: string,
    name: string,
    user: UserInfo,
    change: (object: AnyObject) => void,
    options: Parameters<RegistryAccess['modify']>[5] = {},
  ): Promise<AnyObject> {
    const request = this.#internal(kind, 'update', namespace, name, user, options);
    const admission = options.admitted === true ? NO_ADMISSION : this.admission;
    const done = await this.write(request, (context) =>
      planChange(context, admission, (live) => {
        change(live);
        return live;
      }),
    );
    return this.#copy(request.resource, done.entry);
  }

  async delete(
    kind: KindDefinition,
    namespace: string,
    name: string,
    user: UserInfo,
    options: Parameters<RegistryAccess['delete']>[4] = {},
  ): Promise<void> {
    const request = this.#internal(kind, 'delete', namespace, name, user, options);
    const { gracePeriodSeconds, uid, resourceVersion } = options;
    const deleteOptions: DeleteOptions = {
      ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
      preconditions: {
        ...(uid === undefined ? {} : { uid }),
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
      },
    };
    const admission = options.admitted === true ? NO_ADMISSION : this.admission;
    await this.write(request, (context) => planDelete(context, admission, deleteOptions));
  }

  #internal(
    kind: KindDefinition,
    verb: string,
    namespace: string,
    name: string,
    user: UserInfo,
    options: { readonly subresource?: string; readonly dryRun?: boolean },
  ): WriteRequest {
    return {
      resource: this.table.of(kind),
      attributes: objectAttributes(kind, verb, {
        ...{ namespace: kind.namespaced ? namespace : '', name },
        subresource: options.subresource ?? '',
      }),
      user,
      dryRun: options.dryRun ?? false,
      fieldManager: 'kube-apiserver',
      fieldValidation: 'Ignore',
      options: {},
      warn: () => undefined,
    };
  }
}

/** What a dry run answers: an object that no store has seen; of an existing one, with the version it has. */
export function dryEntry(prepared: PreparedWrite): Entry {
  const { before, key, uid } = prepared;
  const stored = JSON.parse(prepared.body) as AnyObject;
  if (before === undefined) delete stored.metadata.resourceVersion;
  else stored.metadata.resourceVersion = String(before.revision);
  return new Entry(key, uid, before?.revision ?? 0, Buffer.from(encodeObject(stored)), 0);
}
