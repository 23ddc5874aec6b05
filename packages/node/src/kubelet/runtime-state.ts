import type { Cri } from '../cri/port.ts';
import type { Container, ContainerStatus, PodSandbox, PodSandboxStatus } from '../cri/types.ts';
import { CONTAINER_NAME, POD_NAME, POD_NAMESPACE, POD_UID, RESTART_COUNT } from './labels.ts';

/** What the runtime holds of one pod. */
export interface RuntimePod {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** Newest first. */
  readonly sandboxes: readonly PodSandboxStatus[];
  /** Newest first; several attempts of one container may be there. */
  readonly containers: readonly ContainerStatus[];
}

export const emptyRuntimePod = (uid: string, name: string, namespace: string): RuntimePod => ({
  uid,
  name,
  namespace,
  sandboxes: [],
  containers: [],
});

export const nanosToMs = (nanos: string): number => (nanos === '0' ? 0 : Number(BigInt(nanos) / 1_000_000n));

export const nameOf = (container: Pick<Container, 'labels' | 'metadata'>): string =>
  container.labels[CONTAINER_NAME] ?? container.metadata?.name ?? '';

/** The newest attempt of the named container. */
export const latest = (pod: RuntimePod, name: string): ContainerStatus | undefined =>
  pod.containers.find((container) => nameOf(container) === name);

export function restartCountOf(container: ContainerStatus): number {
  const text = container.annotations[RESTART_COUNT];
  return text === undefined ? (container.metadata?.attempt ?? 0) : Number.parseInt(text, 10);
}

export const readySandbox = (pod: RuntimePod): PodSandboxStatus | undefined =>
  pod.sandboxes[0]?.state === 'SANDBOX_READY' ? pod.sandboxes[0] : undefined;

/** Pod addresses, the first family first. */
export function podIps(pod: RuntimePod): string[] {
  const network = readySandbox(pod)?.network;
  if (network === null || network === undefined || network.ip === '') return [];
  return [network.ip, ...network.additionalIps.map(({ ip }) => ip)];
}

export const isRunning = (container: ContainerStatus): boolean => container.state === 'CONTAINER_RUNNING';

/** Asks the runtime for everything about one pod. */
export async function readRuntimePod(
  cri: Cri,
  uid: string,
  name: string,
  namespace: string,
): Promise<RuntimePod> {
  const [sandboxes, containers] = await Promise.all([cri.listPodSandboxes(uid), cri.listContainers(uid)]);
  return await detail(cri, uid, name, namespace, sandboxes, containers, undefined);
}

/** Statuses of listed sandboxes and containers; what `known` holds of containers that have ended is not asked again. */
export async function detail(
  cri: Cri,
  uid: string,
  name: string,
  namespace: string,
  sandboxes: readonly PodSandbox[],
  containers: readonly Container[],
  known: RuntimePod | undefined,
): Promise<RuntimePod> {
  const ended = new Map(
    (known?.containers ?? []).filter(({ state }) => state === 'CONTAINER_EXITED').map((old) => [old.id, old]),
  );
  const [sandboxStatuses, containerStatuses] = await Promise.all([
    Promise.all(sandboxes.map(({ id }) => cri.podSandboxStatus(id))),
    Promise.all(containers.map(({ id }) => ended.get(id) ?? cri.containerStatus(id))),
  ]);
  return {
    uid,
    name,
    namespace,
    sandboxes: sandboxStatuses.filter((status) => status !== undefined).sort(newestFirst),
    containers: containerStatuses.filter((status) => status !== undefined).sort(newestFirst),
  };
}

function newestFirst(
  a: { readonly createdAt: string; readonly metadata: { readonly attempt: number } | null },
  b: { readonly createdAt: string; readonly metadata: { readonly attempt: number } | null },
): number {
  const difference = BigInt(b.createdAt) - BigInt(a.createdAt);
  return difference === 0n
    ? (b.metadata?.attempt ?? 0) - (a.metadata?.attempt ?? 0)
    : difference > 0n
      ? 1
      : -1;
}

/** Which pod a sandbox or container belongs to; undefined when it is none of the agent's. */
export function ownerOf(
  item: Pick<Container, 'labels'>,
): { readonly uid: string; readonly name: string; readonly namespace: string } | undefined {
  const uid = item.labels[POD_UID];
  const name = item.labels[POD_NAME];
  const namespace = item.labels[POD_NAMESPACE];
  return uid === undefined || name === undefined || namespace === undefined
    ? undefined
    : { uid, name, namespace };
}
