import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { componentChecks } from './components.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'parts-'));
  await mkdir(join(data, 'run'));
});
afterAll(() => rm(data, { recursive: true }));

it('asks the parts by their sockets, and the store', async () => {
  let broken = false;
  const manager = createServer(({ url }, response) => {
    response.writeHead(url === '/healthz' && broken ? 500 : 200).end('ok');
  });
  manager.listen(join(data, 'run/controller-manager.sock'));
  await once(manager, 'listening');
  const checks = componentChecks(data, { currentRevision: () => Promise.reject(new Error('away')) });
  const ok = { healthy: true, message: 'ok' };
  expect(await checks['controller-manager']?.()).toEqual(ok);
  expect(await checks.scheduler?.()).toEqual(ok);
  broken = true;
  expect(await checks['controller-manager']?.()).toEqual({
    healthy: false,
    message: 'HTTP probe failed with statuscode: 500',
  });
  expect(await checks['etcd-0']?.()).toEqual({
    healthy: false,
    message: 'error getting data from the store: away',
  });
  manager.close();
  expect(await componentChecks(data, { currentRevision: async () => 1 })['etcd-0']?.()).toEqual(ok);
});
