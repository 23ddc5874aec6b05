import { isDeepStrictEqual } from 'node:util';
import type { Node, Pod } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import { nodes, pods } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { BY_NODE, nodeIndex } from '../node-lifecycle/controller.ts';
import { withCondition } from '../shared/conditions.ts';
import { DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { epoch, isFinished } from '../shared/pods.ts';
import { decideEviction } from './decide.ts';

const noExecute = (node: Node) => (node.spec.taints ?? []).filter((taint) => taint.effect === 'NoExecute');

/** Deletes pods from nodes with NoExecute taints that they do not tolerate (any longer). */
export function taintEvictionController(): Controller {
  /** Pods that wait for the end of their toleration, by key. */
  const waiting = new Set<string>();
  return {
    name: 'taint-eviction-controller',
    inputs: [
      input<Pod>(pods, (pod, old) => (old?.spec.nodeName === pod.spec.nodeName ? [] : [keyOf(pod)])),
      input<Node>(nodes, (node, old, context) =>
        old !== undefined && isDeepStrictEqual(noExecute(old), noExecute(node))
          ? []
          : context.informers.informer(pods).byIndex(BY_NODE, node.metadata.name).map(keyOf),
      ),
    ],
    outputs: [
      { resource: pods, verbs: ['delete'] },
      { resource: pods, verbs: ['patch'], subresource: 'status' },
    ],
    setup({ informers }) {
      informers.informer(pods).addIndex(BY_NODE, nodeIndex);
    },
    async reconcile(key, context) {
      const { informers, clock, events } = context;
      const { namespace, name } = splitKey(key);
      const pod = informers.informer(pods).get(namespace, name);
      const node = informers.informer(nodes).get('', pod?.spec.nodeName ?? '');
      const isGoing = pod === undefined || pod.metadata.deletionTimestamp !== undefined || isFinished(pod);
      if (isGoing || node === undefined) {
        waiting.delete(key);
        return DONE;
      }
      const taints = noExecute(node);
      const eviction = decideEviction(pod, taints);
      if (eviction.type === 'never') {
        if (waiting.delete(key))
          events.event(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
        return DONE;
      }
      const now = clock.now();
      const since = Math.max(...taints.map((taint) => epoch(taint.timeAdded)));
      const wait = (since || now) + eviction.ms - now;
      if (wait > 0) {
        waiting.add(key);
        return { type: 'requeueAfter', ms: wait };
      }
      waiting.delete(key);
      events.event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
      await evict(pod, context);
      return DONE;
    },
  };
}

async function evict(pod: Pod, { client, clock }: ControllerContext): Promise<void> {
  const { namespace = '', name, uid, generation } = pod.metadata;
  const conditions = withCondition(
    pod.status?.conditions,
    {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    },
    clock.now(),
  );
  await ignoreNotFound(
    client.patch(
      pods,
      namespace,
      name,
      { metadata: { uid }, status: { conditions } },
      { type: 'merge', subresource: 'status' },
    ),
  );
  await ignoreNotFound(
    client.delete(pods, namespace, name, uid === undefined ? {} : { preconditions: { uid } }),
  );
}
