import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Connection, type Target } from './connection.ts';
import type { Flood } from './flood-worker.ts';
import { startGantry } from './server.ts';

const PODS = 1_000;
const ROUNDS = 300;
/** Between the quiet user's requests, in milliseconds. */
const PAUSE = 5;
const BASE = '/api/v1/namespaces/flood';

interface Times {
  readonly p50: number;
  readonly p99: number;
}

const MANIFEST = JSON.stringify({
  metadata: { name: 'p-#', annotations: { note: 'x'.repeat(1500) } },
  spec: { schedulerName: 'none', containers: [{ name: 'main', image: 'example.com/app:1.0' }] },
});

async function expectDone(
  connection: Connection,
  method: string,
  path: string,
  body?: unknown,
  type?: string,
) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const reply = await connection.request(method, path, text, type, true);
  if (reply.status >= 300)
    throw new Error(`${method} ${path}: HTTP ${reply.status} ${reply.body.toString()}`);
  return reply;
}

/** Two service accounts that may do everything: both in the flow schema `service-accounts`. */
async function tokens(admin: Connection): Promise<Record<'flood' | 'quiet', string>> {
  const post = (path: string, body: unknown) => expectDone(admin, 'POST', path, body);
  await post('/api/v1/namespaces', { metadata: { name: 'flood' } });
  const token = async (name: string): Promise<string> => {
    await post(`${BASE}/serviceaccounts`, { metadata: { name } });
    await post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: `bench-${name}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'flood' }],
    });
    const reply = await post(`${BASE}/serviceaccounts/${name}/token`, { spec: {} });
    return (JSON.parse(reply.body.toString()) as { status: { token: string } }).status.token;
  };
  return { flood: await token('flood'), quiet: await token('quiet') };
}

const at = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;

/** A user who reads and writes one object, one request at a time. */
async function quietUser(connection: Connection): Promise<Times> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    if (round % 3 === 0)
      await expectDone(
        connection,
        'PATCH',
        `${BASE}/configmaps/quiet`,
        { data: { round: String(round) } },
        'application/merge-patch+json',
      );
    else if (round % 3 === 1) await expectDone(connection, 'GET', `${BASE}/configmaps/quiet`);
    else await expectDone(connection, 'GET', `${BASE}/configmaps`);
    times.push(performance.now() - begin);
    await sleep(PAUSE);
  }
  return { p50: at(times, 0.5), p99: at(times, 0.99) };
}

async function during(flood: Flood, quiet: Connection) {
  const worker = new Worker(new URL('./flood-worker.ts', import.meta.url), { workerData: flood });
  await new Promise((resolve) => worker.once('online', resolve));
  await sleep(2_000);
  const begin = performance.now();
  const times = await quietUser(quiet);
  const seconds = (performance.now() - begin) / 1000 + 2;
  const counts = await new Promise<{ answered: number; turnedAway: number }>((resolve) => {
    worker.once('message', resolve);
    worker.postMessage('end');
  });
  await worker.terminate();
  return { ...times, perSecond: counts.answered / seconds, turnedAwayPerSecond: counts.turnedAway / seconds };
}

const floods = (target: Target): Readonly<Record<string, Flood>> => ({
  'GET, 64 connections': { target, connections: 64, method: 'GET', path: `${BASE}/pods/p-1` },
  'GET, 512 connections': { target, connections: 512, method: 'GET', path: `${BASE}/pods/p-1` },
  'GET, 8 × 250 streams': { target, connections: 8, streams: 250, method: 'GET', path: `${BASE}/pods/p-1` },
  'LIST of 1,000 pods, 64 connections': { target, connections: 64, method: 'GET', path: `${BASE}/pods` },
  'create, 256 connections': {
    target,
    connections: 256,
    method: 'POST',
    path: `${BASE}/pods`,
    body: MANIFEST.replace('p-#', 'f-#'),
  },
});

/** What one user's flood does to another user's requests. */
export async function benchFlood(): Promise<void> {
  const gantry = await startGantry('--nodes', 'simulated:1');
  const admin = new Connection(gantry.target);
  try {
    const { flood, quiet } = await tokens(admin);
    for (let index = 0; index < PODS; index += 1)
      await expectDone(admin, 'POST', `${BASE}/pods`, JSON.parse(MANIFEST.replace('#', String(index))));
    await expectDone(admin, 'POST', `${BASE}/configmaps`, { metadata: { name: 'quiet' } });
    const connection = new Connection({ ...gantry.target, token: quiet });
    await quietUser(connection);
    const idle = await quietUser(connection);
    const bound = Math.max(2 * idle.p99, 50);
    process.stdout.write(`idle: p50 ${idle.p50.toFixed(1)} ms, p99 ${idle.p99.toFixed(1)} ms\n`);
    for (const [name, spec] of Object.entries(floods({ ...gantry.target, token: flood }))) {
      const result = await during(spec, connection);
      const verdict = result.p99 <= bound ? 'ok' : `over ${bound.toFixed(0)} ms`;
      process.stdout.write(
        `${name}: p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms (${verdict}); flood ${result.perSecond.toFixed(0)}/s, ${result.turnedAwayPerSecond.toFixed(0)}/s turned away\n`,
      );
    }
    connection.close();
  } finally {
    admin.close();
    await gantry.stop();
  }
}
