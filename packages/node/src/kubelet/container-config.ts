import type { Container, Pod } from '@gantry/api/generated/types';
import type {
  ContainerConfig,
  Image,
  LinuxContainerResources,
  LinuxContainerSecurityContext,
  Mount,
  NamespaceOption,
} from '../cri/types.ts';
import { expand } from '../environment/expand.ts';
import { ConfigError } from '../environment/resolve.ts';
import type { KubeletConfig } from './context.ts';
import {
  CONTAINER_HASH,
  CONTAINER_NAME,
  containerHash,
  GRACE_PERIOD,
  POD_NAME,
  POD_NAMESPACE,
  POD_UID,
  PRE_STOP,
  RESTART_COUNT,
  SIZING,
  TERMINATION_MESSAGE_PATH,
  TERMINATION_MESSAGE_POLICY,
} from './labels.ts';
import { type AnyContainer, describePod, namespaceOf, uidOf } from './pod.ts';
import { CPU_PERIOD_US, cpuQuota, cpuShares, oomScoreAdjust } from './qos.ts';
import { namespaceOptions, seccomp, supplementalGroups } from './sandbox-config.ts';
import { sizeOf, sizingOf } from './sizes.ts';

const MASKED_PATHS = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/sys/devices/virtual/powercap',
];
const READONLY_PATHS = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

export interface ContainerInputs {
  readonly pod: Pod;
  readonly container: AnyContainer;
  readonly attempt: number;
  readonly image: Image;
  readonly environment: ReadonlyMap<string, string>;
  readonly mounts: readonly Mount[];
  /** Of `kubectl debug --target`: the container whose processes are shared. */
  readonly targetId?: string;
  readonly config: KubeletConfig;
}

/** The CRI configuration of a container. Throws `ConfigError` where the image breaks runAsNonRoot. */
export function containerConfig(inputs: ContainerInputs): ContainerConfig {
  const { pod, container, environment } = inputs;
  verifyNonRoot(inputs);
  const lookup = (name: string): string | undefined => environment.get(name);
  const expandAll = (words: readonly string[] | undefined): string[] =>
    (words ?? []).map((word) => expand(word, lookup));
  const preStop = container.lifecycle?.preStop;
  const resources = containerResources(pod, container, inputs.config);
  return {
    metadata: { name: container.name, attempt: inputs.attempt },
    image: { image: inputs.image.id, userSpecifiedImage: container.image ?? '' },
    command: expandAll(container.command),
    args: expandAll(container.args),
    workingDir: container.workingDir ?? '',
    envs: [...environment].map(([key, value]) => ({ key, value: Buffer.from(value) })),
    mounts: inputs.mounts,
    labels: {
      [POD_NAME]: pod.metadata.name,
      [POD_NAMESPACE]: namespaceOf(pod),
      [POD_UID]: uidOf(pod),
      [CONTAINER_NAME]: container.name,
    },
    annotations: {
      [CONTAINER_HASH]: containerHash(container),
      [RESTART_COUNT]: String(inputs.attempt),
      [SIZING]: JSON.stringify(sizingOf(pod, container as Container)),
      [TERMINATION_MESSAGE_PATH]: container.terminationMessagePath ?? '/dev/termination-log',
      [TERMINATION_MESSAGE_POLICY]: container.terminationMessagePolicy ?? 'File',
      [GRACE_PERIOD]: String(pod.spec.terminationGracePeriodSeconds ?? 30),
      ...(preStop === undefined ? {} : { [PRE_STOP]: JSON.stringify(preStop) }),
    },
    logPath: `${container.name}/${inputs.attempt}.log`,
    stdin: container.stdin === true,
    stdinOnce: container.stdinOnce === true,
    tty: container.tty === true,
    linux: { resources, securityContext: securityContext(inputs) },
  };
}

/** What the container's cgroup is set to. */
export function containerResources(
  pod: Pod,
  container: AnyContainer,
  config: Pick<KubeletConfig, 'memoryCapacityBytes' | 'restrictOomScoreAdj'>,
): LinuxContainerResources {
  const { cpuRequest, cpuLimit, memoryLimit } = sizeOf(sizingOf(pod, container as Container));
  const score = oomScoreAdjust(pod, container, config.memoryCapacityBytes);
  return {
    cpuPeriod: String(CPU_PERIOD_US),
    cpuQuota: String(cpuQuota(cpuLimit)),
    cpuShares: String(cpuShares(cpuRequest === 0 ? cpuLimit : cpuRequest)),
    memoryLimitInBytes: String(memoryLimit),
    oomScoreAdj: String(config.restrictOomScoreAdj ? Math.max(0, score) : score),
  };
}

type Security = NonNullable<Container['securityContext']>;

function securityContext(inputs: ContainerInputs): LinuxContainerSecurityContext {
  const { pod, container } = inputs;
  const own: Security = container.securityContext ?? {};
  const shared = pod.spec.securityContext;
  const runAsUser = own.runAsUser ?? shared?.runAsUser;
  const runAsGroup = own.runAsGroup ?? shared?.runAsGroup;
  const isPrivileged = own.privileged === true;
  const isUnmasked = isPrivileged || own.procMount === 'Unmasked';
  // The image's user, spelled out, so that a group without a user is no error.
  const imageUser = runAsUser === undefined ? (inputs.image.uid ?? undefined) : undefined;
  return {
    capabilities: {
      addCapabilities: (own.capabilities?.add ?? []).map(capability),
      dropCapabilities: (own.capabilities?.drop ?? []).map(capability),
    },
    privileged: isPrivileged,
    namespaceOptions: namespacesOf(pod, inputs.targetId),
    ...(runAsUser === undefined ? {} : { runAsUser: { value: String(runAsUser) } }),
    ...(imageUser === undefined ? {} : { runAsUser: { value: imageUser.value } }),
    ...(runAsUser === undefined && imageUser === undefined && inputs.image.username !== ''
      ? { runAsUsername: inputs.image.username }
      : {}),
    ...(runAsGroup === undefined ? {} : { runAsGroup: { value: String(runAsGroup) } }),
    readonlyRootfs: own.readOnlyRootFilesystem === true,
    supplementalGroups: supplementalGroups(pod),
    noNewPrivs: own.allowPrivilegeEscalation === false && !isPrivileged,
    maskedPaths: isUnmasked ? [] : MASKED_PATHS,
    readonlyPaths: isUnmasked ? [] : READONLY_PATHS,
    seccomp: isPrivileged
      ? { profileType: 'Unconfined' }
      : seccomp(own.seccompProfile ?? shared?.seccompProfile, `${inputs.config.rootDir}/seccomp`),
  };
}

const capability = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');

function namespacesOf(pod: Pod, targetId: string | undefined): NamespaceOption {
  const options = namespaceOptions(pod);
  return targetId === undefined ? options : { ...options, pid: 'TARGET', targetId };
}

function verifyNonRoot({ pod, container, image }: ContainerInputs): void {
  const own = container.securityContext;
  const shared = pod.spec.securityContext;
  if ((own?.runAsNonRoot ?? shared?.runAsNonRoot) !== true) return;
  const where = `(pod: "${describePod(pod)}", container: ${container.name})`;
  const user = own?.runAsUser ?? shared?.runAsUser;
  if (user !== undefined) {
    if (user === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`);
    return;
  }
  if (image.uid === null && image.username !== '') {
    throw new ConfigError(
      `container has runAsNonRoot and image has non-numeric user (${image.username}), cannot verify user is non-root ${where}`,
    );
  }
  if (image.uid === null || image.uid.value === '0') {
    throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`);
  }
}
