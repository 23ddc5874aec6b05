import { readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Logger } from '@gantry/runtime/port';
import type { Cri } from '../cri/port.ts';
import type { ContainerStatus } from '../cri/types.ts';
import { isRunning, nameOf, type RuntimePod } from './runtime-state.ts';

const LOG_BYTES_MAX = 10 << 20;
const LOG_FILES_MAX = 5;
const IMAGE_HIGH_PERCENT = 85;
const IMAGE_LOW_PERCENT = 80;
const IMAGE_AGE_MIN_MS = 120_000;

/**
 * Renames logs that have grown too large and has the runtime open new ones; the oldest files go. A log that can't be
 * rotated keeps its name, and the others have their turn.
 */
export async function rotateLogs(cri: Cri, pods: readonly RuntimePod[]): Promise<void> {
  for (const container of pods.flatMap((pod) => pod.containers.filter(isRunning))) {
    const path = container.logPath;
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.size < LOG_BYTES_MAX) continue;
    const stamp = new Date()
      .toISOString()
      .replaceAll(/[-:]|\.\d+Z/g, '')
      .replace('T', '-');
    await rename(path, `${path}.${stamp}`);
    try {
      await cri.reopenContainerLog(container.id);
    } catch {
      // It ended meanwhile, mostly: its log must be found under its name.
      await rename(`${path}.${stamp}`, path);
      continue;
    }
    const rotated = await rotatedLogs(path);
    for (const old of rotated.slice(0, Math.max(0, rotated.length - (LOG_FILES_MAX - 1)))) {
      await rm(old, { force: true });
    }
  }
}

/** Paths of what was rotated away from a log, oldest first. */
async function rotatedLogs(path: string): Promise<string[]> {
  const names = await readdir(dirname(path)).catch(() => []);
  return names
    .filter((name) => name.startsWith(`${basename(path)}.`))
    .sort()
    .map((name) => join(dirname(path), name));
}

/** Dead containers that nobody needs: all but the newest attempt of each name and one dead before it. */
export function removableContainers(pod: RuntimePod): ContainerStatus[] {
  const kept = new Map<string, number>();
  return pod.containers.filter((container) => {
    const name = nameOf(container);
    const count = kept.get(name) ?? 0;
    if (count < 2 || isRunning(container)) {
      kept.set(name, count + 1);
      return false;
    }
    return container.state === 'CONTAINER_EXITED';
  });
}

/** Removes dead containers with their logs, and sandboxes that another has replaced. */
export async function collectContainers(cri: Cri, pods: readonly RuntimePod[]): Promise<void> {
  for (const pod of pods) {
    const removable = removableContainers(pod);
    for (const container of removable) {
      await cri.removeContainer(container.id);
      for (const path of [container.logPath, ...(await rotatedLogs(container.logPath))]) {
        await rm(path, { force: true });
      }
    }
    if (pod.containers.length > removable.length && pod.sandboxes.length < 3) continue;
    for (const sandbox of pod.sandboxes.slice(1)) {
      if (sandbox.state === 'SANDBOX_NOTREADY') await cri.removePodSandbox(sandbox.id);
    }
  }
}

/** Frees disk by removing images that no container uses, the longest unused first. */
export class ImageCollector {
  readonly #cri: Cri;
  readonly #log: Logger;
  readonly #lastUsed = new Map<string, number>();

  constructor(cri: Cri, log: Logger) {
    this.#cri = cri;
    this.#log = log;
  }

  /** `mounted` are the references of images that pods have as volumes. */
  async collect(now: number, mounted: readonly string[] = []): Promise<void> {
    const [images, containers] = await Promise.all([this.#cri.listImages(), this.#cri.listContainers()]);
    const used = new Set(containers.flatMap(({ imageRef, image }) => [imageRef, image?.image ?? '']));
    for (const reference of mounted) {
      const id = (await this.#cri.imageStatus(reference))?.id;
      if (id !== undefined) used.add(id);
    }
    const isUsed = (image: (typeof images)[number]): boolean =>
      [image.id, ...image.repoTags, ...image.repoDigests].some((name) => used.has(name));
    for (const image of images) {
      if (isUsed(image) || !this.#lastUsed.has(image.id)) this.#lastUsed.set(image.id, now);
    }
    const [filesystem] = await this.#cri.imageFilesystems();
    const mountpoint = filesystem?.fsId?.mountpoint;
    const disk = mountpoint === undefined ? undefined : await statfs(mountpoint).catch(() => undefined);
    if (disk === undefined) return;
    const usage = 100 - (100 * disk.bavail) / disk.blocks;
    if (usage < IMAGE_HIGH_PERCENT) return;
    let excess = ((usage - IMAGE_LOW_PERCENT) / 100) * disk.blocks * disk.bsize;
    const candidates = images
      .filter((image) => !image.pinned && !isUsed(image))
      .filter((image) => now - (this.#lastUsed.get(image.id) ?? now) > IMAGE_AGE_MIN_MS)
      .sort((a, b) => (this.#lastUsed.get(a.id) ?? 0) - (this.#lastUsed.get(b.id) ?? 0));
    for (const image of candidates) {
      if (excess <= 0) break;
      this.#log.info(
        { image: image.repoTags[0] ?? image.id },
        'removing an unused image: the disk is filling up',
      );
      await this.#cri.removeImage(image.id);
      excess -= Number(image.size);
    }
  }
}
