import { addAmounts, parseAmounts, podAmounts } from '@gantry/api/core/quota/amounts';
import type { Node, Pod } from '@gantry/api/generated/types';
import type { Quantity } from '@gantry/machinery/quantity';
import { toBigInt, toMilli } from '@gantry/machinery/quantity';
import { hostPortsOf, isTerminalPhase } from './pod.ts';
import { refuseSysctls } from './sysctls.ts';

/** Why the node turned a pod down that the API bound to it; the pod ends as Failed, without ever starting. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

const OS_LABEL = 'kubernetes.io/os';
const OS = 'linux';
/** Pods of at least this priority make room for themselves rather than be turned down. */
const CRITICAL_PRIORITY = 2_000_000_000;

const isAnyAddress = (ip: string): boolean => ip === '' || ip === '0.0.0.0';

type Port = ReturnType<typeof hostPortsOf>[number];

const collide = (a: Port, b: Port): boolean =>
  a.hostPort === b.hostPort &&
  a.protocol === b.protocol &&
  (isAnyAddress(a.hostIp) || isAnyAddress(b.hostIp) || a.hostIp === b.hostIp);

/** Whether the node has begun with the pod, or ended it: then it is not asked again. */
export const isAdmitted = ({ metadata, status }: Pod): boolean =>
  status?.startTime !== undefined ||
  isTerminalPhase(status?.phase) ||
  metadata.deletionTimestamp !== undefined;

/** A pod that ended as Failed without a start: its status is left as it is. */
export const wasRejected = ({ status }: Pod): boolean =>
  status?.phase === 'Failed' && status.startTime === undefined;

/**
 * Checks a new pod against the node and the pods that it already has: a scheduler that does not know of one yet, or a
 * pod that was bound by hand, must not get what is taken. The original's reasons and messages. `node` undefined = not
 * known yet: only what the node itself does not decide is looked at.
 */
export function admit(pod: Pod, others: Iterable<Pod>, node?: Node): Rejection | undefined {
  const unfit = refuseSystem(pod) ?? refuseSysctls(pod);
  if (unfit !== undefined) return unfit;
  const holders = [...others];
  const isCritical = (pod.spec.priority ?? 0) >= CRITICAL_PRIORITY;
  const full = isCritical ? undefined : refuseForRoom(pod, holders, node);
  return full ?? refusePorts(pod, holders);
}

function refuseSystem(pod: Pod): Rejection | undefined {
  const label = pod.metadata.labels?.[OS_LABEL];
  if (label !== undefined && label !== OS)
    return {
      reason: 'PodOSSelectorNodeLabelDoesNotMatch',
      message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    };
  if (pod.spec.os !== undefined && pod.spec.os.name !== OS)
    return {
      reason: 'PodOSNotSupported',
      message: "Failed to admit pod as the OS field doesn't match node OS",
    };
  return undefined;
}

function refusePorts(pod: Pod, others: readonly Pod[]): Rejection | undefined {
  const wanted = hostPortsOf(pod);
  if (wanted.length === 0) return undefined;
  for (const other of others) {
    if (!hostPortsOf(other).some((taken) => wanted.some((port) => collide(port, taken)))) continue;
    return {
      reason: 'NodePorts',
      message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    };
  }
  return undefined;
}

/** In the order in which a lack is told. */
const FIRST = ['cpu', 'memory', 'ephemeral-storage'];

/** Whether the pods and their requests fit the node; what the node does not list is nobody's concern here. */
export function refuseForRoom(pod: Pod, others: readonly Pod[], node?: Node): Rejection | undefined {
  const allocatable = parseAmounts(node?.status?.allocatable);
  const podsMax = allocatable.get('pods');
  if (podsMax !== undefined && BigInt(others.length + 1) > toBigInt(podsMax))
    return lack('pods', 1n, BigInt(others.length), toBigInt(podsMax));
  const asked = podAmounts(pod, 'requests');
  const used = new Map<string, Quantity>();
  for (const other of others) addAmounts(used, podAmounts(other, 'requests'));
  const names = [...FIRST, ...[...asked.keys()].filter((name) => !FIRST.includes(name)).sort()];
  for (const name of names) {
    const [wanted, there] = [asked.get(name), allocatable.get(name)];
    if (wanted === undefined || wanted.nanos === 0n || there === undefined) continue;
    const [requested, taken, capacity] = [wanted, used.get(name), there].map((one) => units(name, one));
    if (requested === undefined || taken === undefined || capacity === undefined) continue;
    if (requested > capacity - taken) return lack(name, requested, taken, capacity);
  }
  return undefined;
}

function units(name: string, quantity: Quantity | undefined): bigint {
  if (quantity === undefined) return 0n;
  return name === 'cpu' ? BigInt(toMilli(quantity)) : toBigInt(quantity);
}

const lack = (name: string, requested: bigint, used: bigint, capacity: bigint): Rejection => ({
  reason: `OutOf${name}`,
  message: `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
});
