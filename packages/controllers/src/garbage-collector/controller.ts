import { setTimeout as sleep } from 'node:timers/promises';
import type { Resource } from '@gantry/client/port';
import { apiServices, customResourceDefinitions } from '@gantry/client/resources';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { discover } from '../shared/discovery.ts';
import { DONE } from '../shared/outcomes.ts';
import { Collector } from './collector.ts';
import { OwnerGraph, type Wake } from './graph.ts';
import { Sources } from './sources.ts';

/** Kinds are looked for this often, and soon after a definition of some has changed. */
const DISCOVERY_PERIOD_MS = 30_000;
/** Many definitions often change together: they are waited for this long. */
const DISCOVERY_DELAY_MS = 500;
const ORPHAN_PREFIX = 'orphan/';

/**
 * Deletes what has lost its owners, holds back what is deleted in the foreground until its dependents are gone, and
 * sets dependents free on request. Watches the metadata of every kind that the server can list and delete.
 */
export function garbageCollectorController(): Controller {
  const graph = new OwnerGraph();
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
      const sources = new Sources(context, graph, wake);
      collector = new Collector(
        context.client,
        graph,
        (group, kind) => sources.resourceOf(group, kind),
        (uids) => wake({ toDelete: uids, toOrphan: [] }),
      );
      void follow(context, sources, signal);
    },
    async reconcile(key) {
      if (key.startsWith(ORPHAN_PREFIX)) await collector?.attemptToOrphan(key.slice(ORPHAN_PREFIX.length));
      else await collector?.attemptToDelete(key);
      return DONE;
    },
  };
}

async function follow(context: ControllerContext, sources: Sources, signal: AbortSignal): Promise<void> {
  let changed = Promise.withResolvers<void>();
  const defining: readonly Resource[] = [customResourceDefinitions, apiServices];
  for (const resource of defining) {
    const informer = context.informers.informer(resource, { metadataOnly: true });
    informer.addHandler({ onUpdate: () => changed.resolve(), onDelete: () => changed.resolve() });
    informer.start(signal);
  }
  while (!signal.aborted) {
    changed = Promise.withResolvers<void>();
    try {
      sources.follow(await discover(context.client), signal);
    } catch (error) {
      context.log.warn({ error }, 'garbage collector: discovery failed');
    }
    const rest = { signal, ref: false };
    await Promise.race([changed.promise, sleep(DISCOVERY_PERIOD_MS, undefined, rest)]).catch(() => undefined);
    await sleep(DISCOVERY_DELAY_MS, undefined, rest).catch(() => undefined);
  }
}
