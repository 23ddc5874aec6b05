import { readFile, statfs } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cri } from '../cri/port.ts';
import type { ContainerStats } from '../cri/types.ts';
import { CONTAINER_NAME, POD_NAME, POD_NAMESPACE, POD_UID } from '../kubelet/labels.ts';
import { nanosToMs } from '../kubelet/runtime-state.ts';

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
  readonly rssBytes: number;
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
    const [all, containers] = await Promise.all([this.#cri.listContainerStats(), this.#cri.listContainers()]);
    // Dead ones of a name beside the living one would be the same series twice, which Prometheus refuses.
    const running = containers.filter(({ state }) => state === 'CONTAINER_RUNNING');
    const created = new Map(running.map(({ id, createdAt }) => [id, nanosToMs(createdAt)]));
    const stats = all.filter(({ attributes }) => attributes !== null && created.has(attributes.id));
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
      pods: podSummaries(stats, time, (id) => secondsText(created.get(id)) ?? this.#startTime, cpu),
    };
  }
}

const secondsText = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

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
  startOf: (id: string) => string,
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
      startTime: startOf(item.attributes.id),
      cpu: cpu(item.attributes.id),
      memory: {
        time,
        workingSetBytes,
        usageBytes: number(item.memory?.usageBytes) || workingSetBytes,
        rssBytes: number(item.memory?.rssBytes),
      },
      rootfs: { time, usedBytes: number(item.writableLayer?.usedBytes) },
    });
  }
  return [...pods.values()].map(({ ref, containers }) => ({
    podRef: ref,
    startTime: containers.map(({ startTime }) => startTime).sort()[0] ?? '',
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
      rssBytes: containers.reduce((sum, container) => sum + container.memory.rssBytes, 0),
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
    memory: {
      time,
      availableBytes: available,
      workingSetBytes: used,
      usageBytes: used,
      rssBytes: bytes('AnonPages'),
    },
    fs: {
      time,
      availableBytes: disk.bavail * disk.bsize,
      capacityBytes: disk.blocks * disk.bsize,
      usedBytes: (disk.blocks - disk.bfree) * disk.bsize,
    },
  };
}

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  /** Labels in braces, or '', and value. */
  readonly samples: readonly (readonly [labels: string, value: number])[];
}

const familyText = ({ name, type, help, samples }: Family): string[] =>
  samples.length === 0
    ? []
    : [
        `# HELP ${name} [STABLE] ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
      ];

const gauge = (name: string, help: string, samples: Family['samples']): Family => ({
  ...{ name, type: 'gauge', help, samples },
});
const counter = (name: string, help: string, samples: Family['samples']): Family => ({
  ...{ name, type: 'counter', help, samples },
});

/** `/metrics/resource`, in the Prometheus text format. Undefined: there was an error, which is told too. */
export function resourceMetrics(summary: Summary | undefined): string {
  const ofContainers = (value: (container: ContainerSummary) => number): Family['samples'] =>
    (summary?.pods ?? []).flatMap(({ podRef, containers }) =>
      containers.map(
        (container) =>
          [
            `{container="${container.name}",namespace="${podRef.namespace}",pod="${podRef.name}"}`,
            value(container),
          ] as const,
      ),
    );
  const ofPods = (value: (pod: PodSummary) => number): Family['samples'] =>
    (summary?.pods ?? []).map((pod) => [
      `{namespace="${pod.podRef.namespace}",pod="${pod.podRef.name}"}`,
      value(pod),
    ]);
  const ofNode = (value: (node: Summary['node']) => number): Family['samples'] =>
    summary === undefined ? [] : [['', value(summary.node)]];
  const seconds = ({ usageCoreNanoSeconds }: CpuStats): number => usageCoreNanoSeconds / 1e9;
  const families = [
    counter(
      'container_cpu_usage_seconds_total',
      'Cumulative cpu time consumed by the container in core-seconds',
      ofContainers(({ cpu }) => seconds(cpu)),
    ),
    gauge(
      'container_memory_working_set_bytes',
      'Current working set of the container in bytes',
      ofContainers(({ memory }) => memory.workingSetBytes),
    ),
    gauge(
      'container_start_time_seconds',
      'Start time of the container since unix epoch in seconds',
      ofContainers(({ startTime }) => Date.parse(startTime) / 1000),
    ),
    counter(
      'node_cpu_usage_seconds_total',
      'Cumulative cpu time consumed by the node in core-seconds',
      ofNode(({ cpu }) => seconds(cpu)),
    ),
    gauge(
      'node_memory_working_set_bytes',
      'Current working set of the node in bytes',
      ofNode(({ memory }) => memory.workingSetBytes),
    ),
    counter(
      'pod_cpu_usage_seconds_total',
      'Cumulative cpu time consumed by the pod in core-seconds',
      ofPods(({ cpu }) => seconds(cpu)),
    ),
    gauge(
      'pod_memory_working_set_bytes',
      'Current working set of the pod in bytes',
      ofPods(({ memory }) => memory.workingSetBytes),
    ),
    gauge('resource_scrape_error', '1 if there was an error while getting container metrics, 0 otherwise', [
      ['', summary === undefined ? 1 : 0],
    ]),
  ];
  return `${families.flatMap(familyText).join('\n')}\n`;
}
