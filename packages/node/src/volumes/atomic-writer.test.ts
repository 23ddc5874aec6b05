import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeAtomically } from './atomic-writer.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-writer-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});
const file = (path: string, text: string) => ({ path, mode: 0o640, data: Buffer.from(text) });

it('shows files through one link and replaces them all at once', async () => {
  expect(await writeAtomically(dir, [file('a', '1'), file('sub/b', '2')])).toBe(true);
  expect(await readlink(join(dir, 'a'))).toBe('..data/a');
  expect(await readFile(join(dir, 'sub/b'), 'utf8')).toBe('2');
  expect((await lstat(join(dir, '..data', 'a'))).mode & 0o777).toBe(0o640);
  const before = await readlink(join(dir, '..data'));
  expect(await writeAtomically(dir, [file('a', '1'), file('sub/b', '2')])).toBe(false);
  expect(await readlink(join(dir, '..data'))).toBe(before);
  expect(await writeAtomically(dir, [file('a', 'new')])).toBe(true);
  expect(await readFile(join(dir, 'a'), 'utf8')).toBe('new');
  const names = await readdir(dir);
  expect(names.filter((name) => !name.startsWith('..'))).toEqual(['a']);
  expect(names).toHaveLength(3);
});

it('stays within the folder', async () => {
  for (const path of ['../x', '/etc/x', 'a/../../x', '..data', '']) {
    await expect(writeAtomically(dir, [file(path, 'x')])).rejects.toThrow('invalid path');
  }
  expect(await readdir(dir)).toEqual([]);
});

it('lets the pod’s group read what the owner may', async () => {
  const gid = process.getgid?.() ?? 0;
  const uid = process.getuid?.() ?? 0;
  await writeAtomically(dir, [{ ...file('a', '1'), mode: 0o400 }], { fsGroup: gid, uid });
  expect((await lstat(join(dir, '..data', 'a'))).mode & 0o777).toBe(0o440);
});
