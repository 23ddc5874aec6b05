import type { Pod } from '@gantry/api/generated/types';
import type { PodSandboxConfig } from '../cri/types.ts';
import type { PayloadContext } from '../volumes/payload.ts';
import { MountError, type MountedVolume } from '../volumes/volumes.ts';
import { computeActions, type KillOrder, strayContainers } from './actions.ts';
import { goDuration } from './backoff.ts';
import type { StartError } from './container-status.ts';
import type { KubeletContext } from './context.ts';
import { killContainer, killPod } from './kill.ts';
import { containerHash } from './labels.ts';
import { type AnyContainer, describePod, hostPortsOf, namespaceOf, uidOf } from './pod.ts';
import type { PodSizes } from './pod-sizes.ts';
import { resizePod } from './resize.ts';
import { podResolvConf } from './resolv-conf.ts';
import {
  isRunning,
  latest,
  nanosToMs,
  podIps,
  type RuntimePod,
  readRuntimePod,
  readySandbox,
} from './runtime-state.ts';
import { sandboxConfig } from './sandbox-config.ts';
import { startContainer } from './start-container.ts';

/** What a run over a pod came to. */
export interface SyncResult {
  readonly runtime: RuntimePod;
  /** Milliseconds after which to look again though nothing happens; undefined = only when something does. */
  readonly retryMs?: number;
  /** Why the pod's containers are not of the size that it was granted. */
  readonly resizeError?: string;
}

/** What a worker keeps of its pod from run to run. */
export interface PodMemory {
  readonly startErrors: Map<string, StartError>;
  readonly sizes: PodSizes;
  /** Called when the runtime's state has changed within a run, so that the status can be shown early. */
  readonly onProgress: (runtime: RuntimePod) => void;
}

const RETRY_MS = 10_000;
const LIVENESS_GRACE_DEFAULT_S = 30;

/** Brings what runs to what the pod says: one run of the pod's worker. A throw is transient. */
export async function syncPod(
  context: KubeletContext,
  pod: Pod,
  runtime: RuntimePod,
  memory: PodMemory,
  signal: AbortSignal,
): Promise<SyncResult> {
  const uid = uidOf(pod);
  const actions = computeActions(pod, runtime, context.prober, (status) => memory.sizes.actual(status));
  const refresh = (): Promise<RuntimePod> =>
    readRuntimePod(context.cri, uid, pod.metadata.name, namespaceOf(pod));
  let current = runtime;
  if (actions.killPod) {
    if (actions.createSandbox && runtime.containers.some(isRunning)) {
      context.events.event(
        pod,
        'Normal',
        'SandboxChanged',
        'Pod sandbox changed, it will be killed and re-created.',
      );
    }
    await killPod(context, pod, runtime, pod.spec.terminationGracePeriodSeconds ?? 30);
    current = await refresh();
    if (!actions.createSandbox) return { runtime: current };
  }
  await Promise.all([
    ...actions.kill.map((order) => killOne(context, pod, order, podIps(current)[0] ?? '')),
    ...strayContainers(pod, current).map((container) => context.cri.stopContainer(container.id, 30)),
  ]);
  if (actions.kill.length > 0) current = await refresh();
  const resizeError = await resizePod(context, pod, current, memory.sizes);
  const resize = resizeError === undefined ? {} : { resizeError, retryMs: RETRY_MS };
  if (
    !actions.createSandbox &&
    actions.start.length + actions.startInit.length + actions.startEphemeral.length === 0
  ) {
    return { runtime: current, ...resize };
  }
  const volumes = await mountVolumes(context, pod, podIps(current));
  if (volumes === undefined) return { runtime: current, retryMs: RETRY_MS };
  const sandbox = await ensureSandbox(context, pod, current, actions.attempt, actions.createSandbox);
  if (sandbox === undefined) return { runtime: await refresh(), retryMs: RETRY_MS };
  if (actions.createSandbox) {
    current = await refresh();
    memory.onProgress(current);
  }
  const inputs = {
    context,
    pod,
    runtime: current,
    ...sandbox,
    podIps: addresses(context, pod, current),
    volumes,
    signal,
  };
  const retries: number[] = [];
  const start = async (container: AnyContainer): Promise<void> => {
    if (signal.aborted) return;
    const retryMs = await startWithBackoff(inputs, container, memory);
    if (retryMs !== undefined) retries.push(retryMs);
  };
  await Promise.all(actions.startEphemeral.map(start));
  for (const container of actions.startInit) await start(container);
  await inOrder(actions.start, start);
  return {
    runtime: await refresh(),
    ...resize,
    ...(retries.length === 0 ? {} : { retryMs: Math.min(...retries) }),
  };
}

/** As the original: one after the other, since a postStart hook of the first holds up the second. */
async function inOrder<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await work(item);
}

/** The addresses that fields and files of the pod show. */
export function addresses(context: KubeletContext, pod: Pod, runtime: RuntimePod): readonly string[] {
  return pod.spec.hostNetwork === true ? [context.config.nodeIp] : podIps(runtime);
}

export function payloadContext(context: KubeletContext, pod: Pod, ips: readonly string[]): PayloadContext {
  const uid = uidOf(pod);
  return {
    objects: {
      configMap: (namespace, name) => context.configMaps.get(uid, namespace, name),
      secret: (namespace, name) => context.secrets.get(uid, namespace, name),
    },
    tokens: context.tokens,
    node: context.node,
    podIps: ips,
  };
}

async function mountVolumes(
  context: KubeletContext,
  pod: Pod,
  ips: readonly string[],
): Promise<Map<string, MountedVolume> | undefined> {
  try {
    return await context.volumes.setUp(pod, payloadContext(context, pod, ips));
  } catch (error) {
    if (!(error instanceof MountError)) throw error;
    context.events.event(pod, 'Warning', 'FailedMount', error.message);
    context.log.warn({ pod: describePod(pod), error: error.message }, 'volume not mounted');
    return undefined;
  }
}

interface Sandbox {
  readonly sandboxId: string;
  readonly sandbox: PodSandboxConfig;
}

async function ensureSandbox(
  context: KubeletContext,
  pod: Pod,
  runtime: RuntimePod,
  attempt: number,
  create: boolean,
): Promise<Sandbox | undefined> {
  const { config, hostDns } = context;
  const sandbox = sandboxConfig({
    pod,
    attempt,
    logsDir: config.logsDir,
    rootDir: config.rootDir,
    instance: config.instance,
    cgroupParent: context.cgroups.path(pod),
    clusterDomain: config.clusterDomain,
    dns: podResolvConf(pod, hostDns, { dns: config.clusterDns, domain: config.clusterDomain }),
  });
  const ready = readySandbox(runtime);
  if (!create && ready !== undefined) return { sandboxId: ready.id, sandbox };
  try {
    await context.cgroups.create(pod);
    const sandboxId = await context.cri.runPodSandbox(sandbox, '');
    await claimHostPorts(context, pod, sandboxId);
    return { sandboxId, sandbox };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    context.events.event(pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${text}`);
    context.log.warn({ pod: describePod(pod), error: text }, 'sandbox not created');
    return undefined;
  }
}

async function claimHostPorts(context: KubeletContext, pod: Pod, sandboxId: string): Promise<void> {
  if (context.hostPorts === undefined || pod.spec.hostNetwork === true) return;
  const ports = hostPortsOf(pod);
  if (ports.length === 0) return;
  const status = await context.cri.podSandboxStatus(sandboxId);
  await context.hostPorts.set(uidOf(pod), status?.network?.ip ?? '', ports);
}

async function startWithBackoff(
  inputs: Omit<Parameters<typeof startContainer>[0], 'container'>,
  container: AnyContainer,
  memory: PodMemory,
): Promise<number | undefined> {
  const { context, pod, runtime } = inputs;
  const now = context.clock.now();
  const key = `${uidOf(pod)}_${container.name}_${containerHash(container)}`;
  const ended = latest(runtime, container.name);
  if (ended?.state === 'CONTAINER_EXITED') {
    const since = nanosToMs(ended.finishedAt);
    const left = context.restarts.remaining(key, since, now);
    if (left > 0) {
      const wait = goDuration(context.restarts.current(key));
      const known = memory.startErrors.get(container.name);
      const message = `back-off ${wait} restarting failed container=${container.name} pod=${describePod(pod)}`;
      if (known?.message !== message) {
        const text = `Back-off restarting failed container ${container.name} in pod ${describePod(pod)}`;
        context.events.event(pod, 'Warning', 'BackOff', text, `spec.containers{${container.name}}`);
      }
      memory.startErrors.set(container.name, { reason: 'CrashLoopBackOff', message });
      return left;
    }
    context.restarts.next(key, since);
  }
  const error = await startContainer({ ...inputs, container });
  if (error === undefined) {
    memory.startErrors.delete(container.name);
    return undefined;
  }
  memory.startErrors.set(container.name, error);
  const pull = context.images.remaining(pod, container.image ?? '');
  return Math.max(
    1000,
    error.reason.startsWith('ErrImagePull') || error.reason === 'ImagePullBackOff' ? pull : RETRY_MS,
  );
}

async function killOne(context: KubeletContext, pod: Pod, order: KillOrder, podIp: string): Promise<void> {
  const spec = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(
    ({ name }) => name === order.name,
  );
  const probe =
    order.reason === 'liveness'
      ? spec?.livenessProbe
      : order.reason === 'startup'
        ? spec?.startupProbe
        : undefined;
  const graceSeconds =
    probe?.terminationGracePeriodSeconds ??
    pod.spec.terminationGracePeriodSeconds ??
    LIVENESS_GRACE_DEFAULT_S;
  await killContainer(context, pod, order.container, { message: order.message, graceSeconds, podIp });
}
