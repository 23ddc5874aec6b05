import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeStore } from '../conformance.ts';
import { createMemoryStore } from '../memory-store.ts';
import type { Store } from '../port.ts';
import { parseEncryptionConfiguration, type Rule } from './configuration.ts';
import { encryptedStore, reencrypt } from './encrypted-store.ts';
import { Encryption } from './encryption.ts';

const key = (name: string, bytes = 32) => ({ name, secret: randomBytes(bytes).toString('base64') });
const [one, two, three] = [key('one'), key('two', 16), key('three')];

const rules = (resources: string[], ...providers: unknown[]): readonly Rule[] =>
  parseEncryptionConfiguration(
    JSON.stringify({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'EncryptionConfiguration',
      resources: [{ resources, providers }],
    }),
  );
const gcm = (...keys: unknown[]) => ({ aesgcm: { keys } });
const busyResources = new Set(['nodes', 'leases.coordination.k8s.io']);
const memory = (): Store => createMemoryStore({ busyResources });

const secret = (name: string) => ({ resource: 'secrets', namespace: 'a', name });
const create = (store: Store, name: string, body: string) =>
  store.write({ op: 'create', key: secret(name), uid: name, body });

describeStore('encrypted memory store', async () =>
  encryptedStore(memory(), new Encryption(rules(['*.*'], gcm(one)))),
);

describe('encryption at rest', () => {
  it.each([
    ['aesgcm', gcm(one)],
    ['aescbc', { aescbc: { keys: [two] } }],
    ['secretbox', { secretbox: { keys: [three] } }],
  ])('hides bodies with %s, and those of the named resources only', async (mark, provider) => {
    const inner = memory();
    const store = encryptedStore(inner, new Encryption(rules(['secrets'], provider)));
    await create(store, 's', '{"password":"hunter2"}');
    const plain = { resource: 'pods', namespace: 'a', name: 'p' };
    await store.write({ op: 'create', key: plain, uid: 'p', body: '{"plain":1}' });
    const lies = await inner.get(secret('s'));
    expect(lies?.body).toMatch(new RegExp(`^k8s:enc:${mark}:v1:\\w+:[A-Za-z0-9+/]+=*$`));
    expect((await inner.get(plain))?.body).toBe('{"plain":1}');
    expect((await store.get(secret('s')))?.body).toBe('{"password":"hunter2"}');
  });

  it('is not fooled by the data of another object, nor by changed data', async () => {
    const inner = memory();
    const store = encryptedStore(inner, new Encryption(rules(['secrets'], gcm(one))));
    await create(store, 'a', '{"a":1}');
    const lies = (await inner.get(secret('a')))?.body ?? '';
    await create(inner, 'b', lies);
    await create(inner, 'c', `${lies.slice(0, -6)}AAAAA=`);
    await expect(store.get(secret('b'))).rejects.toThrow("secrets/a/b can't be decrypted");
    await expect(store.get(secret('c'))).rejects.toMatchObject({ failure: 'unreadable' });
  });

  it('rotates keys: the first writes, all read, and what lies there follows, the log included', async () => {
    const inner = memory();
    const encryption = new Encryption(rules(['secrets'], { identity: {} }, gcm(one)));
    const store = encryptedStore(inner, encryption);
    await create(store, 'a', '{"a":1}');
    const before = await inner.get(secret('a'));
    expect(before?.body).toBe('{"a":1}');
    encryption.replace(rules(['secrets'], gcm(one), { identity: {} }));
    expect((await store.get(secret('a')))?.body).toBe('{"a":1}');
    expect(await reencrypt(store, encryption)).toBe(2);
    encryption.replace(rules(['secrets'], gcm(two, one)));
    const written = await store.write({ op: 'update', key: secret('a'), expected: 2, body: '{"a":2}' });
    expect(written.ok).toBe(true);
    expect(await reencrypt(store, encryption)).toBe(2);
    encryption.replace(rules(['secrets'], gcm(two)));
    const { changes } = await inner.changes(0, 10);
    const texts = changes.flatMap(({ body, previousBody }) => [body, previousBody ?? body]);
    for (const text of texts) expect(text).toMatch(/^k8s:enc:aesgcm:v1:two:/);
    expect((await store.changes(0, 10)).changes).toMatchObject([
      { body: '{"a":1}' },
      { body: '{"a":2}', previousBody: '{"a":1}' },
    ]);
    expect(await reencrypt(store, encryption)).toBe(0);
    encryption.replace(rules(['secrets'], gcm(three)));
    await expect(store.get(secret('a'))).rejects.toThrow('no matching prefix found');
    encryption.replace(rules(['secrets'], { identity: {} }, gcm(two)));
    await reencrypt(store, encryption);
    expect((await inner.get(secret('a')))?.body).toBe('{"a":2}');
  });
});
