import { nodes } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Cri } from '../cri/port.ts';
import { Heartbeat } from './heartbeat.ts';
import { isDiskFull, newNode } from './node-object.ts';

const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('takes back what others concluded from its silence', async () => {
  const client = new FakeClient();
  const wanted = newNode('n1', undefined);
  const node = await client.create(nodes, wanted);
  const cri = {
    version: async () => ({ runtimeName: 'r', runtimeVersion: '1', runtimeApiVersion: 'v1' }),
    conditions: async () => [
      { type: 'RuntimeReady', status: true, reason: '', message: '' },
      { type: 'NetworkReady', status: true, reason: '', message: '' },
    ],
    listImages: async () => [],
  } as unknown as Cri;
  const heartbeat = new Heartbeat(
    {
      client,
      cri,
      clock: { now: () => Date.now() },
      events: { event: () => undefined },
      log: quiet,
      wanted,
      nodeIp: '192.0.2.1',
      hostname: 'n1',
      port: 10_250,
      machine: {
        cpus: 2,
        memoryBytes: 2 ** 30,
        diskBytes: 2 ** 30,
        osImage: '',
        machineId: '',
        systemUuid: '',
        bootId: '',
      },
      rootDir: '/',
      checkHealth: () => undefined,
      watched: () => client.peek(nodes, '', 'n1'),
    },
    node,
  );
  const ready = () => client.peek(nodes, '', 'n1')?.status?.conditions?.find(({ type }) => type === 'Ready');
  await heartbeat.start();
  expect(ready()?.status).toBe('True');
  const now = client.peek(nodes, '', 'n1');
  const conditions = (now?.status?.conditions ?? []).map((one) => ({ ...one, status: 'Unknown' }));
  await client.patch(nodes, '', 'n1', { status: { conditions } }, { type: 'merge', subresource: 'status' });
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.waitFor(() => expect(ready()?.status).toBe('True'));
  heartbeat.close();
});

it('has disk pressure below a tenth of a small disk, below 2 GiB of a large one', () => {
  const gib = 2 ** 30;
  expect(isDiskFull({ freeBytes: 0.9 * gib, totalBytes: 10 * gib })).toBe(true);
  expect(isDiskFull({ freeBytes: 1.1 * gib, totalBytes: 10 * gib })).toBe(false);
  expect(isDiskFull({ freeBytes: 3 * gib, totalBytes: 1000 * gib })).toBe(false);
  expect(isDiskFull({ freeBytes: 1 * gib, totalBytes: 1000 * gib })).toBe(true);
});
