import type { ApplicationObjectStatus } from '@gantry/api/generated/types';
import { ApiError } from './api.ts';
import type { ObjectRef, ResourceRef } from './resource-ref.ts';
import type { TableColumn, TableRow } from './table.ts';
import type { Context } from './trpc.ts';

/** What a controller made for an object of an Application. */
export interface Child {
  readonly kind: string;
  readonly ref: ObjectRef;
  /** As the list of its kind shows it. */
  readonly status: string;
  readonly ready: string;
  readonly createdAt: string;
  readonly owner: { readonly kind: string; readonly name: string };
}

const OWNED: readonly { readonly kind: string; readonly resource: ResourceRef }[] = [
  { kind: 'ReplicaSet', resource: { group: 'apps', version: 'v1', plural: 'replicasets' } },
  { kind: 'Job', resource: { group: 'batch', version: 'v1', plural: 'jobs' } },
  { kind: 'Pod', resource: { group: '', version: 'v1', plural: 'pods' } },
];
const OWNERS = /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|ReplicationController)$/;
const NAMESPACES_MAX = 10;
const CHILDREN_MAX = 500;

function cell(columns: readonly TableColumn[], row: TableRow, name: string): string {
  const index = columns.findIndex((column) => column.name === name);
  return index < 0 ? '' : String(row.cells[index] ?? '');
}

/** An old ReplicaSet that is kept for a roll-back runs nothing. */
const isRetired = (kind: string, columns: readonly TableColumn[], row: TableRow): boolean =>
  kind === 'ReplicaSet' && cell(columns, row, 'Desired') === '0' && cell(columns, row, 'Current') === '0';

/** ReplicaSets, Jobs and Pods in the namespaces of an Application's workloads, flat; owners make the tree. */
export async function childrenOf(
  ctx: Context,
  objects: readonly ApplicationObjectStatus[],
): Promise<Child[]> {
  const namespaces = new Set(
    objects.filter(({ kind }) => OWNERS.test(kind)).map(({ namespace }) => namespace ?? ''),
  );
  namespaces.delete('');
  const lists = await Promise.all(
    [...namespaces].slice(0, NAMESPACES_MAX).flatMap((namespace) =>
      OWNED.map(async ({ kind, resource }): Promise<Child[]> => {
        try {
          const { columns, rows } = await ctx.views.open(ctx.user, ctx.dispatch, { resource, namespace });
          return [...rows.values()].flatMap((row) =>
            row.owner === null || isRetired(kind, columns, row)
              ? []
              : {
                  kind,
                  ref: { resource, namespace, name: row.name },
                  status: row.deleting ? 'Terminating' : cell(columns, row, 'Status'),
                  ready: cell(columns, row, 'Ready'),
                  createdAt: row.createdAt,
                  owner: row.owner,
                },
          );
        } catch (error) {
          // Who may not list pods sees the objects without them.
          if (error instanceof ApiError) return [];
          throw error;
        }
      }),
    ),
  );
  return lists.flat().slice(0, CHILDREN_MAX);
}
