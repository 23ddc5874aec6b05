import { isDeepStrictEqual } from 'node:util';
import type { Deployment, Pod, ReplicaSet } from '@gantry/api/generated/types';
import { controllerOf, splitKey } from '@gantry/client/keys';
import { deployments, pods, replicaSets } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { isEmptySelector, matchesSelector } from '../shared/labels.ts';
import { AWAIT_CACHE, DONE, requeueAfter } from '../shared/outcomes.ts';
import { claim, controllerKeys, ORPHANS, orphanKeys } from '../shared/owners.ts';
import { Rollout } from './rollout.ts';
import { deadlineIn } from './status.ts';

/** Rolls pod templates out over ReplicaSets. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/ */
export function deploymentController(): Controller {
  let writes: OwnWrites | undefined;
  return {
    name: 'deployment-controller',
    inputs: [
      input<Deployment>(deployments),
      input<ReplicaSet>(replicaSets, replicaSetKeys),
      input<Pod>(pods, recreateKeys),
    ],
    outputs: [
      { resource: deployments, verbs: ['update'], subresource: 'status' },
      { resource: replicaSets, verbs: ['create', 'update', 'patch', 'delete'] },
    ],
    setup(context) {
      context.informers.informer(replicaSets).addIndex(ORPHANS, orphanKeys);
    },
    async reconcile(key, context): Promise<Outcome> {
      writes ??= new OwnWrites(context.clock);
      const { namespace, name } = splitKey(key);
      const deployment = context.informers.informer(deployments).get(namespace, name);
      if (deployment === undefined) {
        writes.forget(key);
        return DONE;
      }
      if (!writes.areSeen(key)) return AWAIT_CACHE;
      return reconcileDeployment(key, structuredClone(deployment), writes, context);
    },
  };
}

function replicaSetKeys(
  replicaSet: ReplicaSet,
  old: ReplicaSet | undefined,
  context: ControllerContext,
): string[] {
  const keys = controllerKeys('Deployment', replicaSet, old);
  if (keys.length > 0 || controllerOf(replicaSet) !== undefined) return keys;
  return context.informers
    .informer(deployments)
    .list(replicaSet.metadata.namespace)
    .filter((deployment) => matchesSelector(deployment.spec.selector, replicaSet.metadata.labels))
    .map((deployment) => `${deployment.metadata.namespace}/${deployment.metadata.name}`);
}

/** Recreate waits for old pods to be gone; nothing else depends on single pods. */
function recreateKeys(pod: Pod, _old: Pod | undefined, context: ControllerContext): string[] {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'ReplicaSet') return [];
  const { namespace = '' } = pod.metadata;
  const replicaSet = context.informers.informer(replicaSets).get(namespace, owner.name);
  const deploymentRef = replicaSet === undefined ? undefined : controllerOf(replicaSet);
  if (deploymentRef?.kind !== 'Deployment') return [];
  const deployment = context.informers.informer(deployments).get(namespace, deploymentRef.name);
  return deployment?.spec.strategy?.type === 'Recreate' ? [`${namespace}/${deploymentRef.name}`] : [];
}

async function reconcileDeployment(
  key: string,
  deployment: Deployment,
  writes: OwnWrites,
  context: ControllerContext,
): Promise<Outcome> {
  const { client, informers, events, clock } = context;
  if (isEmptySelector(deployment.spec.selector)) {
    events.event(
      deployment,
      'Warning',
      'SelectingAll',
      'This deployment is selecting all pods. A non-empty selector is required.',
    );
    return DONE;
  }
  const before = deployment.status;
  const sets = await claim({
    client,
    owner: deployment,
    ownerResource: deployments,
    resource: replicaSets,
    informer: informers.informer(replicaSets),
    matches: (replicaSet) => matchesSelector(deployment.spec.selector, replicaSet.metadata.labels),
  });
  const rollout = new Rollout(key, deployment, sets, writes, context);
  await rollout.run();
  if (!isDeepStrictEqual(deployment.status, before)) return DONE;
  return requeueAfter(deadlineIn(deployment, clock.now()));
}
