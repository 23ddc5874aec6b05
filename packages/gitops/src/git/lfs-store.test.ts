import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LfsPointer } from './lfs-pointer.ts';
import { LfsStore } from './lfs-store.ts';

const MAX = 1_000;

let gitdir: string;
let store: LfsStore;
beforeEach(() => {
  gitdir = mkdtempSync(join(tmpdir(), 'gantry-lfs-'));
  store = new LfsStore({ objectBytes: MAX, totalBytes: 2 * MAX });
});
afterEach(() => rmSync(gitdir, { recursive: true, force: true }));

const pointerOf = (content: Buffer): LfsPointer => ({
  oid: createHash('sha256').update(content).digest('hex'),
  size: content.length,
});
const write = (content: Buffer): Promise<void> =>
  store.write(gitdir, pointerOf(content), Readable.from([content]));
const full = (fill: number): Buffer => Buffer.alloc(MAX, fill);

describe('files of a repository', () => {
  test('that come at once have the same limit as one after another', async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => write(full(index))));
    expect(results.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 2 }, () => 'fulfilled'),
      ...Array.from({ length: 4 }, () => 'rejected'),
    ]);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 507 });
  });

  test('count once, however often they are sent, and not when they could not be stored', async () => {
    await Promise.all([write(full(1)), write(full(1))]);
    await write(full(1));
    await expect(store.write(gitdir, pointerOf(full(2)), Readable.from([full(3)]))).rejects.toThrow(
      'is not the file that its id stands for',
    );
    rmSync(join(gitdir, 'lfs/incoming'), { recursive: true });
    writeFileSync(join(gitdir, 'lfs/incoming'), 'no folder');
    await expect(write(full(2))).rejects.toThrow('EEXIST');
    rmSync(join(gitdir, 'lfs/incoming'));
    await write(full(2));
    await expect(write(full(4))).rejects.toThrow('together');
  });

  test('that are damaged are told of, and can be uploaded again', async () => {
    const content = full(1);
    const pointer = pointerOf(content);
    await write(content);
    const path = join(gitdir, 'lfs/objects', pointer.oid.slice(0, 2), pointer.oid.slice(2, 4), pointer.oid);
    writeFileSync(path, full(9));
    await expect(store.contents(gitdir, [pointer])).rejects.toThrow('damaged');
    expect(await store.sizeOf(gitdir, pointer.oid)).toBeUndefined();
    await write(content);
    await write(full(2));
    expect(await store.contents(gitdir, [pointer])).toEqual([content]);
    expect(readFileSync(join(gitdir, 'lfs/bad', pointer.oid))).toEqual(full(9));
  });
});
