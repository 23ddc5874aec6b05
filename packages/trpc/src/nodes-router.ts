import type { Node, Pod, PodDisruptionBudget } from '@gantry/api/generated/types';
import { matchesSelectorObject } from '@gantry/machinery/label-selector';
import type { KubeList } from '@gantry/machinery/object';
import { z } from 'zod';
import { ApiError, callJson } from './api.ts';
import { type Amounts, allocationsOf } from './pod-resources.ts';
import { collectionPath, objectPath } from './resource-ref.ts';
import { type Context, procedure, router } from './trpc.ts';

const core = (plural: string) => ({ group: '', version: 'v1', plural });
const PODS = core('pods');
const BUDGETS = { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets' };
const name = z.string().min(1).max(253);

/** A pod on a node that is to be drained. */
export interface DrainPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** `stays`: its DaemonSet or the node itself would make it again at once. */
  readonly what: 'evict' | 'stays';
  /** Nothing makes it again. */
  readonly unmanaged: boolean;
  /** Has emptyDir volumes, whose data go with it. */
  readonly localData: boolean;
  /** Budgets that allow no disruption of it now. */
  readonly blockedBy: readonly string[];
}

const podsOn = async (ctx: Context, node: string): Promise<Pod[]> => {
  const { items } = await callJson<KubeList<Pod>>(ctx.dispatch, {
    method: 'GET',
    path: collectionPath(PODS),
    query: { fieldSelector: `spec.nodeName=${node}` },
  });
  return [...items];
};

const isDone = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

const MIRROR = 'kubernetes.io/config.mirror';

/** All budgets, or none when the user may not list them: then only the eviction itself tells. */
async function budgets(ctx: Context): Promise<readonly PodDisruptionBudget[]> {
  try {
    const path = collectionPath(BUDGETS);
    return (await callJson<KubeList<PodDisruptionBudget>>(ctx.dispatch, { method: 'GET', path })).items;
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

function drainPod(pod: Pod, all: readonly PodDisruptionBudget[]): DrainPod {
  const { metadata, spec } = pod;
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  const stays = owner?.kind === 'DaemonSet' || metadata.annotations?.[MIRROR] !== undefined;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    what: stays ? 'stays' : 'evict',
    unmanaged: owner === undefined && !isDone(pod),
    localData: (spec?.volumes ?? []).some(({ emptyDir }) => emptyDir !== undefined && emptyDir !== null),
    blockedBy: all
      .filter(
        (budget) =>
          !isDone(pod) &&
          budget.metadata.namespace === metadata.namespace &&
          (budget.status?.disruptionsAllowed ?? 0) < 1 &&
          budget.spec?.selector !== undefined &&
          matchesSelectorObject(budget.spec.selector as never, metadata.labels),
      )
      .map((budget) => budget.metadata.name),
  };
}

export const nodesRouter = router({
  /** What the pods of a node have of its resources. */
  allocations: procedure.input(z.object({ name })).query(async ({ ctx, input }) => {
    const path = objectPath({ resource: core('nodes'), namespace: '', name: input.name });
    const [node, pods] = await Promise.all([
      callJson<Node>(ctx.dispatch, { method: 'GET', path }),
      podsOn(ctx, input.name),
    ]);
    const allocatable = (node.status?.allocatable ?? {}) as Amounts;
    const running = pods.filter((pod) => !isDone(pod));
    return allocationsOf(ctx, { name: input.name, allocatable }, running);
  }),

  /** What draining a node would do to each pod on it. */
  drainPlan: procedure.input(z.object({ name })).query(async ({ ctx, input }) => {
    const [pods, all] = await Promise.all([podsOn(ctx, input.name), budgets(ctx)]);
    return pods.map((pod) => drainPod(pod, all));
  }),

  /**
   * Asks for one pod to go, by the eviction API. `blocked` when a disruption budget says not now: ask again later. A pod
   * that is gone already, or made anew under its name, is `gone`.
   */
  evict: procedure
    .input(z.object({ namespace: name, name, uid: z.string().min(1).max(64) }))
    .mutation(async ({ ctx, input }) => {
      try {
        await callJson(ctx.dispatch, {
          method: 'POST',
          path: objectPath({ resource: PODS, ...input }, 'eviction'),
          headers: { 'content-type': 'application/json' },
          body: {
            apiVersion: 'policy/v1',
            kind: 'Eviction',
            metadata: { name: input.name, namespace: input.namespace },
            deleteOptions: { preconditions: { uid: input.uid } },
          },
        });
        return { outcome: 'evicted' as const, message: '' };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status.code === 429) return { outcome: 'blocked' as const, message: error.message };
        if (error.status.code === 404 || error.status.code === 409)
          return { outcome: 'gone' as const, message: error.message };
        throw error;
      }
    }),
});
