import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestKms } from '@gantry/server/outbound/testing/kms-server';
import { createMemoryStore } from '@gantry/store/memory-store';
import { expect, it } from 'vitest';
import { openEncryption } from './encryption.ts';

it('uses the keys of a service that the file names, and says whether it is well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'encryption-'));
  const socket = join(folder, 'kms.sock');
  const kms = await startTestKms(socket);
  const file = join(folder, 'encryption.yaml');
  await writeFile(
    file,
    `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
- resources: [secrets]
  providers:
  - kms: {apiVersion: v2, name: test, endpoint: "unix://${socket}", timeout: 2s}
  - identity: {}
`,
  );
  const store = createMemoryStore({ busyResources: new Set() });
  const log = { info: () => undefined, error: () => undefined };
  const opened = await openEncryption(store, { file, reload: false, log });
  const key = { resource: 'secrets', namespace: 'a', name: 's' };
  await opened.store.write({ op: 'create', key, uid: 's', body: '{"a":1}' });
  expect((await store.get(key))?.body).toMatch(/^k8s:enc:kms:v2:test:/);
  expect([opened.isSealed('secrets'), opened.isSealed('pods')]).toEqual([true, false]);
  expect(opened.healthChecks.map(({ name }) => name)).toEqual(['kms-providers']);
  await opened.healthChecks[0]?.check();
  opened.close();
  kms.close();
  // A service that is away does not keep the server from starting; what needs it fails.
  const later = await openEncryption(store, { file, reload: false, log });
  await expect(later.store.get(key)).rejects.toMatchObject({ failure: 'unavailable' });
  await expect(later.healthChecks[0]?.check()).rejects.toThrow('kmsv2 Provider test is not healthy');
  later.close();
  await rm(folder, { recursive: true });
}, 30_000);
