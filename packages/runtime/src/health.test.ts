import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { serveHealth } from './health.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-health-'));
const stop = new AbortController();
afterEach(() => {
  stop.abort();
  rmSync(folder, { recursive: true, force: true });
});

const get = (socketPath: string, path: string): Promise<[number, string]> =>
  new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve([response.statusCode ?? 0, body]));
    })
      .on('error', reject)
      .end();
  });

test('healthz names the check that failed; metrics are Prometheus text', async () => {
  const socket = join(folder, 'a.sock');
  let broken = false;
  const check = () => {
    if (broken) throw new Error('no database');
  };
  await serveHealth(socket, { database: check, ping: () => undefined }, stop.signal);
  expect(await get(socket, '/healthz')).toEqual([200, 'ok']);
  broken = true;
  expect(await get(socket, '/healthz')).toEqual([
    500,
    '[-]database failed: no database\n[+]ping ok\nhealthz check failed\n',
  ]);
  expect(await get(socket, '/healthz/ping')).toEqual([200, 'ok']);
  expect(await get(socket, '/healthz/database')).toEqual([500, '[-]database failed: no database\n']);
  expect((await get(socket, '/healthz/other'))[0]).toBe(404);
  expect((await get(socket, '/metrics'))[0]).toBe(200);
});
