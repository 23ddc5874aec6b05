import type { Pod } from '@gantry/api/generated/types';
import { formatQuantity, parseQuantity, type Quantity } from '@gantry/machinery/quantity';
import { ApiError, callJson } from './api.ts';
import type { Context } from './trpc.ts';

/** Amounts by resource name, as texts: `{cpu: '250m'}`. */
export type Amounts = Readonly<Record<string, string>>;

/** What a pod asks for, may take at most, and uses. */
export interface PodUse {
  readonly pod: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Null when nothing measures it. */
  readonly used: Amounts | null;
}

interface PodMetrics {
  readonly metadata: { readonly name: string };
  readonly containers?: readonly { readonly usage?: Amounts }[];
}

export type Sum = Map<string, Quantity>;

/** Adds amounts; what is no quantity counts nothing. */
export function addAmounts(sum: Sum, amounts: Readonly<Record<string, unknown>> | null | undefined): Sum {
  for (const [name, value] of Object.entries(amounts ?? {})) {
    try {
      const quantity = parseQuantity(String(value));
      sum.set(name, { ...quantity, nanos: quantity.nanos + (sum.get(name)?.nanos ?? 0n) });
    } catch {
      // The server stores none; other servers' metrics are taken as they come.
    }
  }
  return sum;
}

const toTexts = (sum: Sum): Amounts =>
  Object.fromEntries([...sum].map(([name, quantity]) => [name, formatQuantity(quantity)]));

/**
 * What the scheduler counts for a pod: its containers together, or one of its init containers where that is more.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podAmounts({ spec }: Pod, which: 'requests' | 'limits'): Sum {
  const sum: Sum = new Map();
  for (const { resources } of spec?.containers ?? []) addAmounts(sum, resources?.[which]);
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const { resources } of sidecars) addAmounts(sum, resources?.[which]);
  for (const { resources, restartPolicy } of spec?.initContainers ?? []) {
    if (restartPolicy === 'Always') continue;
    for (const [name, amount] of addAmounts(new Map(), resources?.[which]))
      if (amount.nanos > (sum.get(name)?.nanos ?? 0n)) sum.set(name, amount);
  }
  return addAmounts(sum, spec?.overhead);
}

/** Of the metrics API, where one is served. */
async function readMetrics<T>(
  ctx: Context,
  path: string,
  query: Record<string, string> = {},
): Promise<T | null> {
  try {
    return await callJson<T>(ctx.dispatch, { method: 'GET', path, query });
  } catch (error) {
    // Not served, not allowed, or not answering: there is nothing to show then.
    if (error instanceof ApiError) return null;
    throw error;
  }
}

const METRICS = '/apis/metrics.k8s.io/v1beta1';

/** What each of these pods asks for, may take, and uses where it is measured. */
export async function usageOf(
  ctx: Context,
  namespace: string,
  labelSelector: string,
  pods: readonly Pod[],
): Promise<{ readonly lines: PodUse[]; readonly hasMetrics: boolean }> {
  const path = `${METRICS}/namespaces/${encodeURIComponent(namespace)}/pods`;
  const measured = await readMetrics<{ items?: readonly PodMetrics[] }>(ctx, path, { labelSelector });
  const byName = new Map((measured?.items ?? []).map((one) => [one.metadata.name, one]));
  const lines = pods.map((pod) => {
    const containers = byName.get(pod.metadata.name)?.containers;
    const used = containers?.reduce((sum, { usage }) => addAmounts(sum, usage), new Map<string, Quantity>());
    return {
      pod: pod.metadata.name,
      requests: toTexts(podAmounts(pod, 'requests')),
      limits: toTexts(podAmounts(pod, 'limits')),
      used: used === undefined ? null : toTexts(used),
    };
  });
  return { lines, hasMetrics: measured !== null };
}

/** One resource of a node or of all: what there is, and what its pods have of it. */
export interface Allocation {
  readonly name: string;
  readonly allocatable: string;
  readonly requested: string;
  readonly limited: string;
  /** '' when nothing measures it. */
  readonly used: string;
  /** Percent of what there is. */
  readonly requestedPercent: number;
  readonly limitedPercent: number;
}

const percent = (part: bigint, whole: bigint): number => (whole === 0n ? 0 : Number((part * 100n) / whole));
const ZERO: Quantity = { nanos: 0n, format: 'DecimalSI' };

/** What pods ask for together, and may take; the pods themselves count as a resource. */
export class PodSums {
  readonly requested: Sum = new Map();
  readonly limited: Sum = new Map();

  add(pod: Pod): void {
    addSum(this.requested, podAmounts(pod, 'requests'));
    addSum(this.requested, new Map([['pods', { nanos: 1_000_000_000n, format: 'DecimalSI' }]]));
    addSum(this.limited, podAmounts(pod, 'limits'));
  }

  /** A line for each resource that there is any of, or that a pod asks for. */
  of(allocatable: Sum, used: Amounts): Allocation[] {
    return [...allocatable]
      .filter(([name, { nanos }]) => nanos > 0n || this.requested.has(name))
      .map(([name, whole]) => {
        const asked = this.requested.get(name) ?? ZERO;
        const most = this.limited.get(name) ?? ZERO;
        return {
          name,
          allocatable: formatQuantity(whole),
          requested: formatQuantity(asked),
          limited: name === 'pods' ? '' : formatQuantity(most),
          used: used[name] ?? '',
          requestedPercent: percent(asked.nanos, whole.nanos),
          limitedPercent: percent(most.nanos, whole.nanos),
        };
      });
  }
}

function addSum(into: Sum, amounts: Sum): void {
  for (const [name, amount] of amounts)
    into.set(name, { ...amount, nanos: amount.nanos + (into.get(name)?.nanos ?? 0n) });
}

/** What pods have of the resources of a node. */
export async function allocationsOf(
  ctx: Context,
  node: { readonly name: string; readonly allocatable: Amounts },
  pods: readonly Pod[],
): Promise<Allocation[]> {
  const sums = new PodSums();
  for (const pod of pods) sums.add(pod);
  const path = `${METRICS}/nodes/${encodeURIComponent(node.name)}`;
  const measured = await readMetrics<{ usage?: Amounts }>(ctx, path);
  return sums.of(addAmounts(new Map(), node.allocatable), measured?.usage ?? {});
}

/** What all nodes use together, where it is measured. */
export async function clusterUse(ctx: Context): Promise<Amounts> {
  const measured = await readMetrics<{ items?: readonly { usage?: Amounts }[] }>(ctx, `${METRICS}/nodes`);
  const sum: Sum = new Map();
  for (const { usage } of measured?.items ?? []) addAmounts(sum, usage);
  return toTexts(sum);
}
