import { translateTimestampSince as timeSince } from '@gantry/machinery/time';
import type { ContainerStatus, Pod, PodStatus } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, NONE, nameColumn, text, wide } from '../../tables/columns.ts';

interface Summary {
  ready: number;
  total: number;
  reason: string;
  restarts: number;
  /** When the last restart happened, RFC 3339; '' when unknown. */
  lastRestart: string;
}

const TERMINAL = new Set(['Succeeded', 'Failed']);

const isTrue = (status: PodStatus | undefined, type: string): boolean =>
  (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');

const later = (a: string, b: string | undefined): string =>
  b !== undefined && (a === '' || Date.parse(b) > Date.parse(a)) ? b : a;

const endOf = (container: ContainerStatus): string | undefined =>
  container.lastState?.terminated?.finishedAt ?? undefined;

/** What the columns Ready, Status and Restarts say of a pod. */
function summarizePod(pod: Pod): Summary {
  const { spec, status } = pod;
  const sidecars = new Set(
    (spec.initContainers ?? []).filter((one) => one.restartPolicy === 'Always').map(({ name }) => name),
  );
  const summary: Summary = {
    ready: 0,
    total: (spec.containers ?? []).length + sidecars.size,
    reason: status?.reason || (status?.phase ?? ''),
    restarts: 0,
    lastRestart: '',
  };
  if (
    (status?.conditions ?? []).some((one) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated')
  )
    summary.reason = 'SchedulingGated';
  const sidecarRestarts = { restarts: 0, lastRestart: '' };
  const initializing = summarizeInit(pod, sidecars, summary, sidecarRestarts);
  if (!initializing || isTrue(status, 'Initialized')) {
    Object.assign(summary, sidecarRestarts);
    summarizeContainers(status, summary);
  }
  if (pod.metadata.deletionTimestamp !== undefined) {
    if (status?.reason === 'NodeLost') summary.reason = 'Unknown';
    else if (!TERMINAL.has(status?.phase ?? '')) summary.reason = 'Terminating';
  }
  return summary;
}

function summarizeInit(
  pod: Pod,
  sidecars: ReadonlySet<string>,
  summary: Summary,
  sidecarRestarts: Pick<Summary, 'restarts' | 'lastRestart'>,
): boolean {
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    summary.restarts += container.restartCount;
    summary.lastRestart = later(summary.lastRestart, endOf(container));
    const isSidecar = sidecars.has(container.name);
    if (isSidecar) {
      sidecarRestarts.restarts += container.restartCount;
      sidecarRestarts.lastRestart = later(sidecarRestarts.lastRestart, endOf(container));
    }
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (isSidecar && container.started === true) {
      if (container.ready) summary.ready++;
      continue;
    }
    if (terminated !== undefined)
      summary.reason = `Init:${terminated.reason || exitText(terminated.signal, terminated.exitCode)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing')
      summary.reason = `Init:${waiting.reason}`;
    else summary.reason = `Init:${index}/${(pod.spec.initContainers ?? []).length}`;
    return true;
  }
  return false;
}

const exitText = (signal: number | undefined, code: number): string =>
  signal ? `Signal:${signal}` : `ExitCode:${code}`;

function summarizeContainers(status: PodStatus | undefined, summary: Summary): void {
  let running = false;
  let failure = '';
  for (const container of [...(status?.containerStatuses ?? [])].reverse()) {
    summary.restarts += container.restartCount;
    summary.lastRestart = later(summary.lastRestart, endOf(container));
    const { terminated, waiting } = container.state ?? {};
    if (waiting?.reason) summary.reason = waiting.reason;
    else if (terminated !== undefined) {
      summary.reason = terminated.reason || exitText(terminated.signal, terminated.exitCode);
      if (terminated.exitCode !== 0) failure = summary.reason;
    } else if (container.ready && container.state?.running !== undefined) {
      running = true;
      summary.ready++;
    }
  }
  if (summary.reason !== 'Completed') return;
  if (running && isTrue(status, 'Ready')) summary.reason = 'Running';
  else if (failure !== '') summary.reason = failure;
  else if (running) summary.reason = 'NotReady';
}

function restartsText(pod: Pod, now: Date): string {
  const { restarts, lastRestart } = summarizePod(pod);
  return restarts === 0 || lastRestart === ''
    ? String(restarts)
    : `${restarts} (${timeSince(lastRestart, now)} ago)`;
}

function gatesText(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  return `${gates.filter((gate) => isTrue(pod.status, gate.conditionType)).length}/${gates.length}`;
}

export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  text('Ready', 'Containers that are ready, of all.', (pod) => {
    const { ready, total } = summarizePod(pod);
    return `${ready}/${total}`;
  }),
  text('Status', 'Phase of the pod, or why it is not running.', (pod) => summarizePod(pod).reason),
  text('Restarts', 'How often containers were restarted, and when last.', restartsText),
  ageColumn,
  wide('IP', 'Address of the pod.', (pod) => pod.status?.podIPs?.[0]?.ip || pod.status?.podIP || NONE),
  wide('Node', 'Node that the pod was given to.', (pod) => pod.spec.nodeName || NONE),
  wide(
    'Nominated Node',
    'Node where pods are being displaced for this one.',
    (pod) => pod.status?.nominatedNodeName || NONE,
  ),
  wide('Readiness Gates', 'Readiness gates that are true, of all.', gatesText),
];
