import {
  closeSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { BatchQueue } from './batch-queue.ts';
import type { AuditEvent } from './event.ts';
import type { AuditSink } from './sink.ts';

export type AuditMode = 'batch' | 'blocking' | 'blocking-strict';

export interface FileLogOptions {
  /** `-` is standard output. */
  readonly path: string;
  readonly format: 'json' | 'legacy';
  readonly mode: AuditMode;
  /** Megabytes after which a new file is begun; 0 = 100. */
  readonly maxSize: number;
  /** Days that an old file is kept, and how many of them; 0 = no limit. */
  readonly maxAge: number;
  readonly maxBackups: number;
  /** Old files become `.gz`. */
  readonly compress?: boolean;
  readonly bufferSize: number;
  /** Longer events lose their objects; absent = no limit. */
  readonly maxEventSize?: number;
  onLost(count: number, error: unknown): void;
}

const MEGABYTE = 1024 * 1024;
const DEFAULT_MEGABYTES = 100;
const DAY_MS = 86_400_000;
/** What stands between the name of an old file and its extension. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}$/;
const PACKED = '.gz';
const PARTIAL = `${PACKED}.partial`;
const BATCH = 400;
const BATCH_WAIT_MS = 100;

/** A file that is renamed when it is full: `audit-2026-01-31T08-00-00.000.log` beside `audit.log`. */
class RotatingFile {
  readonly #options: FileLogOptions;
  #fd: number | undefined;
  #size = 0;
  /** Compressing and pruning, one file after the other. */
  #tidying = Promise.resolve();

  constructor(options: FileLogOptions) {
    this.#options = options;
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    const limit = (this.#options.maxSize || DEFAULT_MEGABYTES) * MEGABYTE;
    if (this.#fd !== undefined && this.#size > 0 && this.#size + bytes.length > limit) this.#rotate();
    const fd = this.#fd ?? this.#open();
    let at = 0;
    while (at < bytes.length) at += writeSync(fd, bytes, at);
    this.#size += bytes.length;
  }

  close(): void {
    if (this.#fd === undefined) return;
    if (this.#fd !== 1) {
      fsyncSync(this.#fd);
      closeSync(this.#fd);
    }
    this.#fd = undefined;
  }

  #open(): number {
    const { path } = this.#options;
    if (path === '-') {
      this.#fd = 1;
      return 1;
    }
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    const fd = openSync(path, 'a', 0o600);
    this.#fd = fd;
    this.#size = fstatSync(fd).size;
    return fd;
  }

  #rotate(): void {
    const { path } = this.#options;
    if (path === '-') return;
    this.close();
    const extension = extname(path);
    const stamp = new Date().toISOString().slice(0, -1).replaceAll(':', '-');
    const old = join(dirname(path), `${basename(path, extension)}-${stamp}${extension}`);
    renameSync(path, old);
    this.#tidying = this.#tidying
      .then(() => this.#tidy())
      .catch((error: unknown) => this.#options.onLost(0, error));
    this.#size = 0;
  }

  async #tidy(): Promise<void> {
    await this.#prune();
    if (this.#options.compress !== true) return;
    for (const name of await this.#old()) if (!name.endsWith(PACKED)) await this.#compress(name);
  }

  /** What a process left half-written that ended meanwhile is written anew. */
  async #compress(name: string): Promise<void> {
    const file = join(dirname(this.#options.path), name);
    const partial = `${file}${PARTIAL}`;
    await pipeline(createReadStream(file), createGzip(), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, `${file}${PACKED}`);
    await rm(file, { force: true });
  }

  /** Resolves once old files are as they should be. */
  settled(): Promise<void> {
    return this.#tidying;
  }

  /** Names of old files, the newest first. */
  async #old(): Promise<string[]> {
    const { path } = this.#options;
    const extension = extname(path);
    const prefix = `${basename(path, extension)}-`;
    const isOld = (name: string): boolean => {
      const plain = name.endsWith(PACKED) ? name.slice(0, -PACKED.length) : name;
      const stamp = plain.slice(prefix.length, plain.length - extension.length);
      return plain.startsWith(prefix) && plain.endsWith(extension) && STAMP.test(stamp);
    };
    return (await readdir(dirname(path))).filter(isOld).sort().reverse();
  }

  async #prune(): Promise<void> {
    const { path, maxAge, maxBackups } = this.#options;
    for (const [index, name] of (await this.#old()).entries()) {
      const file = join(dirname(path), name);
      const old = maxAge > 0 && Date.now() - (await stat(file)).mtimeMs > maxAge * DAY_MS;
      if (!old && (maxBackups === 0 || index < maxBackups)) continue;
      await rm(file, { force: true });
      await rm(`${file}${PARTIAL}`, { force: true });
    }
  }
}

/** Audit events as lines of a file. In a blocking mode a line is written before the request is answered. */
export function createFileLog(options: FileLogOptions): AuditSink {
  const file = new RotatingFile(options);
  const lineOf = (event: AuditEvent): string | undefined =>
    options.format === 'legacy'
      ? event.legacyLine
      : options.maxEventSize === undefined
        ? event.json
        : event.within(options.maxEventSize);
  if (options.mode !== 'batch')
    return {
      accept(event) {
        const line = lineOf(event);
        try {
          if (line === undefined) throw new Error('event is too large even after truncating');
          file.write(`${line}\n`);
        } catch (error) {
          options.onLost(1, error);
          if (options.mode === 'blocking-strict') throw error;
        }
        return undefined;
      },
      async close() {
        file.close();
        await file.settled();
      },
    };
  const queue = new BatchQueue<string>({
    options: { bufferSize: options.bufferSize, maxBatchSize: BATCH, maxBatchWaitMs: BATCH_WAIT_MS },
    async write(lines) {
      file.write(`${lines.join('\n')}\n`);
    },
    sizeOf: (line) => line.length,
    onLost: options.onLost,
  });
  return {
    accept(event) {
      const line = lineOf(event);
      if (line === undefined) options.onLost(1, new Error('event is too large even after truncating'));
      else queue.push(line);
      return undefined;
    },
    async close() {
      await queue.close();
      file.close();
      await file.settled();
    },
  };
}
