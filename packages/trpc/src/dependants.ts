import { ApiError } from './api.ts';
import { cellOf } from './overview.ts';
import type { ObjectRef, ResourceRef } from './resource-ref.ts';
import type { Context } from './trpc.ts';

/** What an object made, or what is made on its behalf. */
export interface Dependant {
  readonly kind: string;
  readonly ref: ObjectRef;
  /** 0 for what the object owns itself, 1 for what that owns. */
  readonly depth: number;
  readonly status: string;
  readonly ready: string;
  readonly createdAt: string;
}

interface OwnedKind {
  readonly kind: string;
  readonly resource: ResourceRef;
}

const REPLICA_SETS: OwnedKind = {
  kind: 'ReplicaSet',
  resource: { group: 'apps', version: 'v1', plural: 'replicasets' },
};
const JOBS: OwnedKind = { kind: 'Job', resource: { group: 'batch', version: 'v1', plural: 'jobs' } };
const PODS: OwnedKind = { kind: 'Pod', resource: { group: '', version: 'v1', plural: 'pods' } };
const SLICES: OwnedKind = {
  kind: 'EndpointSlice',
  resource: { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' },
};

/** What each kind owns, level by level. */
const LEVELS: Readonly<Record<string, readonly OwnedKind[]>> = {
  Deployment: [REPLICA_SETS, PODS],
  ReplicaSet: [PODS],
  StatefulSet: [PODS],
  DaemonSet: [PODS],
  ReplicationController: [PODS],
  CronJob: [JOBS, PODS],
  Job: [PODS],
  Service: [SLICES],
};
const DEPENDANTS_MAX = 100;

/** The objects that `ref` owns, each followed by what it owns itself; those that the user may not list are left out. */
export async function dependantsOf(ctx: Context, kind: string, ref: ObjectRef): Promise<Dependant[]> {
  const found: Dependant[] = [];
  const visit = async (owner: { kind: string; name: string }, depth: number): Promise<void> => {
    const level = LEVELS[kind]?.[depth];
    if (level === undefined) return;
    const { rows, columns } = await ctx.views.open(ctx.user, ctx.dispatch, {
      ...{ resource: level.resource, namespace: ref.namespace },
    });
    const own = [...rows.values()].filter(
      (row) => row.owner?.kind === owner.kind && row.owner.name === owner.name,
    );
    own.sort((a, b) =>
      a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.name < b.name ? -1 : 1,
    );
    for (const row of own) {
      if (found.length >= DEPENDANTS_MAX) return;
      const text = (column: string): string => String(cellOf(columns, row, column) ?? '');
      // Old ReplicaSets that run nothing are kept for a roll-back; the tab Revisions has them.
      if (level === REPLICA_SETS && text('Desired') === '0' && text('Current') === '0') continue;
      found.push({
        ...{ kind: level.kind, depth, createdAt: row.createdAt },
        ref: { resource: level.resource, namespace: row.namespace, name: row.name },
        status: row.deleting ? 'Terminating' : text('Status'),
        ready: level === REPLICA_SETS ? `${text('Ready')}/${text('Desired')}` : text('Ready'),
      });
      await visit({ kind: level.kind, name: row.name }, depth + 1);
    }
  };
  try {
    await visit({ kind, name: ref.name }, 0);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  return found;
}
