import { describe, expect, it } from 'vitest';
import { describeStore } from '../conformance.ts';
import { createMemoryStore } from '../memory-store.ts';
import { parseEncryptionConfiguration } from './configuration.ts';
import { encryptedStore, reencrypt } from './encrypted-store.ts';
import { Encryption } from './encryption.ts';
import { KmsEnvelope } from './kms-envelope.ts';
import type { KmsService, KmsStatus } from './kms-service.ts';

/** Keeps what it is given under a number. */
class Vault implements KmsService {
  readonly held: Buffer[] = [];
  asked = 0;
  keyId = 'one';
  state: Partial<KmsStatus> = {};
  away = false;

  async status(): Promise<KmsStatus> {
    this.#reach();
    return { version: 'v2', healthz: 'ok', keyId: this.keyId, ...this.state };
  }
  async encrypt(plaintext: Buffer) {
    this.#reach();
    const ciphertext = Buffer.from(String(this.held.push(plaintext) - 1));
    return { ciphertext, keyId: this.keyId, annotations: {} };
  }
  async decrypt({ ciphertext }: { readonly ciphertext: Buffer }) {
    this.#reach();
    this.asked++;
    return this.held[Number(ciphertext)] ?? Buffer.alloc(0);
  }
  close(): void {}
  #reach(): void {
    if (this.away) throw new Error('away');
  }
}

const context = Buffer.from('secrets/a/b');
const text = (...kms: object[]): string =>
  JSON.stringify({
    ...{ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'EncryptionConfiguration' },
    resources: [{ resources: ['*.*'], providers: [...kms.map((one) => ({ kms: one })), { identity: {} }] }],
  });
const named = { apiVersion: 'v2', name: 'vault', endpoint: 'unix:///run/vault.sock' };

async function encryptionOf(vault: Vault): Promise<Encryption> {
  const envelope = new KmsEnvelope({ name: 'vault', service: vault });
  const rules = parseEncryptionConfiguration(text(named), () => envelope);
  await envelope.start();
  envelope.close();
  return new Encryption(rules);
}

describeStore('store with keys of a service', async () =>
  encryptedStore(
    createMemoryStore({ busyResources: new Set(['nodes', 'leases.coordination.k8s.io']) }),
    await encryptionOf(new Vault()),
  ),
);

describe('a key management service', () => {
  it('is asked once for each seed, by who did not make it', async () => {
    const vault = new Vault();
    const inner = createMemoryStore({ busyResources: new Set() });
    const writer = encryptedStore(inner, await encryptionOf(vault));
    const key = (name: string) => ({ resource: 'secrets', namespace: 'a', name });
    for (const name of ['a', 'b'])
      await writer.write({ op: 'create', key: key(name), uid: name, body: `{"n":"${name}"}` });
    expect((await writer.get(key('a')))?.body).toBe('{"n":"a"}');
    expect(vault.asked).toBe(0);
    const encryption = await encryptionOf(vault);
    const reader = encryptedStore(inner, encryption);
    vault.away = true;
    await expect(reader.get(key('a'))).rejects.toMatchObject({
      failure: 'unavailable',
      message: 'failed to decrypt DEK, error: away',
    });
    vault.away = false;
    const rows = [];
    for await (const chunk of (await reader.snapshot()).rows) rows.push(...chunk);
    expect(rows.map(({ body }) => body)).toEqual(['{"n":"a"}', '{"n":"b"}']);
    expect(vault.asked).toBe(1);
    expect(await reencrypt(inner, encryption)).toBe(0);
  });

  it('that is not well stops writes after a while, and not reads', async () => {
    const vault = new Vault();
    let now = 0;
    const envelope = new KmsEnvelope({ name: 'vault', service: vault, now: () => now });
    expect(() => envelope.seal('{}', context)).toThrow('did not say for too long');
    await envelope.probe();
    const sealed = envelope.seal('{"a":1}', context);
    vault.away = true;
    expect((await envelope.probe())?.message).toBe('kmsv2 Provider vault is not healthy, error: away');
    now = 3 * 60_000;
    envelope.seal('{}', context);
    now += 1;
    expect(() => envelope.seal('{}', context)).toThrow(expect.objectContaining({ failure: 'unavailable' }));
    expect(envelope.open(sealed, context)).toBe('{"a":1}');
    vault.away = false;
    await envelope.probe();
    envelope.seal('{}', context);
  });

  it('says whether it is well, and is not asked all the time', async () => {
    const vault = new Vault();
    let now = 0;
    const envelope = new KmsEnvelope({ name: 'vault', service: vault, now: () => now });
    await envelope.healthy();
    vault.away = true;
    await envelope.healthy();
    now = 20_000;
    await expect(envelope.healthy()).rejects.toThrow('kmsv2 Provider vault is not healthy, error: away');
    vault.away = false;
    await expect(envelope.healthy()).rejects.toThrow('away');
    now += 3_000;
    await envelope.healthy();
  });

  it('tells of another key, after which what is written has another mark', async () => {
    const vault = new Vault();
    let rotated = 0;
    const onRotate = () => {
      rotated++;
    };
    const envelope = new KmsEnvelope({ name: 'vault', service: vault, onRotate });
    await envelope.probe();
    const [mark, sealed] = [envelope.mark(), envelope.seal('{}', context)];
    await envelope.probe();
    expect([rotated, envelope.mark()]).toEqual([0, mark]);
    vault.keyId = 'two';
    await envelope.probe();
    expect(rotated).toBe(1);
    expect(envelope.mark()).not.toBe(mark);
    expect(envelope.open(sealed, context)).toBe('{}');
  });

  it('binds a text to its object', async () => {
    const envelope = new KmsEnvelope({ name: 'vault', service: new Vault() });
    await envelope.probe();
    const sealed = envelope.seal('{}', context);
    expect(() => envelope.open(sealed, Buffer.from('secrets/a/c'))).toThrow();
    expect(() => envelope.open(`${sealed.slice(0, -4)}AAA=`, context)).toThrow();
  });

  it.each([
    [{ healthz: 'tired' }, 'got unexpected healthz status: tired'],
    [{ version: 'v1' }, 'expected KMSv2 API version v2, got v1'],
    [{ keyId: '' }, 'keyID is empty'],
    [{ keyId: 'x'.repeat(1_025) }, 'keyID is 1025 bytes, which exceeds the max size of 1024'],
    [{ keyId: 'other' }, 'the service encrypted with another key than it named'],
  ])('is not well with %j', async (state, words) => {
    const vault = new Vault();
    vault.state = state;
    const envelope = new KmsEnvelope({ name: 'vault', service: vault });
    expect((await envelope.probe())?.message).toContain(words);
  });
});

it.each([
  [{ ...named, name: '' }, 'name is a mandatory field for a provider'],
  [{ ...named, name: 'a:b' }, "invalid KMS provider name a:b, must not contain ':'"],
  [
    { ...named, endpoint: 'https://x' },
    'unsupported scheme "https" for KMS provider, only unix is supported',
  ],
  [{ ...named, timeout: '0s' }, 'timeout should be a positive value'],
  [{ ...named, apiVersion: undefined }, 'KMSv1 is deprecated'],
  [{ ...named, apiVersion: 'v3' }, 'only v1 and v2 are supported'],
  [{ ...named, cachesize: 5 }, 'cachesize is not supported in v2'],
])('a configuration says what is wrong with %j', (kms, words) => {
  expect(() => parseEncryptionConfiguration(text(kms), () => expect.fail('opened'))).toThrow(words);
});

it('a name stands once', () => {
  const envelope = new KmsEnvelope({ name: 'vault', service: new Vault() });
  expect(() => parseEncryptionConfiguration(text(named, named), () => envelope)).toThrow(
    'resources[0].providers[1].kms.name: Invalid value: "vault": duplicate KMS provider name vault, names must be unique',
  );
});
