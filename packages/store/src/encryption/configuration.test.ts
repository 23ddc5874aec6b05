import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseEncryptionConfiguration } from './configuration.ts';

const secret = randomBytes(32).toString('base64');
const whole = (resources: unknown): string =>
  JSON.stringify({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources,
  });
const one = (resources: unknown, ...providers: unknown[]): string => whole([{ resources, providers }]);
const gcm = { aesgcm: { keys: [{ name: 'a', secret }] } };

describe('encryption configuration', () => {
  it('reads rules in order, one provider a key', () => {
    const rules = parseEncryptionConfiguration(
      one(
        ['secrets', '*.apps'],
        { aescbc: { keys: [{ name: 'b', secret }] } },
        {
          aesgcm: {
            keys: [
              { name: 'new', secret },
              { name: 'old', secret },
            ],
          },
        },
        { identity: {} },
      ),
    );
    expect(rules.map(({ masks, providers }) => [masks, providers.map(({ prefix }) => prefix)])).toEqual([
      [
        ['secrets', '*.apps'],
        ['k8s:enc:aescbc:v1:b:', 'k8s:enc:aesgcm:v1:new:', 'k8s:enc:aesgcm:v1:old:', ''],
      ],
    ]);
  });

  it.each([
    ['', 'give one EncryptionConfiguration'],
    [whole([]), 'resources: Required value: at least one resources is required'],
    [one([], gcm), 'resources[0].resources: Required value: at least one resources[0].resources is required'],
    [one(['secrets']), 'resources[0].providers: Required value'],
    [one(['*'], gcm), "use '*.' to encrypt all the resources from core API group"],
    [one(['Secrets'], gcm), 'resource name should not contain capital letters'],
    [one(['pods.*'], gcm), 'encrypting the same resource across groups is not supported'],
    [one(['secrets', '*.'], gcm), 'using overlapping resources'],
    [one(['secrets', 'secrets'], gcm), 'the same resource cannot be specified multiple times'],
    [one(['secrets'], { ...gcm, identity: {} }), 'more than one provider specified in a single element'],
    [one(['secrets'], { aesgcm: { keys: [] } }), 'resources[0].providers[0].aesgcm.keys: Required value'],
    [
      one(['secrets'], { aesgcm: { keys: [{ name: 'a', secret: 'AAAA' }] } }),
      'resources[0].providers[0].aesgcm.keys[0].secret: Invalid value: "REDACTED": secret is not of the expected length, got 3, expected one of [16 24 32]',
    ],
    [one(['secrets'], { aesgcm: { keys: [{ name: 'a', secret: '%' }] } }), 'secrets must be base64 encoded'],
    [
      whole([
        { resources: ['*.*'], providers: [gcm] },
        { resources: ['secrets'], providers: [gcm] },
      ]),
      'resource "secrets" is masked by earlier rule "*.*"',
    ],
  ])('refuses %s', (text, reason) => {
    expect(() => parseEncryptionConfiguration(text)).toThrow(reason);
  });
});
