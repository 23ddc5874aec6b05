import type { Pod } from '@gantry/api/generated/types';
import { ApiError, callJson } from './api.ts';
import { type ApplicationLine, listApplications } from './applications-router.ts';
import { capacityOf } from './capacity.ts';
import {
  applicationConcern,
  type Concern,
  cellOf,
  foldPods,
  nodeConcern,
  podConcern,
  podReason,
  sortConcerns,
} from './overview.ts';
import { objectPath, type ResourceRef } from './resource-ref.ts';
import type { TableColumn, TableRow } from './table.ts';
import { type Context, procedure, router } from './trpc.ts';

const CONCERNS_MAX = 50;
const DETAILED_PODS_MAX = 10;
const RECENT_MAX = 8;

const byLastSync = (a: ApplicationLine, b: ApplicationLine): number => {
  const [left, right] = [a.last?.time ?? a.createdAt, b.last?.time ?? b.createdAt];
  return left < right ? 1 : left > right ? -1 : 0;
};

interface Rows {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** Undefined when the user may not list the resource. */
async function rowsIfAllowed(ctx: Context, resource: ResourceRef): Promise<Rows | undefined> {
  return ifAllowed(async () => {
    const view = await ctx.views.open(ctx.user, ctx.dispatch, { resource, namespace: '' });
    return { columns: view.columns, rows: [...view.rows.values()] };
  });
}

async function ifAllowed<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && (error.status.code === 403 || error.status.code === 404))
      return undefined;
    throw error;
  }
}

function tally(texts: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

async function explainPods(ctx: Context, concerns: readonly Concern[]): Promise<Concern[]> {
  return Promise.all(
    concerns.map(async (concern, index) => {
      if (index >= DETAILED_PODS_MAX) return concern;
      const pod = await ifAllowed(() =>
        callJson<Pod>(ctx.dispatch, { method: 'GET', path: objectPath(concern.ref) }),
      );
      const reason = pod === undefined ? undefined : podReason(pod);
      return reason === undefined ? concern : { ...concern, reason };
    }),
  );
}

const statusTally = (table: Rows | undefined): Record<string, number> | null =>
  table === undefined
    ? null
    : tally(table.rows.map((row) => String(cellOf(table.columns, row, 'Status') ?? 'Unknown')));

export const overviewRouter = router({
  /** The cluster at a glance: what wants a look, worst first, and counts. null = the user may not list it. */
  get: procedure.query(async ({ ctx }) => {
    const core = (plural: string): ResourceRef => ({ group: '', version: 'v1', plural });
    const [applications, nodes, pods, namespaces] = await Promise.all([
      ifAllowed(() => listApplications(ctx.dispatch)),
      rowsIfAllowed(ctx, core('nodes')),
      rowsIfAllowed(ctx, core('pods')),
      rowsIfAllowed(ctx, core('namespaces')),
    ]);
    const nowMs = Date.now();
    const podConcerns = sortConcerns(
      foldPods(
        pods?.rows.flatMap((row) => {
          const concern = podConcern(pods.columns, row, nowMs);
          return concern === undefined ? [] : { row, concern };
        }) ?? [],
      ),
    );
    const concerns = sortConcerns([
      ...(applications?.flatMap((line) => applicationConcern(line) ?? []) ?? []),
      ...(nodes?.rows.flatMap((row) => nodeConcern(nodes.columns, row) ?? []) ?? []),
      ...(await explainPods(ctx, podConcerns)),
    ]);
    return {
      concerns: concerns.slice(0, CONCERNS_MAX),
      concernsTotal: concerns.length,
      applications:
        applications === undefined
          ? null
          : {
              total: applications.length,
              sync: tally(applications.map(({ sync }) => sync)),
              health: tally(applications.map(({ health }) => health)),
              recent: [...applications].sort(byLastSync).slice(0, RECENT_MAX),
            },
      nodes: statusTally(nodes),
      pods: statusTally(pods),
      namespaces: namespaces?.rows.length ?? null,
    };
  }),

  /** Version of the cluster, and how full it is. Costs more than the rest, so it is asked for less often. */
  capacity: procedure.query(({ ctx }) => capacityOf(ctx)),
});
