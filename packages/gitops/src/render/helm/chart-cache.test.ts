import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryTree } from '../../testing/memory-tree.ts';
import { testNetwork } from '../../testing/test-network.ts';
import { ChartCache } from './chart-cache.ts';
import { Helm } from './helm.ts';

let server: Server;
let asked = 0;
let url: string;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-charts-'));
  asked = 0;
  // Never answers.
  server = createServer(() => {
    asked += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a chart that does not come holds nobody up for long, and is asked for once', async () => {
  const cache = new ChartCache(folder, testNetwork(), 100);
  const reference = { repositoryURL: url, chart: 'web', version: '1.0.0' };
  const wanted = () => cache.get(reference);
  for (const got of await Promise.allSettled([wanted(), wanted()]))
    expect(got).toMatchObject({ reason: { message: `chart web is still being fetched from ${url}` } });
  await expect(wanted()).rejects.toThrow('is still being fetched');
  expect(asked).toBe(1);
});

test('charts that do not come leave the places to others', async () => {
  const helm = join(folder, 'helm');
  writeFileSync(helm, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const renders = new Helm({
    configured: helm,
    cache: folder,
    capabilities: { get: async () => ({ version: 'v1.34.0', apiVersions: ['v1'] }) },
    network: testNetwork(),
  });
  const tree = memoryTree({ 'Chart.yaml': 'name: own\nversion: 1.0.0\n' });
  const request = { tree, folder: '', listed: await tree.list(''), name: 'own', namespace: 'shop' };
  const slow = Array.from({ length: 6 }, (_, index) =>
    renders
      .render({
        ...{ ...request, tenant: `tenant${index % 2}` },
        source: { repositoryURL: url, chart: `web${index}`, version: '1.0.0' },
      })
      .catch(() => undefined),
  );
  await expect.poll(() => asked).toBe(slow.length);
  expect((await renders.render({ ...request, source: {} })).problems).toEqual([]);
  server.closeAllConnections();
  await Promise.all(slow);
});

test('charts of one namespace that do not come leave places to those of another', async () => {
  const cache = new ChartCache(folder, testNetwork(), 60_000);
  const want = (chart: string, tenant: string): Promise<unknown> =>
    cache
      .get({ repositoryURL: url, chart, version: '1.0.0' }, undefined, undefined, tenant)
      .catch(() => undefined);
  const slow = Array.from({ length: 20 }, (_, index) => want(`web${index}`, 'greedy'));
  await expect.poll(() => asked).toBe(4);
  slow.push(want('web', 'modest'));
  await expect.poll(() => asked).toBe(5);
  server.close();
  const closing = setInterval(() => server.closeAllConnections(), 5);
  await Promise.all(slow);
  clearInterval(closing);
});

test('who wants the same chart as a namespace whose charts do not come has its own turn', async () => {
  const cache = new ChartCache(folder, testNetwork(), 60_000);
  const want = (chart: string, tenant: string): Promise<unknown> =>
    cache
      .get({ repositoryURL: url, chart, version: '1.0.0' }, undefined, undefined, tenant)
      .catch(() => undefined);
  const all = Array.from({ length: 20 }, (_, index) => want(`web${index}`, 'greedy'));
  await expect.poll(() => asked).toBe(4);
  all.push(want('web19', 'modest'));
  await expect.poll(() => asked).toBe(5);
  server.close();
  const closing = setInterval(() => server.closeAllConnections(), 5);
  await Promise.all(all);
  clearInterval(closing);
});
