import { isDeepStrictEqual } from 'node:util';
import type { Pod, PodDisruptionBudget } from '@gantry/api/generated/types';
import { controllerOf, keyOf, splitKey } from '@gantry/client/keys';
import type { Resource } from '@gantry/client/port';
import {
  deployments,
  podDisruptionBudgets,
  pods,
  replicaSets,
  replicationControllers,
  statefulSets,
} from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { matchesSelector } from '../shared/labels.ts';
import { DONE, requeueAfter } from '../shared/outcomes.ts';
import { DELETION_TIMEOUT_MS, decideStatus } from './decide.ts';

type Sized = KubeObject & { readonly spec: { readonly replicas?: number } };
const SIZED: Readonly<Record<string, Resource<Sized>>> = {
  ReplicaSet: replicaSets as Resource<Sized>,
  ReplicationController: replicationControllers as Resource<Sized>,
  StatefulSet: statefulSets as Resource<Sized>,
};

/** Keeps how many disruptions each budget allows. */
export const disruptionController = (): Controller => ({
  name: 'disruption-controller',
  eventSource: 'controllermanager',
  inputs: [
    input<PodDisruptionBudget>(podDisruptionBudgets),
    input<Pod>(pods, (pod, old, { informers }) => {
      const matches = ({ spec }: PodDisruptionBudget) =>
        [pod, ...(old === undefined ? [] : [old])].some((one) =>
          matchesSelector(spec.selector, one.metadata.labels),
        );
      return informers.informer(podDisruptionBudgets).list(pod.metadata.namespace).filter(matches).map(keyOf);
    }),
  ],
  outputs: [{ resource: podDisruptionBudgets, verbs: ['update'], subresource: 'status' }],
  setup({ informers }) {
    for (const resource of Object.values(SIZED)) informers.informer(resource);
    informers.informer(deployments);
  },
  async reconcile(key, context) {
    const { client, informers, clock } = context;
    const { namespace, name } = splitKey(key);
    const budget = informers.informer(podDisruptionBudgets).get(namespace, name);
    if (budget === undefined) return DONE;
    const covered = informers
      .informer(pods)
      .list(namespace)
      .filter((pod) => matchesSelector(budget.spec.selector, pod.metadata.labels));
    if (covered.length === 0) context.events.event(budget, 'Normal', 'NoPods', 'No matching pods found');
    const expected = expectedSize(covered, context);
    const status = decideStatus({ budget, pods: covered, expected }, clock.now());
    if (!isDeepStrictEqual(status, budget.status))
      await client.update(podDisruptionBudgets, { ...budget, status }, { subresource: 'status' });
    return requeueAfter(status.disruptedPods === undefined ? undefined : DELETION_TIMEOUT_MS);
  },
});

/** The sizes of the pods' controllers, each once: a Deployment counts for its ReplicaSets. */
function expectedSize(covered: readonly Pod[], { informers }: ControllerContext): number {
  const sizes = new Map<string, number>();
  for (const pod of covered) {
    const { namespace = '', uid = '' } = pod.metadata;
    const ref = controllerOf(pod);
    const resource = ref === undefined ? undefined : SIZED[ref.kind];
    if (ref === undefined || resource === undefined) {
      sizes.set(ref?.uid ?? uid, (sizes.get(ref?.uid ?? uid) ?? 0) + 1);
      continue;
    }
    const owner = informers.informer(resource).get(namespace, ref.name);
    const above = owner === undefined ? undefined : controllerOf(owner);
    const deployment =
      above?.kind === 'Deployment' ? informers.informer(deployments).get(namespace, above.name) : undefined;
    sizes.set(deployment?.metadata.uid ?? ref.uid, (deployment ?? owner)?.spec.replicas ?? 1);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
