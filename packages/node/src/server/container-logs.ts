import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type LogLine, parseLogLine } from './log-line.ts';

export interface LogOptions {
  readonly follow: boolean;
  /** Lines from the end; absent = all. */
  readonly tailLines?: number;
  /** Epoch milliseconds. */
  readonly since?: number;
  readonly timestamps: boolean;
  readonly limitBytes?: number;
  /** Only this stream; absent = both. */
  readonly stream?: 'stdout' | 'stderr';
}

const CHUNK_BYTES = 64 << 10;
const LINE_BYTES_MAX = 1 << 20;
const POLL_MS = 1000;

/**
 * The bytes of a container's log, chunk by chunk. With `follow` it goes on until `isRunning` answers false and all was
 * read, or the signal ends; a log that was rotated is followed into its new file.
 */
export async function* readContainerLog(
  path: string,
  options: LogOptions,
  isRunning: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let file = await openFile(path);
  if (file === undefined) return;
  const changes = options.follow ? watchFolder(path) : undefined;
  let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
  try {
    let position = await startOf(file, options);
    let rest = '';
    while (!signal.aborted && left > 0) {
      const wasRunning = options.follow && (await isRunning());
      // Looked at before the file is read to its end: what the runtime still wrote to a renamed file is not lost.
      const wasReplaced = options.follow && (await isReplaced(path, file));
      for (;;) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, position);
        if (bytesRead === 0) break;
        position += bytesRead;
        const parts = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
        rest = (parts.pop() ?? '').slice(0, LINE_BYTES_MAX);
        const text = render(parts, options);
        if (text.length > 0) {
          yield text.subarray(0, left);
          left -= text.length;
        }
        if (left <= 0 || signal.aborted) return;
      }
      if (wasReplaced) {
        await file.close();
        file = await openFile(path);
        if (file === undefined) return;
        position = 0;
        rest = '';
        continue;
      }
      if (!wasRunning && !(options.follow && (await isReplaced(path, file)))) return;
      await changes?.next(signal);
    }
  } finally {
    changes?.close();
    await file?.close();
  }
}

/** Whether a new file has taken the path: the runtime has reopened its log. */
async function isReplaced(path: string, file: FileHandle): Promise<boolean> {
  const current = await stat(path).catch(() => undefined);
  return current !== undefined && current.ino !== (await file.stat()).ino;
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  return await open(path, 'r').catch(() => undefined);
}

function render(lines: readonly string[], options: LogOptions): Buffer {
  const parts: Buffer[] = [];
  for (const line of lines) {
    const parsed = parseLogLine(line);
    if (parsed === undefined || !isWanted(parsed, options)) continue;
    const time = options.timestamps ? `${parsed.time} ` : '';
    parts.push(Buffer.from(`${time}${parsed.text}${parsed.isPartial ? '' : '\n'}`, 'latin1'));
  }
  return Buffer.concat(parts);
}

function isWanted(line: LogLine, options: LogOptions): boolean {
  if (options.stream !== undefined && line.stream !== options.stream) return false;
  return options.since === undefined || Date.parse(line.time) >= options.since;
}

/** Where to start reading: by `tailLines`, found from the end backwards. */
async function startOf(file: FileHandle, { tailLines }: LogOptions): Promise<number> {
  if (tailLines === undefined) return 0;
  const { size } = await file.stat();
  if (tailLines === 0) return size;
  let at = size;
  let breaks = 0;
  while (at > 0) {
    const length = Math.min(CHUNK_BYTES, at);
    at -= length;
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, at);
    for (let index = length - 1; index >= 0; index--) {
      // The break that ends the last line does not count.
      if (buffer[index] !== 0x0a || at + index === size - 1) continue;
      breaks++;
      if (breaks === tailLines) return at + index + 1;
    }
  }
  return 0;
}

interface Changes {
  /** Resolves at the next change, or after a second. */
  next(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Undefined where the system has no more watches to give: then what is new is seen a second later. */
function watchIfPossible(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(folder, onChange).on('error', () => undefined);
  } catch {
    return undefined;
  }
}

function watchFolder(path: string): Changes {
  let wake: (() => void) | undefined;
  let pending = false;
  const watcher = watchIfPossible(dirname(path), () => {
    pending = true;
    wake?.();
  });
  return {
    next: (signal) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', finish);
          wake = undefined;
          pending = false;
          resolve();
        };
        const timer = setTimeout(finish, pending ? 0 : POLL_MS);
        signal.addEventListener('abort', finish, { once: true });
        wake = finish;
      }),
    close: () => watcher?.close(),
  };
}
