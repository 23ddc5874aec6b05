import type { Pod } from '@gantry/api/generated/types';
import { nodes, pods } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { withCondition } from '../shared/conditions.ts';
import { ignoreNotFound } from '../shared/outcomes.ts';
import { isFinished } from '../shared/pods.ts';
import { decideGarbage } from './decide.ts';

const PERIOD_MS = 20_000;
/** A node that was not seen for this long, and that the server does not know, is gone. */
const QUARANTINE_MS = 40_000;
const SWEEP = 'sweep';

/** Removes finished pods above `threshold`, pods of nodes that are gone, and deleted pods that never had a node. */
export function podGcController(threshold = 12_500): Controller {
  const missingSince = new Map<string, number>();
  return {
    name: 'pod-garbage-collector-controller',
    inputs: [],
    outputs: [
      { resource: pods, verbs: ['delete'] },
      { resource: pods, verbs: ['patch'], subresource: 'status' },
    ],
    concurrency: 1,
    setup({ informers }) {
      informers.informer(pods);
      informers.informer(nodes);
    },
    start: (_context, enqueue) => enqueue(SWEEP),
    async reconcile(_key, context) {
      const { informers } = context;
      const all = informers.informer(pods).list();
      const gone = await goneNodes(all, missingSince, context);
      const plan = decideGarbage(all, (node) => gone.has(node), threshold);
      const orphaned = 'PodGC: node no longer exists';
      for (const pod of plan.surplus) await remove(pod, context);
      for (const pod of plan.orphaned) await remove(pod, context, orphaned);
      for (const pod of plan.unscheduled) await remove(pod, context);
      return { type: 'requeueAfter', ms: PERIOD_MS };
    },
  };
}

async function goneNodes(
  all: readonly Pod[],
  missingSince: Map<string, number>,
  { client, informers, clock }: ControllerContext,
): Promise<Set<string>> {
  const now = clock.now();
  const informer = informers.informer(nodes);
  const missing = new Set(
    all.flatMap((pod) =>
      pod.spec.nodeName && informer.get('', pod.spec.nodeName) === undefined ? [pod.spec.nodeName] : [],
    ),
  );
  for (const name of missingSince.keys()) if (!missing.has(name)) missingSince.delete(name);
  const gone = new Set<string>();
  for (const name of missing) {
    const since = missingSince.get(name) ?? now;
    missingSince.set(name, since);
    if (now - since < QUARANTINE_MS) continue;
    const answer = await client.get(nodes, '', name).catch((error: unknown) => error);
    if (isStatusError(answer, 'NotFound')) gone.add(name);
  }
  return gone;
}

async function remove(pod: Pod, { client, clock }: ControllerContext, disruption?: string): Promise<void> {
  const { namespace = '', name, uid, generation } = pod.metadata;
  const observed = generation === undefined ? {} : { observedGeneration: generation };
  if (!isFinished(pod)) {
    const now = clock.now();
    const conditions =
      disruption === undefined
        ? pod.status?.conditions
        : withCondition(
            pod.status?.conditions,
            {
              type: 'DisruptionTarget',
              status: 'True',
              reason: 'DeletionByPodGC',
              message: disruption,
              ...observed,
            },
            now,
          );
    const patch = {
      metadata: { uid },
      status: { phase: 'Failed', ...observed, ...(conditions === undefined ? {} : { conditions }) },
    };
    await ignoreNotFound(
      client.patch(pods, namespace, name, patch, { type: 'merge', subresource: 'status' }),
    );
  }
  await ignoreNotFound(
    client.delete(pods, namespace, name, {
      gracePeriodSeconds: 0,
      ...(uid === undefined ? {} : { preconditions: { uid } }),
    }),
  );
}
