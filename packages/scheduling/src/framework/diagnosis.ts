import type { Rejection } from './plugin.ts';

/** Why a pod fits nowhere: by node, or for all at once. */
export interface Diagnosis {
  readonly nodes: number;
  readonly byNode: ReadonlyMap<string, Rejection>;
  /** A plugin turned the pod away before nodes were looked at. */
  readonly whole?: Rejection;
}

/** `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.`, as clients know it. */
export function diagnosisMessage({ nodes, byNode, whole }: Diagnosis): string {
  if (nodes === 0) return 'no nodes available to schedule pods';
  const head = `0/${nodes} nodes are available`;
  if (whole !== undefined) return `${head}: ${whole.reasons.join(', ')}.`;
  const counts = new Map<string, number>();
  for (const { reasons } of byNode.values())
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return parts.length === 0 ? `${head}.` : `${head}: ${parts.join(', ')}.`;
}

/** The plugins whose events may make the pod schedulable. */
export function rejectingPlugins({ byNode, whole }: Diagnosis): Set<string> {
  const plugins = new Set([...byNode.values()].map((rejection) => rejection.plugin));
  if (whole !== undefined) plugins.add(whole.plugin);
  return plugins;
}
