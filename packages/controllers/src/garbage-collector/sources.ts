import { ListWatchInformer } from '@gantry/client/informer';
import type { Informer, Resource } from '@gantry/client/port';
import * as resources from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import type { ControllerContext } from '@gantry/runtime/port';
import { type DiscoveredResource, type Discovery, deletable } from '../shared/discovery.ts';
import type { OwnerGraph, Wake } from './graph.ts';

interface Source {
  readonly resource: DiscoveredResource;
  readonly uids: Set<string>;
  readonly stop: AbortController;
}

const BUILT_IN: ReadonlySet<string> = new Set(
  Object.values<Resource>(resources).map(({ group, version, plural }) => `${group}/${version}/${plural}`),
);

const isIgnored = ({ group, plural }: Resource): boolean =>
  plural === 'events' && (group === '' || group === 'events.k8s.io');

const keyOf = ({ group, kind }: Resource): string => `${kind}.${group}`;

/** The watches that feed the graph: one for the metadata of each kind that can be listed, watched and deleted. */
export class Sources {
  readonly #context: ControllerContext;
  readonly #graph: OwnerGraph;
  readonly #wake: (wake: Wake) => void;
  readonly #sources = new Map<string, Source>();

  constructor(context: ControllerContext, graph: OwnerGraph, wake: (wake: Wake) => void) {
    this.#context = context;
    this.#graph = graph;
    this.#wake = wake;
  }

  resourceOf(group: string, kind: string): Resource | undefined {
    return this.#sources.get(keyOf({ group, kind } as Resource))?.resource;
  }

  /** Begins to watch what is new, and lets go of what is served no longer or in another version. */
  follow(discovery: Discovery, signal: AbortSignal): void {
    const served = new Map<string, DiscoveredResource>();
    for (const resource of deletable(discovery))
      if (!isIgnored(resource) && resource.verbs.includes('watch')) served.set(keyOf(resource), resource);
    for (const [key, source] of this.#sources) {
      const { group, version } = source.resource;
      const now = served.get(key);
      // A server that does not answer for now has not lost its kinds.
      if (now === undefined && discovery.failures.has(`${group}/${version}`)) continue;
      if (now?.version === version && now.plural === source.resource.plural) continue;
      this.#sources.delete(key);
      source.stop.abort();
      if (now === undefined) for (const uid of source.uids) this.#wake(this.#graph.forget(uid));
    }
    for (const [key, resource] of served)
      if (!this.#sources.has(key)) this.#sources.set(key, this.#start(resource, signal));
  }

  #start(resource: DiscoveredResource, signal: AbortSignal): Source {
    const source: Source = { resource, uids: new Set(), stop: new AbortController() };
    const informer = this.#informer(resource);
    informer.addHandler({
      onUpdate: (object) => {
        if (source.stop.signal.aborted) return;
        source.uids.add(object.metadata.uid ?? '');
        this.#wake(this.#graph.observe(resource, object));
      },
      onDelete: ({ metadata: { uid = '' } }) => {
        if (source.stop.signal.aborted) return;
        source.uids.delete(uid);
        this.#wake(this.#graph.forget(uid));
      },
    });
    informer.start(AbortSignal.any([signal, source.stop.signal]));
    return source;
  }

  /** Built-in kinds share the informers of other controllers; others come and go, so each has its own. */
  #informer(resource: DiscoveredResource): Informer<KubeObject> {
    const { group, version, plural } = resource;
    if (BUILT_IN.has(`${group}/${version}/${plural}`))
      return this.#context.informers.informer(resource, { metadataOnly: true });
    return new ListWatchInformer<KubeObject>(this.#context.client, resource, {
      metadataOnly: true,
      onError: (error) =>
        this.#context.log.debug({ error, resource: plural }, 'garbage collector: watch failed'),
    });
  }
}
