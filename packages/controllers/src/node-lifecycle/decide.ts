import type { Node, NodeCondition, Taint } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { findCondition } from '../shared/conditions.ts';

/** No sign of life for this long: the node's state is unknown. A connection that died unnoticed takes a kubelet 45 s. */
export const GRACE_MS = 50_000;
/** A node that never reported gets longer. */
export const STARTUP_GRACE_MS = 60_000;

const PREFIX = 'node.kubernetes.io/';
export const NOT_READY = `${PREFIX}not-ready`;
export const UNREACHABLE = `${PREFIX}unreachable`;

/** When, by this process's clock, the node last gave a sign of life, and what it was. */
export interface Heartbeat {
  readonly sign: string;
  readonly at: number;
}

const MONITORED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

/** The node's conditions set to Unknown, or undefined while it is alive (or is known to be silent already). */
export function decideUnknown(
  node: Node,
  heartbeat: Heartbeat,
  now: number,
): readonly NodeCondition[] | undefined {
  const conditions = node.status?.conditions ?? [];
  const neverReported = findCondition(conditions, 'Ready') === undefined;
  if (now - heartbeat.at <= (neverReported ? STARTUP_GRACE_MS : GRACE_MS)) return undefined;
  const silent = MONITORED.map((type): NodeCondition => {
    const current = findCondition(conditions, type);
    if (current?.status === 'Unknown') return current;
    return current === undefined
      ? {
          type,
          status: 'Unknown',
          reason: 'NodeStatusNeverUpdated',
          message: 'Kubelet never posted node status.',
          lastHeartbeatTime: node.metadata.creationTimestamp ?? timestamp(now),
          lastTransitionTime: timestamp(now),
        }
      : {
          ...current,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: timestamp(now),
        };
  });
  if (silent.every((condition) => conditions.includes(condition))) return undefined;
  const byType = new Map(silent.map((condition) => [condition.type, condition]));
  const known = conditions.map((condition) => byType.get(condition.type) ?? condition);
  return [...known, ...silent.filter(({ type }) => findCondition(conditions, type) === undefined)];
}

/** Condition type → status → the taint that says so. */
const CONDITION_TAINTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: `${PREFIX}memory-pressure` },
  DiskPressure: { True: `${PREFIX}disk-pressure` },
  NetworkUnavailable: { True: `${PREFIX}network-unavailable` },
  PIDPressure: { True: `${PREFIX}pid-pressure` },
};
const OWN_KEYS = new Set([
  ...Object.values(CONDITION_TAINTS).flatMap((byStatus) => Object.values(byStatus)),
  `${PREFIX}unschedulable`,
]);

const isOwn = ({ key, effect }: Taint): boolean =>
  (effect === 'NoSchedule' && OWN_KEYS.has(key)) ||
  (effect === 'NoExecute' && (key === NOT_READY || key === UNREACHABLE));

/**
 * The node's taints as its conditions call for: NoSchedule for each trouble, NoExecute while it is not ready or
 * unreachable, if `evicts`. Others stay. Undefined when nothing changes.
 */
export function decideTaints(node: Node, now: number, evicts: boolean): readonly Taint[] | undefined {
  const current = node.spec.taints ?? [];
  const wanted: { key: string; effect: string }[] = [];
  for (const { type, status } of node.status?.conditions ?? []) {
    const key = CONDITION_TAINTS[type]?.[status];
    if (key === undefined) continue;
    wanted.push({ key, effect: 'NoSchedule' });
    if (evicts && (key === NOT_READY || key === UNREACHABLE)) wanted.push({ key, effect: 'NoExecute' });
  }
  if (node.spec.unschedulable === true) wanted.push({ key: `${PREFIX}unschedulable`, effect: 'NoSchedule' });
  const isWanted = (taint: Taint) =>
    wanted.some(({ key, effect }) => key === taint.key && effect === taint.effect);
  const kept = current.filter((taint) => !isOwn(taint) || isWanted(taint));
  const added = wanted
    .filter(({ key, effect }) => !current.some((taint) => taint.key === key && taint.effect === effect))
    .map((taint): Taint => ({ ...taint, timeAdded: timestamp(now) }));
  return added.length === 0 && kept.length === current.length ? undefined : [...kept, ...added];
}
