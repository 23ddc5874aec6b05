import type { DaemonSet, Deployment, Ingress, Job, Service, StatefulSet } from '@gantry/api/generated/types';
import type { KubeList, KubeObject } from '@gantry/machinery/object';
import { z } from 'zod';
import { ApiError, callJson } from './api.ts';
import { cellOf } from './overview.ts';
import { collectionPath, qualifiedResource, type ResourceRef } from './resource-ref.ts';
import { type TopologyGraph, type TopologyPod, topologyOf } from './topology.ts';
import { type Context, procedure, router } from './trpc.ts';

const core = (plural: string): ResourceRef => ({ group: '', version: 'v1', plural });
const apps = (plural: string): ResourceRef => ({ group: 'apps', version: 'v1', plural });
const PODS_MAX = 20_000;

/** Reads, or notes in `denied` what the user may not list. */
async function unlessDenied<T>(
  denied: string[],
  resource: ResourceRef,
  read: () => Promise<T[]>,
): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status.code !== 403) throw error;
    denied.push(qualifiedResource(resource));
    return [];
  }
}

/** Pods with their workloads; a ReplicaSet is passed over in favour of its Deployment. */
async function podsOf(ctx: Context, namespace: string, denied: string[]): Promise<TopologyPod[]> {
  const view = (resource: ResourceRef) => ctx.views.open(ctx.user, ctx.dispatch, { resource, namespace });
  const replicaSets = await unlessDenied(denied, apps('replicasets'), async () => [
    ...(await view(apps('replicasets'))).rows.values(),
  ]);
  const ownerOfSet = new Map(replicaSets.map(({ name, owner }) => [name, owner]));
  return unlessDenied(denied, core('pods'), async () => {
    const { rows, columns } = await view(core('pods'));
    return [...rows.values()].slice(0, PODS_MAX).map((row) => ({
      name: row.name,
      labels: row.labels,
      status: row.deleting ? 'Terminating' : String(cellOf(columns, row, 'Status') ?? ''),
      ready: String(cellOf(columns, row, 'Ready') ?? ''),
      owner: row.owner?.kind === 'ReplicaSet' ? (ownerOfSet.get(row.owner.name) ?? row.owner) : row.owner,
    }));
  });
}

export const topologyRouter = router({
  /** The graph of one namespace, and what of it the user may not see. */
  get: procedure
    .input(z.object({ namespace: z.string().min(1).max(253) }))
    .query(async ({ ctx, input: { namespace } }): Promise<TopologyGraph & { readonly denied: string[] }> => {
      const denied: string[] = [];
      const read = <T extends KubeObject>(resource: ResourceRef): Promise<T[]> =>
        unlessDenied(denied, resource, async () => {
          const path = collectionPath(resource, namespace);
          return [...(await callJson<KubeList<T>>(ctx.dispatch, { method: 'GET', path })).items];
        });
      const [ingresses, services, deployments, statefulSets, daemonSets, jobs, pods] = await Promise.all([
        read<Ingress>({ group: 'networking.k8s.io', version: 'v1', plural: 'ingresses' }),
        read<Service>(core('services')),
        read<Deployment>(apps('deployments')),
        read<StatefulSet>(apps('statefulsets')),
        read<DaemonSet>(apps('daemonsets')),
        read<Job>({ group: 'batch', version: 'v1', plural: 'jobs' }),
        podsOf(ctx, namespace, denied),
      ]);
      const workloads = [
        ...deployments.map((object) => ({ kind: 'Deployment' as const, object })),
        ...statefulSets.map((object) => ({ kind: 'StatefulSet' as const, object })),
        ...daemonSets.map((object) => ({ kind: 'DaemonSet' as const, object })),
        ...jobs.map((object) => ({ kind: 'Job' as const, object })),
      ];
      return { ...topologyOf({ namespace, ingresses, services, workloads, pods }), denied: denied.sort() };
    }),
});
