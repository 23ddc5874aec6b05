import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEncryptionConfiguration } from '@gantry/store/encryption/configuration';
import { encryptedStore, reencrypt } from '@gantry/store/encryption/encrypted-store';
import { Encryption } from '@gantry/store/encryption/encryption';
import { KmsEnvelope } from '@gantry/store/encryption/kms-envelope';
import type { KmsService } from '@gantry/store/encryption/kms-service';
import { createMemoryStore } from '@gantry/store/memory-store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectKms } from './kms-client.ts';
import { startTestKms, type TestKms } from './testing/kms-server.ts';

let folder: string;
let socket: string;
let kms: TestKms;
let client: KmsService;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-'));
  socket = join(folder, 'kms.sock');
  kms = await startTestKms(socket);
  client = connectKms(socket, 3_000);
});
afterEach(async () => {
  client.close();
  kms.close();
  await rm(folder, { recursive: true });
});

it('a service answers in the words of the interface', async () => {
  expect(await client.status()).toEqual({ version: 'v2', healthz: 'ok', keyId: 'one' });
  const plain = randomBytes(32);
  const sealed = await client.encrypt(plain);
  expect(sealed).toMatchObject({
    keyId: 'one',
    annotations: { 'key.example.com': Buffer.from('one') },
  });
  expect(await client.decrypt(sealed)).toEqual(plain);
  await expect(client.decrypt({ ...sealed, keyId: 'two' })).rejects.toThrow('not of the key two');
});

it('a service that is not there is given up on in time', async () => {
  const nobody = connectKms(join(folder, 'nobody.sock'), 100);
  await expect(nobody.status()).rejects.toThrow();
  nobody.close();
});

it('a store is encrypted with keys of the service, and follows it to another key', async () => {
  const inner = createMemoryStore({ busyResources: new Set() });
  const open = async () => {
    const envelopes: KmsEnvelope[] = [];
    const text = JSON.stringify({
      ...{ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'EncryptionConfiguration' },
      resources: [
        {
          resources: ['secrets'],
          providers: [
            { kms: { apiVersion: 'v2', name: 'test', endpoint: `unix://${socket}` } },
            { identity: {} },
          ],
        },
      ],
    });
    const rules = parseEncryptionConfiguration(text, ({ name, socketPath, timeoutMs }) => {
      const envelope = new KmsEnvelope({ name, service: connectKms(socketPath, timeoutMs) });
      envelopes.push(envelope);
      return envelope;
    });
    await Promise.all(envelopes.map((envelope) => envelope.start()));
    const encryption = new Encryption(rules);
    const close = () => {
      for (const envelope of envelopes) envelope.close();
    };
    return { store: encryptedStore(inner, encryption), encryption, envelopes, close };
  };
  const key = { resource: 'secrets', namespace: 'a', name: 's' };
  const first = await open();
  await first.store.write({ op: 'create', key, uid: 's', body: '{"password":"hunter2"}' });
  expect((await inner.get(key))?.body).toMatch(/^k8s:enc:kms:v2:test:[\w-]{16}:[\w-]+\.[\w+/]+=*$/);
  first.close();

  const second = await open();
  kms.calls.length = 0;
  expect((await second.store.get(key))?.body).toBe('{"password":"hunter2"}');
  expect((await second.store.changes(0, 10)).changes[0]?.body).toBe('{"password":"hunter2"}');
  expect(kms.calls).toEqual(['Decrypt']);
  kms.keyId = 'two';
  await second.envelopes[0]?.probe();
  const before = (await inner.get(key))?.body;
  expect(await reencrypt(inner, second.encryption)).toBe(2);
  const after = (await inner.get(key))?.body;
  expect([after?.slice(0, 36) === before?.slice(0, 36), (await second.store.get(key))?.body]).toEqual([
    false,
    '{"password":"hunter2"}',
  ]);
  expect(await reencrypt(inner, second.encryption)).toBe(0);
  second.close();
});
