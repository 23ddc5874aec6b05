import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadAdmissionConfig } from './admission-config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'admission-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(name: string, configuration: object) {
  const file = join(folder, 'admission.json');
  await writeFile(
    file,
    JSON.stringify({
      ...{ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AdmissionConfiguration' },
      plugins: [{ name, path: 'plugin.json' }],
    }),
  );
  await writeFile(join(folder, 'plugin.json'), JSON.stringify(configuration));
  return loadAdmissionConfig(file);
}

it('holds what optional plugins need', async () => {
  const limit = { type: 'User', qps: 5, burst: 10 };
  expect(await load('EventRateLimit', { limits: [limit] })).toEqual({
    eventLimits: [{ ...limit, cacheSize: 0 }],
  });
  const imagePolicy = { kubeConfigFile: 'kubeconfig', allowTTL: 60, denyTTL: -1, defaultAllow: true };
  expect(await load('ImagePolicyWebhook', { imagePolicy })).toEqual({
    imagePolicy: {
      ...{ kubeConfigFile: join(folder, 'kubeconfig'), allowMs: 60_000, denyMs: 0, retryMs: 500 },
      defaultAllow: true,
    },
  });
  const toleration = { key: 'a', operator: 'Exists' };
  expect(await load('PodTolerationRestriction', { default: [toleration] })).toEqual({
    podTolerations: { default: [toleration], whitelist: [] },
  });
});

it.each([
  ['EventRateLimit', {}, 'limits: Invalid value: null: must not be empty'],
  ['EventRateLimit', { limits: [{ type: 'X', qps: 1, burst: 1 }] }, 'limits[0].type: Unsupported value: "X"'],
  [
    'EventRateLimit',
    { limits: [{ type: 'Server', qps: 1, burst: 0 }] },
    'limits[0].burst: Invalid value: 0: must be positive',
  ],
  ['ImagePolicyWebhook', {}, 'imagePolicy.kubeConfigFile: Required value'],
  ['ImagePolicyWebhook', { imagePolicy: { kubeConfigFile: 'x', allowTTL: 9999 } }, 'valid value is between'],
  [
    'PodTolerationRestriction',
    { whitelist: [{ key: 'a', operator: 'Exists', value: 'b' }] },
    'podtolerationrestriction.whitelist[0].operator',
  ],
])('of %s names what is wrong with %j', async (name, configuration, words) => {
  await expect(load(name, configuration)).rejects.toThrow(words);
});
