import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pod } from '@gantry/api/generated/types';
import { uidOf } from './pod.ts';
import { CPU_PERIOD_US, cpuQuota, cpuShares, podResources, qosClass } from './qos.ts';

const ROOT = '/sys/fs/cgroup';
const V2_CONTROLLERS = '+cpu +memory +pids +cpuset';

/**
 * Pod cgroups below one for each QoS class, in the cgroupfs layout of the original. Works on version 2 and on the
 * version 1 hierarchies; where cgroups can't be written, pods run without limits on the pod as a whole.
 */
export class Cgroups {
  readonly #parent: string;
  readonly #isV2: boolean;

  /** `parent` is the name below the root, e.g. `kubepods`. */
  constructor(parent: string) {
    this.#parent = parent;
    this.#isV2 = existsSync(join(ROOT, 'cgroup.controllers'));
  }

  /** The cgroup parent that sandboxes and containers of the pod are given. */
  path(pod: Pod): string {
    const qos = qosClass(pod);
    const middle = qos === 'Guaranteed' ? [] : [qos.toLowerCase()];
    return ['', this.#parent, ...middle, `pod${uidOf(pod)}`].join('/');
  }

  async create(pod: Pod): Promise<void> {
    const path = this.path(pod);
    const { cpuRequestMilli, cpuLimitMilli, memoryLimitBytes } = podResources(pod);
    const shares = cpuShares(cpuRequestMilli);
    if (this.#isV2) {
      await this.#createV2(path);
      await put(join(ROOT, path, 'cpu.weight'), String(Math.floor(1 + ((shares - 2) * 9999) / 262_142)));
      const quota = cpuLimitMilli === 0 ? 'max' : String(cpuQuota(cpuLimitMilli));
      await put(join(ROOT, path, 'cpu.max'), `${quota} ${CPU_PERIOD_US}`);
      await put(join(ROOT, path, 'memory.max'), memoryLimitBytes === 0 ? 'max' : String(memoryLimitBytes));
      return;
    }
    await mkdir(join(ROOT, 'cpu', path), { recursive: true }).catch(() => undefined);
    await mkdir(join(ROOT, 'memory', path), { recursive: true }).catch(() => undefined);
    await put(join(ROOT, 'cpu', path, 'cpu.shares'), String(shares));
    if (cpuLimitMilli > 0)
      await put(join(ROOT, 'cpu', path, 'cpu.cfs_quota_us'), String(cpuQuota(cpuLimitMilli)));
    if (memoryLimitBytes > 0) {
      await put(join(ROOT, 'memory', path, 'memory.limit_in_bytes'), String(memoryLimitBytes));
    }
  }

  /** Bytes of memory that the pod's processes use; undefined when the kernel does not tell. */
  async memoryUsed(pod: Pod): Promise<number | undefined> {
    const file = this.#isV2
      ? join(ROOT, this.path(pod), 'memory.current')
      : join(ROOT, 'memory', this.path(pod), 'memory.usage_in_bytes');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : Number(text);
  }

  /** Removes the pod's cgroup from every hierarchy; runtimes leave it behind. Processes must have ended. */
  async remove(uid: string): Promise<void> {
    const classes = ['', 'burstable', 'besteffort'];
    for (const hierarchy of await this.#hierarchies()) {
      for (const middle of classes) await removeTree(join(hierarchy, this.#parent, middle, `pod${uid}`));
    }
  }

  /** Uids that have a cgroup. */
  async known(): Promise<string[]> {
    const uids = new Set<string>();
    for (const hierarchy of await this.#hierarchies()) {
      for (const middle of ['', 'burstable', 'besteffort']) {
        for (const name of await readdir(join(hierarchy, this.#parent, middle)).catch(() => [])) {
          if (name.startsWith('pod')) uids.add(name.slice(3));
        }
      }
    }
    return [...uids];
  }

  /** Removes everything, for a purge. */
  async removeAll(): Promise<void> {
    for (const hierarchy of await this.#hierarchies()) await removeTree(join(hierarchy, this.#parent));
  }

  async #hierarchies(): Promise<string[]> {
    if (this.#isV2) return [ROOT];
    return (await readdir(ROOT).catch(() => [])).map((name) => join(ROOT, name));
  }

  /** Each level must hand the controllers on to the next. */
  async #createV2(path: string): Promise<void> {
    const parent = dirname(path);
    if (parent !== '/') await this.#createV2(parent);
    await put(join(ROOT, parent, 'cgroup.subtree_control'), V2_CONTROLLERS);
    await mkdir(join(ROOT, path)).catch(() => undefined);
  }
}

async function put(file: string, value: string): Promise<void> {
  await writeFile(file, value).catch(() => undefined);
}

async function removeTree(dir: string): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(dir, entry.name));
  await rmdir(dir).catch(() => undefined);
}

/** Bytes of memory that the machine has. */
export async function memoryCapacity(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8');
  return Number(/^MemTotal:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
}
