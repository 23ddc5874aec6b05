import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pod } from '@gantry/api/generated/types';
import { expect, it } from 'vitest';
import type { ContainerStats } from '../cri/types.ts';
import { CONTAINER_NAME, POD_UID } from './labels.ts';
import { diskUse, hasStorageLimit, storageExcess } from './local-storage.ts';
import { testPod } from './testing.ts';

const MIB = 2 ** 20;
const limited = (name: string, limit: string): Pod['spec']['containers'][0] => ({
  name,
  resources: { limits: { 'ephemeral-storage': limit } },
});
const stats = (name: string, bytes: number): ContainerStats => ({
  attributes: { id: name, metadata: null, labels: { [POD_UID]: 'u', [CONTAINER_NAME]: name } },
  cpu: null,
  memory: null,
  writableLayer: { timestamp: '', usedBytes: { value: String(bytes) }, inodesUsed: null },
});
const folders = { podDir: '/pods/u', logsDir: '/logs' };
/** Logs take a byte, volumes 8 MiB. */
const used = async (folder: string): Promise<number> => (folder.startsWith('/logs/') ? 1 : 8 * MIB);
const two = testPod({ containers: [limited('a', '1Mi'), limited('b', '5Mi')] });
const scratch = (emptyDir: { sizeLimit?: string; medium?: string }): Pod =>
  testPod({ containers: [{ name: 'a' }], volumes: [{ name: 'v', emptyDir }] });

it.each<[string, Pod, ContainerStats[], string | undefined]>([
  ['all is well', two, [stats('a', 1000), stats('b', 4 * MIB)], undefined],
  [
    'a container wrote too much',
    two,
    [stats('a', MIB)],
    'Container a exceeded its local ephemeral storage limit "1Mi". ',
  ],
  [
    'the pod wrote too much',
    two,
    [stats('a', 1000), stats('b', 6 * MIB)],
    'Pod ephemeral local storage usage exceeds the total limit of containers 6Mi. ',
  ],
  [
    'a volume is over its limit',
    scratch({ sizeLimit: '1Mi' }),
    [],
    'Usage of EmptyDir volume "v" exceeds the limit "1Mi". ',
  ],
  ['a volume has no limit', scratch({}), [], undefined],
  ['a volume is in memory', scratch({ sizeLimit: '1Mi', medium: 'Memory' }), [], undefined],
  ['it is critical', testPod({ ...two.spec, priority: 2_000_000_000 }), [stats('a', MIB)], undefined],
])('%s', async (_, pod, written, expected) => {
  expect(await storageExcess(pod, written, folders, used)).toBe(expected);
});

it('looks only where there is a limit', () => {
  expect([two, scratch({ sizeLimit: '1Mi' }), scratch({})].map(hasStorageLimit)).toEqual([true, true, false]);
});

it('measures a folder though a file goes meanwhile, over which `du` fails', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gantry-du-'));
  const path = process.env.PATH;
  try {
    await writeFile(join(dir, 'du'), '#!/bin/sh\nprintf "8192\\t%s\\n" "$4"\nexit 1\n', { mode: 0o755 });
    process.env.PATH = `${dir}:${path}`;
    expect(await diskUse('/tmp')).toBe(8192);
  } finally {
    process.env.PATH = path;
    await rm(dir, { recursive: true });
  }
  expect(await diskUse(join(dir, 'gone'))).toBe(0);
});
