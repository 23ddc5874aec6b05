import { randomBytes } from 'node:crypto';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeStore } from '../conformance.ts';
import type { Store } from '../port.ts';
import { openPostgresStore } from '../postgres-store.ts';
import { startTestPostgres, type TestPostgres } from '../testing.ts';
import { parseEncryptionConfiguration, type Rule } from './configuration.ts';
import { encryptedStore, reencrypt } from './encrypted-store.ts';
import { Encryption } from './encryption.ts';

const busyResources = new Set(['nodes', 'leases.coordination.k8s.io']);
const [one, two] = ['one', 'two'].map((name) => ({ name, secret: randomBytes(32).toString('base64') }));

const rules = (...providers: unknown[]): readonly Rule[] =>
  parseEncryptionConfiguration(
    JSON.stringify({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'EncryptionConfiguration',
      resources: [{ resources: ['secrets', 'nodes'], providers }],
    }),
  );
const gcm = (...keys: unknown[]) => ({ aesgcm: { keys } });

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

const open = async (connection: ConnectionOptions, encryption: Encryption): Promise<Store> =>
  encryptedStore(await openPostgresStore({ connection, busyResources }), encryption);

describeStore('encrypted Postgres store', async () =>
  open(await postgres.newDatabase(), new Encryption(rules(gcm(one)))),
);

describe('what lies in Postgres', () => {
  it('follows a new key, in tables and log, while it is written', async () => {
    const connection = await postgres.newDatabase();
    const encryption = new Encryption(rules({ identity: {} }, gcm(one)));
    const store = await open(connection, encryption);
    const key = (name: string, resource = 'secrets') => ({ resource, namespace: 'a', name });
    const texts = async (): Promise<string[]> => {
      const rows = await postgres.query(
        connection,
        "SELECT body FROM object WHERE resource <> 'pods' UNION ALL SELECT body FROM change WHERE resource <> 'pods' UNION ALL SELECT previous_body FROM change WHERE resource <> 'pods'",
      );
      return rows.flatMap(({ body }) => (typeof body === 'string' ? [body] : []));
    };
    const create = (name: string, resource?: string) =>
      store.write({ op: 'create', key: key(name, resource), uid: name, body: `{"name":"${name}"}` });
    for (let index = 0; index < 250; index++) await create(`s-${index}`);
    await create('n', 'nodes');
    await create('p', 'pods');
    const gone = await create('gone');
    await store.write({ op: 'delete', key: key('gone'), expected: gone.ok ? gone.revision : 0 });
    expect((await texts()).every((text) => text.startsWith('{'))).toBe(true);
    const before = await store.currentRevision();

    encryption.replace(rules(gcm(one), { identity: {} }));
    const working = reencrypt(store, encryption);
    for (let index = 0; index < 50; index++) await create(`later-${index}`);
    await working;
    expect((await texts()).every((text) => text.startsWith('k8s:enc:aesgcm:v1:one:'))).toBe(true);
    expect(await store.currentRevision()).toBe(before + 50);

    encryption.replace(rules(gcm(two, one)));
    await reencrypt(store, encryption);
    expect((await texts()).every((text) => text.startsWith('k8s:enc:aesgcm:v1:two:'))).toBe(true);
    encryption.replace(rules(gcm(two)));
    expect(await store.get(key('s-7'))).toMatchObject({ body: '{"name":"s-7"}' });
    const history = await store.history(key('gone'), 5);
    expect(history.map(({ op, body }) => [op, body])).toEqual([
      ['delete', '{"name":"gone"}'],
      ['create', '{"name":"gone"}'],
    ]);
    const pods = await postgres.query(connection, "SELECT body FROM object WHERE resource = 'pods'");
    expect(pods).toEqual([{ body: '{"name":"p"}' }]);
    await store.close();
  });
});
