import { readFile, statfs } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cri } from '../cri/port.ts';
import type { ContainerStats } from '../cri/types.ts';
import { CONTAINER_NAME, POD_NAME, POD_NAMESPACE, POD_UID } from '../kubelet/labels.ts';

const SAMPLE_GAP_MS = 250;
/** Two samples closer than this give no rate. */
const SAMPLE_AGE_MIN_MS = 200;
const SAMPLE_AGE_MAX_MS = 120_000;

interface Sample {
  readonly atMs: number;
  /** Core-nanoseconds by container id; '' is the node. */
  readonly cpu: ReadonlyMap<string, number>;
}

interface CpuStats {
  readonly time: string;
  readonly usageNanoCores: number;
  readonly usageCoreNanoSeconds: number;
}

interface MemoryStats {
  readonly time: string;
  readonly workingSetBytes: number;
  readonly usageBytes: number;
  readonly rssBytes?: number;
}

interface ContainerSummary {
  readonly name: string;
  readonly startTime: string;
  readonly cpu: CpuStats;
  readonly memory: MemoryStats;
  readonly rootfs?: { readonly time: string; readonly usedBytes: number };
}

export interface PodSummary {
  readonly podRef: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly startTime: string;
  readonly cpu: CpuStats;
  readonly memory: MemoryStats;
  readonly containers: ContainerSummary[];
}

export interface Summary {
  readonly node: {
    readonly nodeName: string;
    readonly startTime: string;
    readonly cpu: CpuStats;
    readonly memory: MemoryStats & { readonly availableBytes: number };
    readonly fs: {
      readonly time: string;
      readonly availableBytes: number;
      readonly capacityBytes: number;
      readonly usedBytes: number;
    };
  };
  readonly pods: PodSummary[];
}

/** Answers `/stats/summary`: use of CPU and memory, rates between this request and the one before. */
export class StatsProvider {
  readonly #cri: Cri;
  readonly #nodeName: string;
  readonly #rootDir: string;
  readonly #startTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  #last: Sample | undefined;

  constructor(cri: Cri, nodeName: string, rootDir: string) {
    this.#cri = cri;
    this.#nodeName = nodeName;
    this.#rootDir = rootDir;
  }

  async summary(): Promise<Summary> {
    let before = this.#last;
    const age = before === undefined ? Number.POSITIVE_INFINITY : Date.now() - before.atMs;
    if (before === undefined || age > SAMPLE_AGE_MAX_MS || age < SAMPLE_AGE_MIN_MS) {
      before = sampleOf(await this.#cri.listContainerStats());
      await sleep(SAMPLE_GAP_MS);
    }
    const stats = await this.#cri.listContainerStats();
    const now = sampleOf(stats);
    this.#last = now;
    const time = new Date(now.atMs).toISOString().replace(/\.\d+Z$/, 'Z');
    const cpu = (key: string): CpuStats => ({ time, ...rate(before, now, key) });
    return {
      node: {
        nodeName: this.#nodeName,
        startTime: this.#startTime,
        cpu: cpu(''),
        ...(await nodeFacts(time, this.#rootDir)),
      },
      pods: podSummaries(stats, time, this.#startTime, cpu),
    };
  }
}

const number = (value: { readonly value: string } | null | undefined): number => Number(value?.value ?? 0);

function sampleOf(stats: readonly ContainerStats[]): Sample {
  const usage = new Map<string, number>([['', nodeCpu()]]);
  for (const { attributes, cpu } of stats) {
    if (attributes !== null) usage.set(attributes.id, number(cpu?.usageCoreNanoSeconds));
  }
  return { atMs: Date.now(), cpu: usage };
}

/** Busy core-nanoseconds of the machine since its start. */
function nodeCpu(): number {
  return cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) * 1e6, 0);
}

function rate(before: Sample, now: Sample, key: string): Omit<CpuStats, 'time'> {
  const used = now.cpu.get(key) ?? 0;
  const elapsedMs = Math.max(1, now.atMs - before.atMs);
  const delta = Math.max(0, used - (before.cpu.get(key) ?? used));
  return { usageNanoCores: Math.round((delta * 1000) / elapsedMs), usageCoreNanoSeconds: used };
}

function podSummaries(
  stats: readonly ContainerStats[],
  time: string,
  startTime: string,
  cpu: (key: string) => CpuStats,
): PodSummary[] {
  const pods = new Map<string, { ref: PodSummary['podRef']; containers: ContainerSummary[] }>();
  for (const item of stats) {
    const labels = item.attributes?.labels ?? {};
    const uid = labels[POD_UID];
    if (uid === undefined || item.attributes === null) continue;
    const ref = { name: labels[POD_NAME] ?? '', namespace: labels[POD_NAMESPACE] ?? '', uid };
    const pod = pods.get(uid) ?? { ref, containers: [] };
    pods.set(uid, pod);
    const workingSetBytes = number(item.memory?.workingSetBytes);
    pod.containers.push({
      name: labels[CONTAINER_NAME] ?? '',
      startTime,
      cpu: cpu(item.attributes.id),
      memory: { time, workingSetBytes, usageBytes: number(item.memory?.usageBytes) || workingSetBytes },
      rootfs: { time, usedBytes: number(item.writableLayer?.usedBytes) },
    });
  }
  return [...pods.values()].map(({ ref, containers }) => ({
    podRef: ref,
    startTime,
    containers,
    cpu: {
      time,
      usageNanoCores: containers.reduce((sum, container) => sum + container.cpu.usageNanoCores, 0),
      usageCoreNanoSeconds: containers.reduce(
        (sum, container) => sum + container.cpu.usageCoreNanoSeconds,
        0,
      ),
    },
    memory: {
      time,
      workingSetBytes: containers.reduce((sum, container) => sum + container.memory.workingSetBytes, 0),
      usageBytes: containers.reduce((sum, container) => sum + container.memory.usageBytes, 0),
    },
  }));
}

async function nodeFacts(time: string, rootDir: string): Promise<Pick<Summary['node'], 'memory' | 'fs'>> {
  const text = await readFile('/proc/meminfo', 'utf8');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
  const available = bytes('MemAvailable');
  const used = bytes('MemTotal') - available;
  const disk = await statfs(rootDir);
  return {
    memory: { time, availableBytes: available, workingSetBytes: used, usageBytes: used },
    fs: {
      time,
      availableBytes: disk.bavail * disk.bsize,
      capacityBytes: disk.blocks * disk.bsize,
      usedBytes: (disk.blocks - disk.bfree) * disk.bsize,
    },
  };
}

/** `/metrics/resource`, in the Prometheus text format. */
export function resourceMetrics(summary: Summary): string {
  const lines = [
    '# HELP node_cpu_usage_seconds_total Cumulative cpu time consumed by the node in core-seconds',
    '# TYPE node_cpu_usage_seconds_total counter',
    `node_cpu_usage_seconds_total ${summary.node.cpu.usageCoreNanoSeconds / 1e9}`,
    '# HELP node_memory_working_set_bytes Current working set of the node in bytes',
    '# TYPE node_memory_working_set_bytes gauge',
    `node_memory_working_set_bytes ${summary.node.memory.workingSetBytes}`,
    '# HELP container_cpu_usage_seconds_total Cumulative cpu time consumed by the container in core-seconds',
    '# TYPE container_cpu_usage_seconds_total counter',
  ];
  const memory = [
    '# HELP container_memory_working_set_bytes Current working set of the container in bytes',
    '# TYPE container_memory_working_set_bytes gauge',
  ];
  for (const { podRef, containers } of summary.pods) {
    for (const { name, cpu, memory: used } of containers) {
      const labels = `{container="${name}",namespace="${podRef.namespace}",pod="${podRef.name}"}`;
      lines.push(`container_cpu_usage_seconds_total${labels} ${cpu.usageCoreNanoSeconds / 1e9}`);
      memory.push(`container_memory_working_set_bytes${labels} ${used.workingSetBytes}`);
    }
  }
  return `${[...lines, ...memory].join('\n')}\n`;
}
