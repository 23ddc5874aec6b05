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

it.each([
  [0o400, 0o440],
  [0o600, 0o640],
  [0o755, 0o755],
])('lets the pod’s group read: %o becomes %o', async (asked, given) => {
  const gid = process.getgid?.() ?? 0;
  const uid = process.getuid?.() ?? 0;
  await writeAtomically(dir, [{ ...file('a', '1'), mode: asked, uid }], { fsGroup: gid });
  const { mode, ...found } = await lstat(join(dir, '..data', 'a'));
  expect([mode & 0o777, found.uid, found.gid]).toEqual([given, uid, gid]);
});
