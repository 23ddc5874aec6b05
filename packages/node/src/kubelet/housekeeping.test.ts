import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cri } from '../cri/port.ts';
import { collectContainers, rotateLogs } from './housekeeping.ts';
import { testContainer, testRuntime, testSandbox } from './testing.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-rotate-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

describe('container logs', () => {
  const path = () => join(dir, '0.log');
  const runtime = () => testRuntime([{ ...testContainer('c', 'CONTAINER_RUNNING'), logPath: path() }]);
  const reopens = { reopenContainerLog: () => writeFile(path(), '') } as unknown as Cri;

  it('are left alone below their size', async () => {
    await writeFile(path(), 'small');
    await rotateLogs(reopens, [runtime()]);
    expect(await readdir(dir)).toEqual(['0.log']);
  });

  it('are renamed when they are large; five files stay, the newest', async () => {
    for (const day of ['01', '02', '03', '04', '05']) {
      await writeFile(join(dir, `0.log.202601${day}-000000`), day);
    }
    await writeFile(join(dir, '1.log.20260101-000000'), 'of another attempt');
    await writeFile(path(), 'full');
    await truncate(path(), 10 << 20);
    await rotateLogs(reopens, [runtime()]);
    const files = (await readdir(dir)).sort();
    expect(files).toHaveLength(6);
    expect(files).not.toContain('0.log.20260102-000000');
    expect(files).toContain('0.log.20260103-000000');
    expect(files).toContain('1.log.20260101-000000');
    expect(await readFile(path(), 'utf8')).toBe('');
  });

  it('get their name back when the runtime can not reopen them', async () => {
    await writeFile(path(), 'full');
    await truncate(path(), 10 << 20);
    const refuses = { reopenContainerLog: () => Promise.reject(new Error('no')) } as unknown as Cri;
    await rotateLogs(refuses, [runtime()]);
    expect(await readdir(dir)).toEqual(['0.log']);
  });
});

it('removes dead containers with all their logs, and replaced sandboxes that hold nothing', async () => {
  const removed: string[] = [];
  const cri = {
    removeContainer: async (id: string) => void removed.push(id),
    removePodSandbox: async (id: string) => void removed.push(id),
  } as unknown as Cri;
  await writeFile(join(dir, '0.log'), '');
  await writeFile(join(dir, '0.log.20260101-000000'), '');
  const containers = [2, 1, 0].map((attempt) => ({
    ...testContainer('c', 'CONTAINER_EXITED', { attempt }),
    logPath: join(dir, `${attempt}.log`),
  }));
  const sandboxes = [testSandbox('SANDBOX_READY', 2), testSandbox('SANDBOX_NOTREADY', 1)];
  await collectContainers(cri, [testRuntime(containers, sandboxes)]);
  expect(removed).toContain('c-0');
  expect(removed).not.toContain('c-1');
  expect(await readdir(dir)).toEqual([]);
});
