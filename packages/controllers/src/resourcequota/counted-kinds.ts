import { ListWatchInformer } from '@gantry/client/informer';
import type { Informer, Resource } from '@gantry/client/port';
import * as resources from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { ControllerContext } from '@gantry/runtime/port';
import { discover } from '../shared/discovery.ts';

/** `count/deployments.apps`: of a kind, how many. */
export const COUNT_PREFIX = 'count/';
/** A kind that was not served is looked for again after this long. */
const ABSENT_MS = 30_000;
/** Names that are remembered not to be served; beyond it they are looked for anew. */
const MAX_ABSENT = 1000;

interface Kind {
  readonly resource: Resource;
  readonly informer: Informer<KubeObject>;
  /** Namespaces that were counted by the server, since the watch had not begun yet. */
  readonly waiting: Set<string>;
  /** Absent: the watch is shared with other controllers, and goes on. */
  readonly stop?: AbortController;
}

/** `deployments.apps`; of the core group only the plural. */
export const resourceName = ({ group, plural }: Resource): string =>
  group === '' ? plural : `${plural}.${group}`;

const BUILT_IN: ReadonlyMap<string, Resource> = new Map(
  Object.values<Resource>(resources).map((resource) => [resourceName(resource), resource]),
);

/** Watches the metadata of each kind that some quota counts, from when it is first counted. */
export class CountedKinds {
  readonly #context: ControllerContext;
  readonly #signal: AbortSignal;
  readonly #wake: (namespace: string, name: string) => void;
  readonly #kinds = new Map<string, Promise<Kind | undefined>>();
  readonly #absentUntil = new Map<string, number>();

  /** `wake` is told of a namespace where objects of the kind came or went. */
  constructor(
    context: ControllerContext,
    signal: AbortSignal,
    wake: (namespace: string, name: string) => void,
  ) {
    this.#context = context;
    this.#signal = signal;
    this.#wake = wake;
  }

  /** Objects of the kind (`deployments.apps`) in a namespace; none if the kind isn't served. */
  async count(name: string, namespace: string): Promise<number> {
    const kind = await this.#kindOf(name);
    if (kind === undefined) return 0;
    if (kind.informer.synced) return kind.informer.list(namespace).length;
    kind.waiting.add(namespace);
    const list = await this.#context.client.list(kind.resource, { namespace, metadataOnly: true });
    return list.items.length;
  }

  /** Ends the watches of kinds that are not among `names`, but for those of other controllers. */
  async retain(names: ReadonlySet<string>): Promise<void> {
    for (const [name, found] of this.#kinds) {
      if (names.has(name)) continue;
      const kind = await found.catch(() => undefined);
      if (kind?.stop !== undefined) this.#drop(name, kind.stop);
    }
  }

  #drop(name: string, stop: AbortController): void {
    stop.abort();
    this.#kinds.delete(name);
  }

  async #kindOf(name: string): Promise<Kind | undefined> {
    if ((this.#absentUntil.get(name) ?? 0) > this.#context.clock.now()) return undefined;
    let found = this.#kinds.get(name);
    if (found === undefined) {
      found = this.#find(name);
      this.#kinds.set(name, found);
      found.then(
        (kind) => kind === undefined && this.#kinds.delete(name),
        () => this.#kinds.delete(name),
      );
    }
    return await found;
  }

  async #find(name: string): Promise<Kind | undefined> {
    const builtIn = BUILT_IN.get(name);
    if (builtIn !== undefined)
      return this.#follow(name, builtIn, this.#context.informers.informer(builtIn, { metadataOnly: true }));
    const { resources: served } = await discover(this.#context.client);
    const resource = served.find((one) => one.namespaced && resourceName(one) === name);
    if (resource === undefined || !['list', 'watch'].every((verb) => resource.verbs.includes(verb))) {
      if (this.#absentUntil.size >= MAX_ABSENT) this.#absentUntil.clear();
      this.#absentUntil.set(name, this.#context.clock.now() + ABSENT_MS);
      return undefined;
    }
    const stop = new AbortController();
    const informer = new ListWatchInformer<KubeObject>(this.#context.client, resource, {
      metadataOnly: true,
      // It went, perhaps to come back in another version.
      onError: (error) => isStatusError(error, 'NotFound') && this.#drop(name, stop),
    });
    return this.#follow(name, resource, informer, stop);
  }

  #follow(name: string, resource: Resource, informer: Informer<KubeObject>, stop?: AbortController): Kind {
    const waiting = new Set<string>();
    const wake = ({ metadata: { namespace = '' } }: KubeObject) => {
      if (stop?.signal.aborted !== true) this.#wake(namespace, name);
    };
    informer.addHandler({
      onUpdate: (object, old) => old === undefined && wake(object),
      onDelete: wake,
    });
    informer.start(stop === undefined ? this.#signal : AbortSignal.any([this.#signal, stop.signal]));
    void informer.whenSynced().then(() => {
      for (const namespace of waiting) this.#wake(namespace, name);
      waiting.clear();
    });
    return { resource, informer, waiting, ...(stop === undefined ? {} : { stop }) };
  }
}
