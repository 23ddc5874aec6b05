import { open, stat } from 'node:fs/promises';
import type { ContainerStatus } from '../cri/types.ts';
import { parseLogLine } from '../server/log-line.ts';
import { TERMINATION_MESSAGE_PATH, TERMINATION_MESSAGE_POLICY } from './labels.ts';
import { terminationLogPath } from './mounts.ts';
import { nameOf } from './runtime-state.ts';

const FILE_BYTES_MAX = 4096;
const LOG_BYTES_MAX = 2048;
const LOG_LINES_MAX = 80;
const CRI_OVERHEAD_BYTES = 64 << 10;

/** What an ended container left to say: its file, or, by policy, the end of its log when it failed. */
async function terminationMessage(container: ContainerStatus, podDir: string): Promise<string> {
  const path = container.annotations[TERMINATION_MESSAGE_PATH] ?? '';
  if (path !== '') {
    const file = terminationLogPath(podDir, nameOf(container), container.metadata?.attempt ?? 0);
    const text = await readEnd(file, FILE_BYTES_MAX);
    if (text !== '') return text;
  }
  const policy = container.annotations[TERMINATION_MESSAGE_POLICY];
  if (policy !== 'FallbackToLogsOnError' || container.exitCode === 0) return '';
  const raw = await readEnd(container.logPath, CRI_OVERHEAD_BYTES);
  const lines = raw
    .split('\n')
    .map((line) => parseLogLine(line))
    .filter((line) => line !== undefined)
    .slice(-LOG_LINES_MAX);
  const text = lines.map((line) => line.text + (line.isPartial ? '' : '\n')).join('');
  return Buffer.from(text).subarray(-LOG_BYTES_MAX).toString('utf8');
}

async function readEnd(path: string, bytes: number): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size === 0) return '';
  const handle = await open(path, 'r');
  try {
    const length = Math.min(found.size, bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, found.size - length);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}

/** The last words of a pod's containers, each read once, when it has ended. */
export class TerminationMessages {
  readonly byContainer = new Map<string, string>();

  /** Reads those of containers that ended since, forgets those of removed ones. True when one ended with success. */
  async update(containers: readonly ContainerStatus[], podDir: string): Promise<boolean> {
    let succeeded = false;
    for (const container of containers) {
      if (container.state !== 'CONTAINER_EXITED' || this.byContainer.has(container.id)) continue;
      this.byContainer.set(container.id, await terminationMessage(container, podDir).catch(() => ''));
      if (container.exitCode === 0) succeeded = true;
    }
    const present = new Set(containers.map(({ id }) => id));
    for (const id of this.byContainer.keys()) if (!present.has(id)) this.byContainer.delete(id);
    return succeeded;
  }
}
