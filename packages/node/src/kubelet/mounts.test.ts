import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { containerMounts } from './mounts.ts';
import { testPod } from './testing.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-mounts-'));
  await mkdir(join(dir, 'volume'));
  await mkdir(join(dir, 'host'));
  await symlink(join(dir, 'host'), join(dir, 'volume', 'out'));
  await symlink(join(dir, 'new'), join(dir, 'volume', 'dangling'));
});
afterEach(() => rm(dir, { recursive: true }));

const hostPath = async (subPath: string) => {
  const container = { name: 'a', volumeMounts: [{ name: 'v', mountPath: '/v', subPath }] };
  const mounts = await containerMounts({
    ...{ pod: testPod({ containers: [container] }), container, attempt: 0, podDir: join(dir, 'pod') },
    ...{ environment: new Map(), podIps: [], clusterDomain: 'cluster.local' },
    volumes: new Map([['v', { path: join(dir, 'volume'), readOnly: false }]]),
  });
  return mounts[0]?.hostPath;
};

it('makes a part of a volume that is missing', async () => {
  expect(await hostPath('a/b')).toBe(join(dir, 'volume', 'a', 'b'));
  expect(existsSync(join(dir, 'volume', 'a', 'b'))).toBe(true);
});

it('follows no link that leads out, and makes nothing there', async () => {
  await expect(hostPath('out')).rejects.toThrow('it leaves the volume');
  await expect(hostPath('out/a/b')).rejects.toThrow('it leaves the volume');
  await expect(hostPath('dangling/a')).rejects.toThrow();
  expect([existsSync(join(dir, 'host', 'a')), existsSync(join(dir, 'new'))]).toEqual([false, false]);
});
