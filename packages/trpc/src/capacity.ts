import type { Node, Pod } from '@gantry/api/generated/types';
import type { KubeList } from '@gantry/machinery/object';
import { ApiError, callJson } from './api.ts';
import { type Allocation, addAmounts, clusterUse, PodSums, type Sum } from './pod-resources.ts';
import { collectionPath } from './resource-ref.ts';
import type { Context } from './trpc.ts';

/** Of this much the event loop reads at a time. */
const PAGE = 500;
/** Beyond these the sums say that they are not all: a bound on what one look at the overview costs. */
const PODS_MAX = 20_000;
/** Those that the overview shows, in their order. */
const SHOWN = ['cpu', 'memory', 'pods'];
/** Pods that take room on a node. */
const PLACED = 'spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed';

/** What all nodes have for pods, and what pods ask for of it. */
export interface Capacity {
  readonly version: string;
  readonly nodes: { readonly ready: number; readonly total: number } | null;
  /** Null when the user may not list nodes or pods. */
  readonly lines: readonly Allocation[] | null;
  /** There are more pods than were counted. */
  readonly isPartial: boolean;
}

async function* pagesOf<T>(
  ctx: Context,
  plural: string,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<readonly T[]> {
  let from = '';
  do {
    const list = await callJson<KubeList<T & Node>>(ctx.dispatch, {
      method: 'GET',
      path: collectionPath({ group: '', version: 'v1', plural }),
      query: { ...query, limit: String(PAGE), ...(from === '' ? {} : { continue: from }) },
    });
    yield list.items;
    from = list.metadata?.continue ?? '';
  } while (from !== '');
}

async function ifAllowed<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

const isReady = ({ status }: Node): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;

async function nodeSums(ctx: Context) {
  const allocatable: Sum = new Map();
  let [ready, total] = [0, 0];
  for await (const nodes of pagesOf<Node>(ctx, 'nodes', {}))
    for (const node of nodes) {
      total += 1;
      if (isReady(node)) ready += 1;
      addAmounts(allocatable, node.status?.allocatable);
    }
  return { allocatable, ready, total };
}

async function podSums(ctx: Context) {
  const sums = new PodSums();
  let seen = 0;
  for await (const pods of pagesOf<Pod>(ctx, 'pods', { fieldSelector: PLACED })) {
    for (const pod of pods) sums.add(pod);
    seen += pods.length;
    if (seen >= PODS_MAX) return { sums, isPartial: pods.length === PAGE };
  }
  return { sums, isPartial: false };
}

/** How full the cluster is. */
export async function capacityOf(ctx: Context): Promise<Capacity> {
  const [version, nodes, pods, used] = await Promise.all([
    ifAllowed(() => callJson<{ gitVersion?: string }>(ctx.dispatch, { method: 'GET', path: '/version' })),
    ifAllowed(() => nodeSums(ctx)),
    ifAllowed(() => podSums(ctx)),
    clusterUse(ctx),
  ]);
  const lines = nodes === null || pods === null ? null : pods.sums.of(nodes.allocatable, used);
  return {
    version: version?.gitVersion ?? '',
    nodes: nodes === null ? null : { ready: nodes.ready, total: nodes.total },
    lines: lines === null ? null : SHOWN.flatMap((shown) => lines.filter(({ name }) => name === shown)),
    isPartial: pods?.isPartial === true,
  };
}
