import { setTimeout as sleep } from 'node:timers/promises';
import type { Lifecycle, Pod } from '@gantry/api/generated/types';
import type { ContainerStatus } from '../cri/types.ts';
import type { KubeletContext } from './context.ts';
import { PRE_STOP } from './labels.ts';
import { runHook } from './lifecycle-hooks.ts';
import { findContainer, initContainers, isSidecar } from './pod.ts';
import { isRunning, nameOf, type RuntimePod } from './runtime-state.ts';

/** Even after a preStop hook that used up the grace period a container gets this long. */
const GRACE_MIN_SECONDS = 2;

export interface KillOptions {
  /** The text of the Killing event. */
  readonly message: string;
  readonly graceSeconds: number;
  readonly podIp: string;
}

/** Runs preStop, then stops the container; both within the grace period. */
export async function killContainer(
  context: KubeletContext,
  pod: Pod,
  container: ContainerStatus,
  options: KillOptions,
): Promise<void> {
  const name = nameOf(container);
  const path = `spec.containers{${name}}`;
  context.events.event(pod, 'Normal', 'Killing', options.message, path);
  let grace = options.graceSeconds;
  const spec = findContainer(pod.spec, name);
  const preStop = spec?.lifecycle?.preStop ?? annotated(container);
  if (preStop !== undefined && grace > 0 && isRunning(container)) {
    const begun = Date.now();
    const target = {
      cri: context.cri,
      containerId: container.id,
      container: spec ?? { name },
      podIp: options.podIp,
    };
    const hook = runHook(preStop, target, grace).catch(() => {
      context.events.event(pod, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', path);
    });
    await Promise.race([hook, sleep(grace * 1000, undefined, { ref: false })]);
    grace = Math.max(GRACE_MIN_SECONDS, grace - Math.round((Date.now() - begun) / 1000));
  }
  await context.cri.stopContainer(container.id, grace);
}

function annotated(container: ContainerStatus): Lifecycle['preStop'] {
  const text = container.annotations[PRE_STOP];
  return text === undefined ? undefined : (JSON.parse(text) as NonNullable<Lifecycle['preStop']>);
}

/**
 * Stops every container of the pod: regular ones side by side, then sidecars one after the other, last first; all
 * share the grace period. Then the sandboxes.
 */
export async function killPod(
  context: KubeletContext,
  pod: Pod,
  runtime: RuntimePod,
  graceSeconds: number,
): Promise<void> {
  const deadline = Date.now() + graceSeconds * 1000;
  const podIp = runtime.sandboxes[0]?.network?.ip ?? '';
  const sidecars = initContainers(pod.spec)
    .filter(isSidecar)
    .map(({ name }) => name);
  const alive = runtime.containers.filter(
    ({ state }) => state === 'CONTAINER_RUNNING' || state === 'CONTAINER_UNKNOWN',
  );
  const kill = async (container: ContainerStatus): Promise<void> => {
    const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000));
    const message = `Stopping container ${nameOf(container)}`;
    await killContainer(context, pod, container, {
      message,
      graceSeconds: graceSeconds === 0 ? 0 : left,
      podIp,
    });
  };
  await Promise.all(alive.filter((container) => !sidecars.includes(nameOf(container))).map(kill));
  for (const name of sidecars.reverse()) {
    for (const container of alive) if (nameOf(container) === name) await kill(container);
  }
  for (const sandbox of runtime.sandboxes) {
    if (sandbox.state === 'SANDBOX_READY') await context.cri.stopPodSandbox(sandbox.id);
  }
}
