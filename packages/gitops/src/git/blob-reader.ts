import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { GIT_ENVIRONMENT } from './command.ts';

const READERS_MAX = 16;
const IDLE_MS = 5_000;
const ANSWER_MS = 30_000;
const NEWLINE = 10;

interface Wanted {
  readonly resolve: (content: Buffer | undefined) => void;
}

/**
 * One `git cat-file --batch` that answers many: to start a process costs more than to read a manifest. It ends by itself
 * when nobody asked for a while.
 */
class Reader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #wanted: Wanted[] = [];
  #received: Buffer[] = [];
  #size = 0;
  /** Bytes that the answer at the front needs, once its first line is there. */
  #need = 0;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(repository: string, ended: () => void) {
    this.#child = spawn('git', ['cat-file', '--batch'], {
      cwd: repository,
      env: { ...GIT_ENVIRONMENT },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const end = (): void => {
      if (this.#ended) return;
      this.#ended = true;
      clearTimeout(this.#timer);
      ended();
      this.#child.kill('SIGKILL');
      for (const { resolve } of this.#wanted.splice(0)) resolve(undefined);
    };
    this.end = end;
    this.#child.once('error', end);
    this.#child.once('close', end);
    this.#child.stdin.on('error', end);
    this.#child.stderr.resume();
    this.#child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#child.unref();
    this.#wait();
  }

  /** Ends it at once. */
  readonly end: () => void;

  /** Contents of a blob; undefined when it can't be read this way. */
  read(oid: string): Promise<Buffer | undefined> {
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#wanted.push({ resolve });
      this.#wait();
      this.#child.stdin.write(`${oid}\n`);
    });
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.end, this.#wanted.length > 0 ? ANSWER_MS : IDLE_MS).unref();
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#size += chunk.length;
    while (this.#wanted.length > 0 && this.#size > 0 && this.#size >= this.#need && this.#answer());
    this.#wait();
  }

  /** Gives out the answer at the front: `OID TYPE SIZE\n` and the content and `\n`. False when more has to come. */
  #answer(): boolean {
    const all = this.#received.length === 1 ? (this.#received[0] as Buffer) : Buffer.concat(this.#received);
    this.#received = [all];
    const end = all.indexOf(NEWLINE);
    if (end < 0) return false;
    const [, type, size] = all.toString('latin1', 0, end).split(' ');
    const length = Number(size ?? 0);
    const isThere = size !== undefined;
    this.#need = isThere ? end + 1 + length + 1 : end + 1;
    if (this.#size < this.#need) return false;
    const content = type === 'blob' ? Buffer.from(all.subarray(end + 1, end + 1 + length)) : undefined;
    const rest = all.subarray(this.#need);
    this.#received = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
    this.#need = 0;
    this.#wanted.shift()?.resolve(content);
    return this.#wanted.length > 0;
  }
}

/** By path of the repository. Oldest use first. */
const readers = new Map<string, Reader>();

/** Contents of blobs of a bare repository; undefined when one of them can't be read like this. */
export async function readBlobs(repository: string, oids: readonly string[]): Promise<Buffer[] | undefined> {
  const known = readers.get(repository);
  const reader: Reader =
    known ??
    new Reader(repository, () => {
      if (readers.get(repository) === reader) readers.delete(repository);
    });
  readers.delete(repository);
  readers.set(repository, reader);
  if (readers.size > READERS_MAX) [...readers.values()][0]?.end();
  const contents = await Promise.all(oids.map((oid) => reader.read(oid)));
  const found = contents.filter((content) => content !== undefined);
  if (found.length === oids.length) return found;
  // It may look at a repository that was removed and made again since.
  reader.end();
  return undefined;
}
