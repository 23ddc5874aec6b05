import { compareResourceVersions } from '@gantry/client/keys';
import type { Informer, InformerFactory, Resource } from '@gantry/client/port';
import { type LabelSelectorObject, matchesSelectorObject } from '@gantry/machinery/label-selector';
import type { AnyObject } from '@gantry/machinery/object';
import type { ServedKinds } from '../render/kinds.ts';
import { identityOf } from '../render/render.ts';
import { type HookEnd, HookEnds } from './waves/hook-ends.ts';

export type ObjectListener = (object: AnyObject, old: AnyObject | undefined, gone: boolean) => void;

const PODS: Resource<AnyObject> = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };

/** Kinds whose health is that they are there: their contents, which may be many and secret, are not kept. */
const CONTENT_ONLY = new Set([
  'ConfigMap',
  'Secret',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
]);

/** Whether informers hold no more than the metadata, so that any new revision may be another content. */
export const isContentOnly = (kind: string): boolean => CONTENT_ONLY.has(kind);

/** Informers for the kinds that Applications hold, started as they come up. */
export class LiveObjects {
  readonly #factory: InformerFactory;
  readonly #kinds: ServedKinds;
  readonly #signal: AbortSignal;
  readonly #informers = new Map<string, Promise<Informer<AnyObject> | undefined>>();
  readonly #listeners: ObjectListener[] = [];
  /** What our own applies answered, until the informers have seen as much. */
  readonly #applied = new Map<string, AnyObject>();
  readonly #ends = new HookEnds();

  constructor(factory: InformerFactory, kinds: ServedKinds, signal: AbortSignal) {
    this.#factory = factory;
    this.#kinds = kinds;
    this.#signal = signal;
  }

  /** Told of each change of an object of a kind that was asked for. */
  onChange(listener: ObjectListener): void {
    this.#listeners.push(listener);
  }

  /** How a run of a hook ended, also when its object is gone since; undefined when that was not seen. */
  endOfRun(identity: string, run: string): HookEnd | undefined {
    return this.#ends.of(identity, run);
  }

  /** Notes a state of a hook that the informers never saw. */
  noteEnd(object: AnyObject): void {
    this.#ends.note(object);
  }

  /** Tells what an apply made of objects, so that no older copy is taken for their state. */
  applied(objects: readonly AnyObject[]): void {
    for (const object of objects) this.#applied.set(identityOf(object), object);
  }

  /** The live object; undefined when it isn't there. Waits for the kind's first list. */
  async get(
    apiVersion: string,
    kind: string,
    namespace: string,
    name: string,
  ): Promise<AnyObject | undefined> {
    const informer = await this.#informer(apiVersion, kind);
    const object = informer?.get(namespace, name);
    // Items of a list may carry no apiVersion and kind of their own.
    if (object !== undefined) return this.#newest({ ...object, apiVersion, kind });
    const identity = identityOf({ apiVersion, kind, metadata: { name, namespace } } as AnyObject);
    const applied = this.#applied.get(identity);
    if (applied === undefined) return undefined;
    if (compareResourceVersions(informer?.resourceVersion, applied.metadata.resourceVersion) < 0)
      return applied;
    this.#applied.delete(identity);
    return undefined;
  }

  #newest(object: AnyObject): AnyObject {
    const identity = identityOf(object);
    const applied = this.#applied.get(identity);
    if (applied === undefined) return object;
    if (
      applied.metadata.uid === object.metadata.uid &&
      compareResourceVersions(applied.metadata.resourceVersion, object.metadata.resourceVersion) > 0
    )
      return applied;
    this.#applied.delete(identity);
    return object;
  }

  /** Pods that a workload selects, for the reason behind its numbers. */
  async podsBySelector(): Promise<(owner: AnyObject) => readonly AnyObject[]> {
    const pods = await this.#start('v1/Pod', PODS);
    return (owner) => {
      const selector = (owner.spec as { selector?: LabelSelectorObject | Record<string, string> } | undefined)
        ?.selector;
      if (selector === undefined) return [];
      const labelSelector =
        owner.kind === 'ReplicationController'
          ? { matchLabels: selector as Record<string, string> }
          : (selector as LabelSelectorObject);
      return pods
        .list(owner.metadata.namespace)
        .filter((pod) => matchesSelectorObject(labelSelector, pod.metadata.labels ?? {}));
    };
  }

  #informer(apiVersion: string, kind: string): Promise<Informer<AnyObject> | undefined> {
    const key = `${apiVersion}/${kind}`;
    const known = this.#informers.get(key);
    if (known !== undefined) return known;
    const informer = this.#kinds.find(apiVersion, kind).then((served) => {
      // A kind that isn't served (any more) is asked for again next time.
      if (served === undefined || !served.verbs.includes('watch')) this.#informers.delete(key);
      return served === undefined ? undefined : this.#start(key, served);
    });
    this.#informers.set(key, informer);
    informer.catch(() => this.#informers.delete(key));
    return informer;
  }

  async #start(key: string, resource: Resource<AnyObject>): Promise<Informer<AnyObject>> {
    const known = this.#informers.get(`${key} started`);
    if (known !== undefined) return (await known) as Informer<AnyObject>;
    const informer = this.#factory.informer<AnyObject>(resource, {
      metadataOnly: CONTENT_ONLY.has(resource.kind),
    });
    informer.addHandler({
      onUpdate: (object, old) => {
        const typed = withType(object, resource);
        this.#ends.note(typed);
        for (const listener of this.#listeners) listener(typed, old, false);
      },
      onDelete: (object) => {
        const typed = withType(object, resource);
        this.#ends.note(typed);
        this.#applied.delete(identityOf(typed));
        for (const listener of this.#listeners) listener(typed, undefined, true);
      },
    });
    const started = Promise.resolve().then(async () => {
      informer.start(this.#signal);
      await informer.whenSynced();
      return informer;
    });
    this.#informers.set(`${key} started`, started);
    return started;
  }
}

function withType(object: AnyObject, resource: Resource): AnyObject {
  if (object.kind !== undefined) return object;
  const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  return { ...object, apiVersion, kind: resource.kind };
}
