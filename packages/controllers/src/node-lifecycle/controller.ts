import type { Node, Pod } from '@gantry/api/generated/types';
import { leases, nodes, pods } from '@gantry/client/resources';
import { timestamp } from '@gantry/runtime/clock';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { findCondition } from '../shared/conditions.ts';
import { DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { isReady } from '../shared/pods.ts';
import { decideTaints, decideUnknown, type Heartbeat } from './decide.ts';
import { observe } from './heartbeat.ts';
import { TotalOutage } from './total-outage.ts';

export const BY_NODE = 'byNode';
export const nodeIndex = (pod: Pod): readonly string[] => (pod.spec.nodeName ? [pod.spec.nodeName] : []);

/** Marks nodes that fell silent, taints nodes in trouble, and has the pods there count as not ready. */
export function nodeLifecycleController(): Controller {
  const heartbeats = new Map<string, Heartbeat>();
  const outage = new TotalOutage();
  return {
    name: 'node-lifecycle-controller',
    eventSource: 'node-controller',
    inputs: [input<Node>(nodes)],
    outputs: [
      { resource: nodes, verbs: ['update'], subresource: 'status' },
      { resource: nodes, verbs: ['patch'] },
      { resource: pods, verbs: ['patch'], subresource: 'status' },
    ],
    resyncMs: 5_000,
    setup({ informers }) {
      informers.informer(leases);
      informers.informer(pods).addIndex(BY_NODE, nodeIndex);
    },
    async reconcile(key, context) {
      const { client, informers, clock, events } = context;
      const node = informers.informer(nodes).get('', key);
      if (node === undefined) {
        heartbeats.delete(key);
        return DONE;
      }
      const now = clock.now();
      if (!heartbeats.has(key))
        events.event(
          node,
          'Normal',
          'RegisteredNode',
          `Node ${key} event: Registered Node ${key} in Controller`,
        );
      const heartbeat = observe(node, heartbeats.get(key), context);
      heartbeats.set(key, heartbeat);
      const unknown = decideUnknown(node, heartbeat, now);
      let current = node;
      if (unknown !== undefined) {
        const wasReady = findCondition(node.status?.conditions, 'Ready')?.status === 'True';
        if (wasReady) outage.reconsider();
        current = await client.update(
          nodes,
          { ...node, status: { ...node.status, conditions: [...unknown] } },
          { subresource: 'status' },
        );
        if (wasReady) events.event(node, 'Normal', 'NodeNotReady', `Node ${key} status is now: NodeNotReady`);
      }
      const ready = findCondition(current.status?.conditions, 'Ready')?.status;
      const evicts = ready === 'True' || !outage.isTotal(context, heartbeats, now);
      const taints = decideTaints(current, now, evicts);
      if (taints !== undefined) {
        const { uid, resourceVersion } = current.metadata;
        await client.patch(
          nodes,
          '',
          key,
          { metadata: { uid, resourceVersion }, spec: { taints: taints.length === 0 ? null : taints } },
          { type: 'merge' },
        );
      }
      if (ready !== undefined && ready !== 'True') await markPodsNotReady(key, context);
      return DONE;
    },
  };
}

async function markPodsNotReady(node: string, context: ControllerContext): Promise<void> {
  const { client, informers, clock, events } = context;
  for (const pod of informers.informer(pods).byIndex(BY_NODE, node)) {
    if (!isReady(pod)) continue;
    const { namespace = '', name, uid } = pod.metadata;
    const conditions = (pod.status?.conditions ?? []).map((condition) =>
      condition.type === 'Ready'
        ? { ...condition, status: 'False', lastTransitionTime: timestamp(clock.now()) }
        : condition,
    );
    events.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
    await ignoreNotFound(
      client.patch(
        pods,
        namespace,
        name,
        { metadata: { uid, resourceVersion: pod.metadata.resourceVersion }, status: { conditions } },
        { type: 'merge', subresource: 'status' },
      ),
    );
  }
}
