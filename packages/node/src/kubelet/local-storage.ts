import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { podAmounts } from '@gantry/api/core/quota/amounts';
import type { Pod } from '@gantry/api/generated/types';
import { formatQuantity, parseQuantity, toBytes } from '@gantry/machinery/quantity';
import type { ContainerStats } from '../cri/types.ts';
import { CONTAINER_NAME, POD_UID } from './labels.ts';
import { uidOf } from './pod.ts';
import { logDirectory } from './sandbox-config.ts';

const RESOURCE = 'ephemeral-storage';
/** A folder of millions of files takes its time. */
const LOOK_MS = 60_000;
/** Pods of at least this priority are never ended for what they write. */
const CRITICAL_PRIORITY = 2_000_000_000;

/** Where to look for what a pod has written. */
export interface StorageFolders {
  readonly podDir: string;
  readonly logsDir: string;
}

type DiskUse = (folder: string) => Promise<number>;

const run = promisify(execFile);

/** Bytes that a folder takes on its own disk; 0 when it is gone. */
export async function diskUse(folder: string): Promise<number> {
  const { stdout } = await run('du', ['-s', '-x', '-B1', folder], { timeout: LOOK_MS }).catch(
    // `du` fails over any file that goes while it looks, as temporary ones do: its sum stands all the same.
    (error: unknown) => ({ stdout: error instanceof Error && 'stdout' in error ? String(error.stdout) : '' }),
  );
  return Number.parseInt(stdout, 10) || 0;
}

/** Whether the pod has any limit on what it writes to the node's disk. */
export const hasStorageLimit = ({ spec }: Pod): boolean =>
  spec.containers.some(({ resources }) => resources?.limits?.[RESOURCE] !== undefined) ||
  (spec.volumes ?? []).some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined);

/**
 * Why a pod must go for what it has written: an emptyDir over its limit, the pod over the sum of its containers', or a
 * container over its own. Undefined while all is well. The original's messages.
 */
export async function storageExcess(
  pod: Pod,
  stats: readonly ContainerStats[],
  folders: StorageFolders,
  used: DiskUse = diskUse,
): Promise<string | undefined> {
  if ((pod.spec.priority ?? 0) >= CRITICAL_PRIORITY) return undefined;
  let volumes = 0;
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    if (emptyDir === undefined || emptyDir.medium === 'Memory') continue;
    const size = await used(join(folders.podDir, 'volumes', 'kubernetes.io~empty-dir', name));
    volumes += size;
    const limit = emptyDir.sizeLimit === undefined ? undefined : parseQuantity(emptyDir.sizeLimit);
    if (limit !== undefined && limit.nanos > 0n && size > toBytes(limit))
      return `Usage of EmptyDir volume ${JSON.stringify(name)} exceeds the limit ${JSON.stringify(formatQuantity(limit))}. `;
  }
  const limit = podAmounts(pod, 'limits').get(RESOURCE);
  if (limit === undefined) return undefined;
  const written = await writtenBy(pod, stats, folders.logsDir, used);
  const total = [...written.values()].reduce((sum, size) => sum + size, volumes);
  if (total > toBytes(limit))
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${formatQuantity(limit)}. `;
  for (const { name, resources } of pod.spec.containers) {
    const text = resources?.limits?.[RESOURCE];
    const own = text === undefined ? 0 : toBytes(parseQuantity(text));
    if (own > 0 && (written.get(name) ?? 0) > own)
      return `Container ${name} exceeded its local ephemeral storage limit ${JSON.stringify(text)}. `;
  }
  return undefined;
}

/** Bytes in the writable layer and the logs of each container. */
async function writtenBy(
  pod: Pod,
  stats: readonly ContainerStats[],
  logsDir: string,
  used: DiskUse,
): Promise<Map<string, number>> {
  const written = new Map<string, number>();
  for (const { attributes, writableLayer } of stats) {
    if (attributes?.labels[POD_UID] !== uidOf(pod)) continue;
    const name = attributes.labels[CONTAINER_NAME] ?? '';
    const logs = await used(join(logDirectory(logsDir, pod), name));
    written.set(name, Number(writableLayer?.usedBytes?.value ?? 0) + logs);
  }
  return written;
}
