import type { Pod } from '@gantry/api/generated/types';
import type { ApplicationLine } from './applications-router.ts';
import type { ObjectRef } from './resource-ref.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

export type Severity = 'broken' | 'drift' | 'waiting';

/** Something that wants a look, with its reason in words and where to look. */
export interface Concern {
  readonly severity: Severity;
  readonly kind: string;
  readonly ref: ObjectRef;
  readonly reason: string;
  readonly since: string;
  /** How many more pods of the same owner have the same trouble. */
  readonly alike: number;
}

const PATIENCE_MS = 60_000;
const BROKEN_STATUS = /Error|BackOff|Err[A-Z]|Failed|Invalid|OOMKilled|Evicted|CrashLoop|Unknown/;
const DONE_STATUS = new Set(['Completed', 'Succeeded', 'Terminating']);
const RANK: Readonly<Record<Severity, number>> = { broken: 0, drift: 1, waiting: 2 };

export function cellOf(columns: readonly TableColumn[], row: TableRow, column: string): Cell | undefined {
  return row.cells[columns.findIndex(({ name }) => name === column)];
}

export function applicationConcern(line: ApplicationLine): Concern | undefined {
  const ref = {
    resource: { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' },
    namespace: line.namespace,
    name: line.name,
  };
  const base = { kind: 'Application', ref, since: line.last?.time ?? line.createdAt, alike: 0 };
  if (line.last?.result === 'Failed') {
    const reason = `the sync of ${line.last.commit.slice(0, 7)} failed: ${line.last.reason?.split('\n')[0] ?? ''}`;
    return { ...base, severity: 'broken', reason };
  }
  if (line.health === 'Degraded' || line.health === 'Missing')
    return { ...base, severity: 'broken', reason: line.message || `health is ${line.health}` };
  if (line.sync === 'OutOfSync')
    return { ...base, severity: 'drift', reason: line.message || 'the cluster is not as Git says' };
  if (line.health === 'Progressing')
    return { ...base, severity: 'waiting', reason: line.message || 'on its way to healthy' };
  return undefined;
}

export function nodeConcern(columns: readonly TableColumn[], row: TableRow): Concern | undefined {
  const status = String(cellOf(columns, row, 'Status') ?? '');
  const ref = { resource: { group: '', version: 'v1', plural: 'nodes' }, namespace: '', name: row.name };
  const base = { kind: 'Node', ref, since: row.createdAt, alike: 0 };
  if (/NotReady|Unknown/.test(status))
    return { ...base, severity: 'broken', reason: `${status}: the node agent does not report it ready` };
  if (/SchedulingDisabled/.test(status))
    return { ...base, severity: 'waiting', reason: 'cordoned: takes no new pods' };
  return undefined;
}

export function podConcern(
  columns: readonly TableColumn[],
  row: TableRow,
  nowMs: number,
): Concern | undefined {
  const status = String(cellOf(columns, row, 'Status') ?? '');
  if (DONE_STATUS.has(status) || row.deleting) return undefined;
  const ref = {
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace: row.namespace,
    name: row.name,
  };
  const base = { kind: 'Pod', ref, since: row.createdAt, alike: 0 };
  if (BROKEN_STATUS.test(status)) return { ...base, severity: 'broken', reason: status };
  const [ready, wanted] = String(cellOf(columns, row, 'Ready') ?? '').split('/');
  if (ready === wanted || nowMs - Date.parse(row.createdAt) < PATIENCE_MS) return undefined;
  return { ...base, severity: 'waiting', reason: `${status}, ${ready} of ${wanted} containers ready` };
}

/** Pods of one owner with the same trouble are one concern: the first of them, and how many are like it. */
export function foldPods(pods: readonly { readonly row: TableRow; readonly concern: Concern }[]): Concern[] {
  const folded = new Map<string, Concern>();
  for (const { row, concern } of pods) {
    const owner = row.owner === null ? row.name : `${row.owner.kind}/${row.owner.name}`;
    const key = `${row.namespace} ${owner} ${concern.severity} ${concern.reason}`;
    const first = folded.get(key);
    folded.set(key, first === undefined ? concern : { ...first, alike: first.alike + 1 });
  }
  return [...folded.values()];
}

/** What the runtime's transport adds to its words. */
const RPC_NOISE = /rpc error: code = \w+ desc = /g;

/** Why a pod's containers do not run, in the runtime's own words. */
export function podReason(pod: Pod): string | undefined {
  for (const status of [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ]) {
    const { waiting, terminated } = status.state ?? {};
    const bad =
      waiting?.reason !== undefined && !/Creating|Initializing/.test(waiting.reason) ? waiting : undefined;
    if (bad !== undefined)
      return `${status.name}: ${bad.reason}${bad.message ? `: ${bad.message.replaceAll(RPC_NOISE, '')}` : ''}`;
    if (terminated !== undefined && terminated.exitCode !== 0)
      return `${status.name}: ${terminated.reason ?? 'ended'} with exit code ${terminated.exitCode}${terminated.message ? `: ${terminated.message}` : ''}`;
  }
  return (
    pod.status?.conditions?.find(({ status, message }) => status === 'False' && message)?.message ?? undefined
  );
}

/** What is broken first, then what drifted, then what is waited for; the newest first in each. */
export function sortConcerns(concerns: readonly Concern[]): Concern[] {
  return [...concerns].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity] || (a.since < b.since ? 1 : a.since > b.since ? -1 : 0),
  );
}
