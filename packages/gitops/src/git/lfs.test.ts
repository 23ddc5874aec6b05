import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepLfs } from './lfs.ts';

const contents = Array.from({ length: 40 }, (_, index) => Buffer.alloc(100, index));
const oidOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

test('contents are kept by many at once, no more than fit, and none of it is an error', async () => {
  const root = await mkdtemp(join(tmpdir(), 'gantry-lfs-'));
  const folder = join(root, 'lfs');
  try {
    await Promise.all(contents.map((content) => keepLfs(folder, oidOf(content), content, 1_000)));
    const last = Buffer.from('the last one');
    await keepLfs(folder, oidOf(last), last, 1_000);
    const kept = await readdir(folder);
    expect(kept).toContain(oidOf(last));
    expect(kept.length).toBeLessThanOrEqual(10);
    // The clone goes meanwhile.
    await Promise.all([
      ...contents.map((content) => keepLfs(folder, oidOf(content), content, 1_000)),
      rm(root, { recursive: true, force: true, maxRetries: 10 }),
    ]);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
