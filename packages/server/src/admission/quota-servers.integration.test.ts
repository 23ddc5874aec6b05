import { openPostgresStore } from '@gantry/store/postgres-store';
import { startTestPostgres, type TestPostgres } from '@gantry/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { createResourceQuota } from './resource-quota.ts';

let postgres: TestPostgres;
let servers: TestServer[];
beforeAll(async () => {
  postgres = await startTestPostgres();
  const connection = await postgres.newDatabase();
  servers = await Promise.all(
    [1, 2, 3].map(async () =>
      startTestServer(
        { admission: [createResourceQuota(Date.now)] },
        await openPostgresStore({ connection, busyResources: new Set() }),
      ),
    ),
  );
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await postgres.stop();
});

it('servers of one database let in together what a quota allows, and no more', async () => {
  const [first] = servers;
  const quota = { metadata: { name: 'q' }, spec: { hard: { configmaps: '10' } } };
  await first?.call('POST', '/api/v1/namespaces/default/resourcequotas', { body: quota });
  const path = '/api/v1/namespaces/default/configmaps';
  // Each server has to know the quota before.
  for (const server of servers) await server.call('GET', '/api/v1/namespaces/default/resourcequotas/q');
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      servers[index % servers.length]?.call('POST', path, { body: { metadata: { name: `c${index}` } } }),
    ),
  );
  const refused = answers.filter((answer) => answer?.status !== 201);
  expect(refused.every((answer) => String(answer?.body.message).includes('exceeded quota: q'))).toBe(true);
  expect((await first?.call('GET', path))?.body.items).toHaveLength(10);
  expect(refused).toHaveLength(50);
});
