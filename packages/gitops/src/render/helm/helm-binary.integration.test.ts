import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HelmBinary } from './helm-binary.ts';
import { runHelm } from './helm-process.ts';

let work = '';

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'gantry-helm-binary-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('a helm that was configured is used, or its absence said', async () => {
  const binary = new HelmBinary({ configured: '/nowhere/helm', cache: work });
  await expect(binary.find()).rejects.toThrow('there is no helm at /nowhere/helm, which was configured');
  const folder = join(work, 'bin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'helm'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await new HelmBinary({ path: folder, cache: work }).find()).toBe(join(folder, 'helm'));
});

test('a helm that prints too much, or takes too long, is ended', async () => {
  const script = (text: string): string => {
    const path = join(mkdtempSync(join(work, 'script-')), 'helm');
    writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return path;
  };
  const home = join(work, 'home');
  await expect(runHelm(script('exec yes'), { args: [], home })).rejects.toThrow(
    'the chart renders to more than 67108864 bytes',
  );
  await expect(runHelm(script('exec sleep 60'), { args: [], home, timeoutMs: 50 })).rejects.toThrow(
    'helm took longer than 0.05 s',
  );
  const env = await runHelm(script('exec env'), { args: [], home });
  expect(env).toContain(`HELM_CACHE_HOME=${home}/cache`);
  expect(env).not.toMatch(/^(USER|DATABASE_URL|NODE_\w+)=/m);
  await expect(runHelm(script('echo no >&2; exit 3'), { args: [], home })).rejects.toThrow('no');
});

test('several processes may unpack the same helm at once', async () => {
  const cache = join(work, 'shared');
  const found = await Promise.all([1, 2, 3].map(() => new HelmBinary({ path: '/nowhere', cache }).find()));
  expect(new Set(found)).toEqual(new Set([join(cache, 'helm')]));
  expect(readdirSync(cache)).toEqual(['helm']);
});
