import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LfsPointer } from './lfs-pointer.ts';
import { GitError } from './tree.ts';
import { Turns } from './turns.ts';

export interface LfsLimits {
  /** Of one file. */
  readonly objectBytes: number;
  /** Of all files of a repository. */
  readonly totalBytes: number;
}

export const LFS_LIMITS: LfsLimits = { objectBytes: 1 << 30, totalBytes: 10 * 2 ** 30 };
/** What an upload that was cut off left. */
const LEFTOVER_MS = 24 * 3_600_000;

/** Why an upload is not taken, with the HTTP status that says so. */
export class LfsRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Total {
  bytes: number;
}

/** Files of Git LFS of hosted repositories: `GITDIR/lfs/objects/ab/cd/OID`, where Git LFS itself would have them. */
export class LfsStore {
  readonly #limits: LfsLimits;
  /** Bytes of each repository, those that are coming in included. */
  readonly #totals = new Map<string, Promise<Total>>();
  readonly #turns = new Turns();

  constructor(limits = LFS_LIMITS) {
    this.#limits = limits;
  }

  /** Size of a file; undefined when it isn't there. */
  async sizeOf(gitdir: string, oid: string): Promise<number | undefined> {
    const found = await stat(pathOf(gitdir, oid)).catch(() => undefined);
    return found?.isFile() === true ? found.size : undefined;
  }

  read(gitdir: string, oid: string): ReadStream {
    return createReadStream(pathOf(gitdir, oid));
  }

  /** Contents of pointers in their order, each checked by its hash. Throws GitError. */
  async contents(gitdir: string, pointers: readonly LfsPointer[]): Promise<readonly Buffer[]> {
    const contents: Buffer[] = [];
    for (const { oid, size } of pointers) {
      const stored = await this.sizeOf(gitdir, oid);
      // What was counted on is what is read.
      if (stored !== undefined && stored !== size)
        throw new GitError(`its pointer says ${size} bytes, and it has ${stored}`);
      const content = await readFile(pathOf(gitdir, oid)).catch(() => undefined);
      if (content === undefined)
        throw new GitError('its content was not uploaded: run git lfs push --all with this address');
      if (createHash('sha256').update(content).digest('hex') !== oid) {
        await this.#setAside(gitdir, { oid, size });
        throw new GitError('what is stored of it is damaged: run git lfs push --all with this address');
      }
      contents.push(content);
    }
    return contents;
  }

  /** Why a file would not be taken; undefined when it would. */
  async whyRefused(gitdir: string, pointer: LfsPointer): Promise<LfsRefusal | undefined> {
    return this.#refusalOf(pointer, await this.#total(gitdir));
  }

  #refusalOf({ size }: LfsPointer, total: Total): LfsRefusal | undefined {
    const { objectBytes, totalBytes } = this.#limits;
    if (size > objectBytes)
      return new LfsRefusal(413, `the file has ${size} bytes: at most ${objectBytes} are kept`);
    if (total.bytes + size > totalBytes)
      return new LfsRefusal(507, `files of Git LFS of a repository may have ${totalBytes} bytes together`);
    return undefined;
  }

  /** Takes a file in: all of it, on the disk and as its hash says, or none of it. Throws LfsRefusal. */
  async write(gitdir: string, pointer: LfsPointer, content: Readable): Promise<void> {
    const total = await this.#total(gitdir);
    // Looked at and taken in one breath: of many uploads at once those that are too much are told.
    const refusal = this.#refusalOf(pointer, total);
    if (refusal !== undefined) throw refusal;
    total.bytes += pointer.size;
    let isKept = false;
    const incoming = join(gitdir, 'lfs/incoming');
    const temporary = join(incoming, `${pointer.oid}.${randomUUID()}`);
    try {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      await removeLeftovers(incoming);
      await receive(content, temporary, pointer);
      isKept = await this.#keep(gitdir, pointer.oid, temporary);
    } finally {
      if (!isKept) total.bytes -= pointer.size;
      // What stays goes with the leftovers; why it could not be stored is what has to be told.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** Returns whether it is new: two may have sent the same at once. */
  #keep(gitdir: string, oid: string, temporary: string): Promise<boolean> {
    return this.#turns.take(gitdir, async () => {
      if ((await this.sizeOf(gitdir, oid)) !== undefined) return false;
      const target = pathOf(gitdir, oid);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(temporary, target);
      return true;
    });
  }

  /** As `git lfs fsck` does: while it lay there, nobody would be asked to upload it again. */
  async #setAside(gitdir: string, { oid, size }: LfsPointer): Promise<void> {
    const total = await this.#total(gitdir);
    await this.#turns.take(gitdir, async () => {
      const bad = join(gitdir, 'lfs/bad');
      await mkdir(bad, { recursive: true, mode: 0o700 });
      await rename(pathOf(gitdir, oid), join(bad, oid)).then(
        () => (total.bytes -= size),
        // Another reader was faster, or the disk is read-only: what matters is told in any case.
        () => undefined,
      );
    });
  }

  #total(gitdir: string): Promise<Total> {
    const count = async () => ({ bytes: await countBytes(join(gitdir, 'lfs/objects')) });
    const known = this.#totals.get(gitdir) ?? count();
    this.#totals.set(gitdir, known);
    return known;
  }
}

const pathOf = (gitdir: string, oid: string): string =>
  join(gitdir, 'lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid);

async function receive(content: Readable, path: string, { oid, size }: LfsPointer): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    content,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > size) throw new LfsRefusal(422, `more than the ${size} bytes that were announced came`);
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  if (bytes !== size || hash.digest('hex') !== oid)
    throw new LfsRefusal(422, 'what came is not the file that its id stands for');
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function countBytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let total = 0;
  for (const file of files)
    if (file.isFile())
      total += (await stat(join(file.parentPath, file.name)).catch(() => undefined))?.size ?? 0;
  return total;
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < Date.now() - LEFTOVER_MS) await rm(path, { force: true });
  }
}
