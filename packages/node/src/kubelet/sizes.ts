import { podAmounts } from '@gantry/api/core/quota/amounts';
import type { Container, Pod, PodStatus, ResourceRequirements } from '@gantry/api/generated/types';
import { formatQuantity, type Quantity } from '@gantry/machinery/quantity';
import { podResources } from './qos.ts';
import { milli, whole } from './quantity.ts';

type Amounts = Readonly<Record<string, string | number>>;

/** What a container was sized with: its own CPU and memory, and the pod's limits, which hold where it has none. */
export interface Sizing {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
  readonly podLimits?: Amounts;
}

/** Thousandths of a core and bytes; a limit of 0 is none. */
export interface Size {
  readonly cpuRequest: number;
  readonly cpuLimit: number;
  readonly memoryRequest: number;
  readonly memoryLimit: number;
}

const SIZED = ['cpu', 'memory'] as const;

function sizedOf(amounts: Amounts | undefined): Amounts | undefined {
  const kept = SIZED.flatMap((name) => {
    const amount = amounts?.[name];
    return amount === undefined ? [] : [[name, amount] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

export function sizingOf(pod: Pod, container: Pick<Container, 'resources'>): Sizing {
  const requests = sizedOf(container.resources?.requests);
  const limits = sizedOf(container.resources?.limits);
  const podLimits = sizedOf(pod.spec.resources?.limits);
  return {
    ...(requests === undefined ? {} : { requests }),
    ...(limits === undefined ? {} : { limits }),
    ...(podLimits === undefined ? {} : { podLimits }),
  };
}

export function sizeOf({ requests, limits, podLimits }: Sizing): Size {
  const cpuLimit = milli(limits?.cpu);
  const memoryLimit = whole(limits?.memory);
  return {
    cpuRequest: milli(requests?.cpu),
    cpuLimit: cpuLimit === 0 ? milli(podLimits?.cpu) : cpuLimit,
    memoryRequest: whole(requests?.memory),
    memoryLimit: memoryLimit === 0 ? whole(podLimits?.memory) : memoryLimit,
  };
}

export const isSameSize = (a: Size, b: Size): boolean =>
  a.cpuRequest === b.cpuRequest &&
  a.cpuLimit === b.cpuLimit &&
  a.memoryRequest === b.memoryRequest &&
  a.memoryLimit === b.memoryLimit;

/** Whether the container's own rules want a restart for the way from one size to the other. */
export function needsRestart(container: Pick<Container, 'resizePolicy'>, from: Size, to: Size): boolean {
  const restarts = (resource: string): boolean =>
    container.resizePolicy?.find(({ resourceName }) => resourceName === resource)?.restartPolicy ===
    'RestartContainer';
  const cpu = from.cpuRequest !== to.cpuRequest || from.cpuLimit !== to.cpuLimit;
  const memory = from.memoryRequest !== to.memoryRequest || from.memoryLimit !== to.memoryLimit;
  return (cpu && restarts('cpu')) || (memory && restarts('memory'));
}

/** A container's resources as its status shows them: what was granted, with CPU and memory as they are by now. */
export function actualResources(
  granted: ResourceRequirements,
  actual: Sizing | undefined,
): ResourceRequirements {
  const { requests, limits } = granted;
  return {
    ...(limits === undefined ? {} : { limits: overlay(limits, actual?.limits) }),
    ...(requests === undefined ? {} : { requests: overlay(requests, actual?.requests) }),
  };
}

function overlay(granted: Amounts, actual: Amounts | undefined): Record<string, string> {
  const known = SIZED.filter((name) => granted[name] !== undefined && actual?.[name] !== undefined);
  const shown = { ...granted, ...Object.fromEntries(known.map((name) => [name, actual?.[name] ?? ''])) };
  return shown as Record<string, string>;
}

const written = (amounts: ReadonlyMap<string, Quantity>): Record<string, string> =>
  Object.fromEntries([...amounts].map(([name, quantity]) => [name, formatQuantity(quantity)]));

/** Shares and quotas below these say nothing of what was asked for. */
const SHARES_MIN = 2;
const QUOTA_MIN_MILLI = 10;

/**
 * The resources of the pod as a whole that its status shows: what it was granted, and, once it runs, what its cgroup was
 * set to. `applied` is the pod with the resources that were last set.
 */
export function podLevelStatus(
  granted: Pod,
  phase: string,
  applied: Pod,
): Pick<PodStatus, 'resources' | 'allocatedResources'> {
  const requests = written(podAmounts(granted, 'requests'));
  const limits = written(podAmounts(granted, 'limits'));
  const isEmpty = Object.keys(requests).length === 0;
  return {
    ...(isEmpty ? {} : { allocatedResources: requests }),
    resources: phase === 'Running' ? runningResources(granted, applied) : withoutEmpty(limits, requests),
  };
}

function runningResources(granted: Pod, applied: Pod): ResourceRequirements {
  const { cpuRequestMilli, cpuLimitMilli, memoryLimitBytes } = podResources(applied);
  const own = granted.spec.resources;
  const requests: Record<string, string> = { ...own?.requests };
  const limits: Record<string, string> = { ...own?.limits };
  if (cpuRequestMilli > SHARES_MIN || milli(requests.cpu) > SHARES_MIN)
    requests.cpu = text(cpuRequestMilli, 'cpu');
  const memory = podAmounts(applied, 'requests').get('memory');
  if (memory !== undefined) requests.memory = formatQuantity(memory);
  if (cpuLimitMilli > 0 && (cpuLimitMilli > QUOTA_MIN_MILLI || milli(limits.cpu) > QUOTA_MIN_MILLI))
    limits.cpu = text(cpuLimitMilli, 'cpu');
  if (memoryLimitBytes > 0) limits.memory = text(memoryLimitBytes, 'memory');
  return withoutEmpty(limits, requests);
}

function text(amount: number, of: 'cpu' | 'memory'): string {
  const nanos = BigInt(amount) * (of === 'cpu' ? 1_000_000n : 1_000_000_000n);
  return formatQuantity({ nanos, format: of === 'cpu' ? 'DecimalSI' : 'BinarySI' });
}

function withoutEmpty(
  limits: Record<string, string>,
  requests: Record<string, string>,
): ResourceRequirements {
  return {
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...(Object.keys(requests).length === 0 ? {} : { requests }),
  };
}
