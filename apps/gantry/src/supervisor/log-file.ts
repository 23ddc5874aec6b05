import {
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';

const LIMIT_BYTES = 64 << 20;
const TAIL_BYTES = 16_384;

/** Keeps one old log beside the new one. `inUse`: a process appends to it, so it is copied and emptied. */
export function limitLog(file: string, inUse: boolean): void {
  try {
    if (statSync(file).size <= LIMIT_BYTES) return;
    if (inUse) {
      copyFileSync(file, `${file}.1`);
      truncateSync(file);
    } else renameSync(file, `${file}.1`);
  } catch {
    // No log yet, or a full disk: the next look tries again.
  }
}

/** Bytes in the file; 0 when there is none. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** At most the last 16 KiB that were written after byte `from`; '' when it can't be read. */
export function tailOf(file: string, from: number): string {
  try {
    const handle = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(TAIL_BYTES);
      const { size } = fstatSync(handle);
      // Emptied in between, all of it is newer.
      const start = Math.max(size < from ? 0 : from, size - TAIL_BYTES);
      return buffer.toString('utf8', 0, readSync(handle, buffer, 0, TAIL_BYTES, start));
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}

/** No reason by themselves: blank lines, stack frames, source excerpts' marks, Node's closing line. */
const NO_REASON = /^\s*$|^\s+at |^\s*\^+\s*$|^Node\.js v|^[\s{}[\](),;]+$|^\s+\[?[\w$]+\]?: /;
const LAST_WORDS_CHARS = 300;

/**
 * Why a process ended, from the end of its log: the message of its last line that is one (JSON lines give their `msg`
 * and `err`), of an uncaught exception the line that names the error.
 */
export function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => !NO_REASON.test(line));
  const crashed =
    lines.findLast((line) => line.startsWith('FATAL ERROR')) ??
    (/\nNode\.js v\d/.test(log) ? lines.findLast((line) => /^\w*Error\b.*:/.test(line)) : undefined);
  return plain(crashed ?? lines.at(-1) ?? '').slice(0, LAST_WORDS_CHARS);
}

function plain(line: string): string {
  if (!line.startsWith('{')) return line.trim();
  try {
    const { msg, err, error } = JSON.parse(line) as {
      msg?: unknown;
      err?: { message?: unknown };
      error?: unknown;
    };
    const cause = err?.message ?? error;
    return [msg, cause].filter((part) => typeof part === 'string' && part !== '').join(': ') || line;
  } catch {
    return line;
  }
}
