import type { Pod } from '@gantry/api/generated/types';
import { hostPortsOf, isTerminalPhase } from './pod.ts';

/** Why the node turned a pod down that the API bound to it; the pod ends as Failed, without ever starting. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

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
 * Checks a new pod against those the node already has: a scheduler that does not know of one yet, or a pod that was
 * bound by hand, must not get a host port twice. The original's reason and message.
 */
export function admit(pod: Pod, others: Iterable<Pod>): Rejection | undefined {
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
