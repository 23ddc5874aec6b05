import { setTimeout as sleep } from 'node:timers/promises';
import type { Resource } from '@gantry/client/port';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { type DiscoveredResource, deletable, discover } from '../shared/discovery.ts';
import { DONE } from '../shared/outcomes.ts';
import { Collector } from './collector.ts';
import { OwnerGraph, type Wake } from './graph.ts';

/** New kinds (of CustomResourceDefinitions) are looked for this often. */
const DISCOVERY_PERIOD_MS = 30_000;
const ORPHAN_PREFIX = 'orphan/';

const isIgnored = ({ group, plural }: Resource): boolean =>
  plural === 'events' && (group === '' || group === 'events.k8s.io');

/**
 * Deletes what has lost its owners, holds back what is deleted in the foreground until its dependents are gone, and
 * sets dependents free on request. Watches the metadata of every kind that the server can list and delete.
 */
export function garbageCollectorController(): Controller {
  const graph = new OwnerGraph();
  const resources = new Map<string, DiscoveredResource>();
  let collector: Collector | undefined;
  return {
    name: 'garbage-collector-controller',
    inputs: [],
    outputs: [],
    concurrency: 20,
    start(context, enqueue, signal) {
      const wake = ({ toDelete, toOrphan }: Wake) => {
        for (const uid of toDelete) enqueue(uid);
        for (const uid of toOrphan) enqueue(ORPHAN_PREFIX + uid);
      };
      collector = new Collector(
        context.client,
        graph,
        (group, kind) => resources.get(`${kind}.${group}`),
        (uids) => wake({ toDelete: uids, toOrphan: [] }),
      );
      void follow(context, graph, resources, wake, signal);
    },
    async reconcile(key) {
      if (key.startsWith(ORPHAN_PREFIX)) await collector?.attemptToOrphan(key.slice(ORPHAN_PREFIX.length));
      else await collector?.attemptToDelete(key);
      return DONE;
    },
  };
}

async function follow(
  context: ControllerContext,
  graph: OwnerGraph,
  resources: Map<string, DiscoveredResource>,
  wake: (wake: Wake) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const discovery = await discover(context.client);
      for (const resource of deletable(discovery)) {
        const key = `${resource.kind}.${resource.group}`;
        if (resources.has(key) || isIgnored(resource) || !resource.verbs.includes('watch')) continue;
        resources.set(key, resource);
        const informer = context.informers.informer(resource, { metadataOnly: true });
        informer.addHandler({
          onUpdate: (object) => wake(graph.observe(resource, object)),
          onDelete: (object) => wake(graph.forget(object.metadata.uid ?? '')),
        });
        informer.start(signal);
      }
    } catch (error) {
      context.log.warn({ error }, 'garbage collector: discovery failed');
    }
    await sleep(DISCOVERY_PERIOD_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
