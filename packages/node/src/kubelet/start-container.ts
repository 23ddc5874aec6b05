import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pod } from '@gantry/api/generated/types';
import type { Image, Mount, PodSandboxConfig } from '../cri/types.ts';
import { ConfigError, resolveEnvironment } from '../environment/resolve.ts';
import type { MountedVolume } from '../volumes/volumes.ts';
import { containerConfig } from './container-config.ts';
import type { StartError } from './container-status.ts';
import type { KubeletContext } from './context.ts';
import { ImageError } from './image-manager.ts';
import { withImageVolumes } from './image-volumes.ts';
import { killContainer } from './kill.ts';
import { runHook } from './lifecycle-hooks.ts';
import { containerMounts } from './mounts.ts';
import { type AnyContainer, namespaceOf, uidOf } from './pod.ts';
import { isRunning, latest, type RuntimePod, restartCountOf } from './runtime-state.ts';

export interface StartInputs {
  readonly context: KubeletContext;
  readonly pod: Pod;
  readonly container: AnyContainer;
  readonly runtime: RuntimePod;
  readonly sandboxId: string;
  readonly sandbox: PodSandboxConfig;
  readonly podIps: readonly string[];
  readonly volumes: ReadonlyMap<string, MountedVolume>;
  readonly signal: AbortSignal;
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Brings one container up: image, configuration, create, start, postStart. Returns why it did not, if it did not. */
export async function startContainer(inputs: StartInputs): Promise<StartError | undefined> {
  const { context, pod, container } = inputs;
  const path = `spec.${listOf(pod, container)}{${container.name}}`;
  const fail = (reason: string, message: string): StartError => {
    context.events.event(pod, 'Warning', 'Failed', `Error: ${message}`, path);
    return { reason, message };
  };
  const withoutImage = (error: unknown): StartError => {
    if (!(error instanceof ImageError)) return fail('ErrImagePull', text(error));
    context.events.event(pod, 'Warning', 'Failed', `Error: ${error.reason}`, path);
    return { reason: error.reason, message: error.message };
  };
  let image: Image;
  try {
    image = await context.images.ensure(pod, container, inputs.sandbox, inputs.signal);
  } catch (error) {
    return withoutImage(error);
  }
  const before = latest(inputs.runtime, container.name);
  const attempt = before === undefined ? 0 : restartCountOf(before) + 1;
  let config: Awaited<ReturnType<typeof buildConfig>>;
  try {
    config = await buildConfig(inputs, image, attempt);
  } catch (error) {
    return error instanceof ImageError
      ? withoutImage(error)
      : fail('CreateContainerConfigError', text(error));
  }
  let id: string;
  try {
    await mkdir(join(inputs.sandbox.logDirectory, container.name), { recursive: true, mode: 0o755 });
    id = await context.cri.createContainer(inputs.sandboxId, config, inputs.sandbox);
  } catch (error) {
    return fail('CreateContainerError', text(error));
  }
  context.events.event(pod, 'Normal', 'Created', 'Container created', path);
  try {
    await context.cri.startContainer(id);
  } catch (error) {
    return fail('RunContainerError', text(error));
  }
  context.events.event(pod, 'Normal', 'Started', 'Container started', path);
  return await postStart(inputs, id, path);
}

async function postStart(inputs: StartInputs, id: string, path: string): Promise<StartError | undefined> {
  const { context, pod, container } = inputs;
  const handler = container.lifecycle?.postStart;
  if (handler === undefined) return undefined;
  try {
    const podIp = inputs.podIps[0] ?? '';
    await runHook(handler, { cri: context.cri, containerId: id, container, podIp }, 0);
    return undefined;
  } catch (error) {
    const message = `PostStartHook failed: ${text(error)}`;
    context.events.event(pod, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', path);
    const status = await context.cri.containerStatus(id);
    if (status !== undefined && isRunning(status)) {
      await killContainer(context, pod, status, {
        message: 'FailedPostStartHook',
        graceSeconds: 2,
        podIp: '',
      });
    }
    return { reason: 'PostStartHookError', message };
  }
}

async function buildConfig(inputs: StartInputs, image: Image, attempt: number) {
  const { context, pod, container, podIps } = inputs;
  const uid = uidOf(pod);
  const environment = await resolveEnvironment({
    pod,
    container,
    objects: {
      configMap: (namespace, name) => context.configMaps.get(uid, namespace, name),
      secret: (namespace, name) => context.secrets.get(uid, namespace, name),
    },
    services: [...context.services.list(namespaceOf(pod)), ...context.services.list('default')],
    node: context.node,
    podIps,
  });
  const mounts: Mount[] = await containerMounts({
    pod,
    container,
    attempt,
    podDir: context.volumes.podDir(uid),
    volumes: await withImageVolumes(context, pod, container, inputs.volumes, inputs),
    environment,
    podIps,
    clusterDomain: context.config.clusterDomain,
  });
  const targetId = targetOf(inputs);
  return containerConfig({
    pod,
    container,
    attempt,
    image,
    environment,
    mounts,
    config: context.config,
    ...(targetId === undefined ? {} : { targetId }),
  });
}

function targetOf({ container, runtime }: StartInputs): string | undefined {
  const name = 'targetContainerName' in container ? (container.targetContainerName ?? '') : '';
  if (name === '') return undefined;
  const target = latest(runtime, name);
  if (target === undefined) throw new ConfigError(`unable to find target container ${name}`);
  return target.id;
}

function listOf(pod: Pod, container: AnyContainer): string {
  const isIn = (list: readonly AnyContainer[] | undefined): boolean =>
    list?.some(({ name }) => name === container.name) === true;
  if (isIn(pod.spec.initContainers)) return 'initContainers';
  return isIn(pod.spec.ephemeralContainers) ? 'ephemeralContainers' : 'containers';
}
