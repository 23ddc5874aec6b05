import { readFile, statfs } from 'node:fs/promises';
import { availableParallelism, hostname, release } from 'node:os';
import type { Node, NodeCondition, NodeStatus } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import type { Cri, RuntimeVersion } from '../cri/port.ts';
import type { Image } from '../cri/types.ts';
import { goArchitecture } from '../images/oci.ts';
import { memoryCapacity } from '../kubelet/cgroups.ts';

/** What this agent can do that a server asks for before it lets a pod have it; in the order of the names. */
export const DECLARED_FEATURES = [
  'InPlacePodLevelResourcesVerticalScaling',
  'InPlacePodVerticalScalingInitContainers',
];

export const AGENT_VERSION = 'v1.36.0+gantry';
const PODS_MAX = 110;
const IMAGES_MAX = 50;
/** Kept free on the disk and in memory, as the original's hard eviction thresholds. */
const DISK_SHARE_KEPT = 0.1;
const MEMORY_KEPT_BYTES = 100 << 20;

/** What a machine has, measured once. */
export interface MachineFacts {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly osImage: string;
  readonly machineId: string;
  readonly bootId: string;
  readonly systemUuid: string;
}

export async function measureMachine(rootDir: string): Promise<MachineFacts> {
  const disk = await statfs(rootDir);
  const read = async (path: string): Promise<string> => (await readFile(path, 'utf8').catch(() => '')).trim();
  const osRelease = await read('/etc/os-release');
  const machineId = await read('/etc/machine-id');
  return {
    cpus: availableParallelism(),
    memoryBytes: await memoryCapacity(),
    diskBytes: disk.blocks * disk.bsize,
    osImage: /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(osRelease)?.[1] ?? 'Linux',
    machineId,
    bootId: await read('/proc/sys/kernel/random/boot_id'),
    systemUuid: (await read('/sys/class/dmi/id/product_uuid')) || machineId,
  };
}

const kibi = (bytes: number): string => `${Math.floor(bytes / 1024)}Ki`;

/** Amounts as numbers, for `resourceFieldRef`: cores and bytes. */
export function allocatableAmounts(machine: MachineFacts): Record<string, number> {
  return {
    cpu: machine.cpus,
    memory: machine.memoryBytes - MEMORY_KEPT_BYTES,
    'ephemeral-storage': Math.floor(machine.diskBytes * (1 - DISK_SHARE_KEPT)),
  };
}

export function nodeResources(machine: MachineFacts): Required<Pick<NodeStatus, 'capacity' | 'allocatable'>> {
  const shared = {
    cpu: String(machine.cpus),
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    pods: String(PODS_MAX),
  };
  const allocatable = allocatableAmounts(machine);
  return {
    capacity: { ...shared, 'ephemeral-storage': kibi(machine.diskBytes), memory: kibi(machine.memoryBytes) },
    allocatable: {
      ...shared,
      'ephemeral-storage': String(allocatable['ephemeral-storage'] ?? 0),
      memory: kibi(allocatable.memory ?? 0),
    },
  };
}

/**
 * With the resources that others have written into the node's capacity: what the agent does not know is not its to take
 * away, and all of it is there for pods.
 */
export function withForeignResources(own: NodeStatus, known: NodeStatus): NodeStatus {
  const foreign = Object.entries(known.capacity ?? {}).filter(([name]) => own.capacity?.[name] === undefined);
  if (foreign.length === 0) return own;
  return {
    ...own,
    capacity: { ...own.capacity, ...Object.fromEntries(foreign) },
    allocatable: { ...own.allocatable, ...Object.fromEntries(foreign) },
  };
}

/** The Node that the agent registers, without a status. */
export function newNode(
  name: string,
  podCidr: string | undefined,
  labels: Readonly<Record<string, string>> = {},
): Node {
  const arch = goArchitecture();
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': arch,
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': arch,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...labels,
      },
      annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: podCidr === undefined ? {} : { podCIDR: podCidr, podCIDRs: [podCidr] },
  };
}

export interface NodeStatusInputs {
  readonly nodeIp: string;
  readonly hostname: string;
  readonly port: number;
  readonly machine: MachineFacts;
  readonly runtime: RuntimeVersion;
  readonly images: readonly Image[];
  readonly conditions: NodeCondition[];
}

export function nodeStatus(inputs: NodeStatusInputs): NodeStatus {
  const { machine, runtime } = inputs;
  const version = runtime.runtimeVersion.replace(/^v/, '');
  return {
    addresses: [
      { type: 'InternalIP', address: inputs.nodeIp },
      { type: 'Hostname', address: inputs.hostname },
    ],
    ...nodeResources(machine),
    conditions: inputs.conditions,
    declaredFeatures: [...DECLARED_FEATURES],
    daemonEndpoints: { kubeletEndpoint: { Port: inputs.port } },
    images: imagesOf(inputs.images),
    nodeInfo: {
      architecture: goArchitecture(),
      bootID: machine.bootId,
      containerRuntimeVersion: `${runtime.runtimeName}://${version}`,
      kernelVersion: release(),
      kubeProxyVersion: '',
      kubeletVersion: AGENT_VERSION,
      machineID: machine.machineId,
      operatingSystem: 'linux',
      osImage: machine.osImage,
      systemUUID: machine.systemUuid,
    },
  };
}

function imagesOf(images: readonly Image[]): NonNullable<NodeStatus['images']> {
  return [...images]
    .sort((a, b) => Number(b.size) - Number(a.size) || (a.id < b.id ? -1 : 1))
    .slice(0, IMAGES_MAX)
    .map(({ repoDigests, repoTags, size }) => ({
      names: [...repoDigests, ...repoTags].slice(0, 5),
      sizeBytes: Number(size),
    }));
}

const DISK_FREE_MIN_RATIO = 0.1;
/** On a large disk a tenth is plenty. */
const DISK_FREE_MIN_BYTES = 2 * 2 ** 30;

/** Whether so little is free that no further pod should come here: under a tenth, and under 2 GiB. */
export function isDiskFull(disk: { readonly freeBytes: number; readonly totalBytes: number }): boolean {
  return disk.freeBytes < Math.min(disk.totalBytes * DISK_FREE_MIN_RATIO, DISK_FREE_MIN_BYTES);
}

/** `problem` absent = ready. Each condition keeps its transition time while its status stays. */
export function nodeConditions(
  old: readonly NodeCondition[],
  { problem, diskFull }: { readonly problem: string | undefined; readonly diskFull: boolean },
  now: number,
): NodeCondition[] {
  const time = timestamp(now);
  const make = (type: string, status: string, reason: string, message: string): NodeCondition => {
    const before = old.find((condition) => condition.type === type);
    const kept = before?.status === status ? before.lastTransitionTime : undefined;
    return { type, status, lastHeartbeatTime: time, lastTransitionTime: kept ?? time, reason, message };
  };
  return [
    make('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    diskFull
      ? make('DiskPressure', 'True', 'KubeletHasDiskPressure', 'kubelet has disk pressure')
      : make('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    make('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    problem === undefined
      ? make('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status')
      : make('Ready', 'False', 'KubeletNotReady', problem),
  ];
}

/** Why pods can't be run here; undefined when they can. */
export async function runtimeProblem(cri: Cri): Promise<string | undefined> {
  try {
    const conditions = await cri.conditions();
    const bad = conditions.filter(
      ({ status, type }) => !status && ['RuntimeReady', 'NetworkReady'].includes(type),
    );
    if (bad.length === 0) return undefined;
    return bad
      .map(({ type, reason, message }) => {
        const what =
          type === 'NetworkReady' ? 'container runtime network not ready' : 'container runtime not ready';
        return `${what}: ${type}=false reason:${reason} message:${message}`;
      })
      .join(', ');
  } catch (error) {
    return `container runtime is down: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export const defaultNodeName = (): string => hostname().toLowerCase();
