import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type Target } from './connection.ts';
import { type LoadResult, load } from './load.ts';
import { printReport, type Row } from './report.ts';
import { type Running, startGantry } from './server.ts';
import { usageOf } from './usage.ts';
import { watchPods } from './watchers.ts';

const PODS = 3_000;
const LANES = 64;
const GETS = 30_000;
const LISTS = 150;
const WATCHERS = 100;
const WATCH_UPDATES = 1_500;
const BASE = '/api/v1/namespaces/bench/pods';

/** About 2 KB as stored. A scheduler of another name: nobody else touches it. */
const pod = (index: number): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${index}`,
      labels: { app: 'bench', shard: String(index % 10) },
      annotations: { note: 'x'.repeat(300) },
    },
    spec: {
      schedulerName: 'none',
      serviceAccountName: 'default',
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'main',
          image: 'example.com/app:1.0',
          env: Array.from({ length: 8 }, (_, n) => ({ name: `VARIABLE_${n}`, value: 'v'.repeat(30) })),
          resources: { requests: { cpu: '10m', memory: '16Mi' } },
        },
      ],
    },
  });

const statusPatch = (index: number, round: number): string =>
  JSON.stringify({
    status: {
      phase: 'Pending',
      message: `round ${round}`,
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'Bench',
          message: `n ${index}`,
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
      ],
    },
  });

const expectStatus = (wanted: number, actual: number, what: string): void => {
  if (actual !== wanted) throw new Error(`${what}: HTTP ${actual} instead of ${wanted}`);
};

interface Bench {
  readonly lanes: readonly Connection[];
  readonly gantry: Running;
  readonly servers: readonly number[];
}

/** Runs a load and adds the servers' CPU an operation. */
async function measured(
  bench: Bench,
  count: number,
  job: (index: number, connection: Connection) => Promise<void>,
): Promise<LoadResult & { cpuMs: number }> {
  const before = usageOf(bench.servers).cpuSeconds;
  const result = await load(count, bench.lanes.length, (index, lane) =>
    job(index, bench.lanes[lane] as Connection),
  );
  return { ...result, cpuMs: ((usageOf(bench.servers).cpuSeconds - before) * 1000) / count };
}

const row = (what: string, result: LoadResult & { cpuMs: number }, original: number): Row => ({
  what,
  figure: result.perSecond,
  unit: '/s',
  p50: result.p50,
  p99: result.p99,
  cpuMs: result.cpuMs,
  original,
});

async function createAll(bench: Bench): Promise<Row> {
  const result = await measured(bench, PODS, async (index, connection) => {
    expectStatus(201, (await connection.request('POST', BASE, pod(index))).status, 'create');
  });
  return row('create', result, 860);
}

async function patchAll(bench: Bench): Promise<Row> {
  const result = await measured(bench, PODS, async (index, connection) => {
    const reply = await connection.request(
      'PATCH',
      `${BASE}/pod-${index}/status`,
      statusPatch(index, 0),
      'application/strategic-merge-patch+json',
    );
    expectStatus(200, reply.status, 'status patch');
  });
  return row('status patch', result, 580);
}

async function getMany(bench: Bench): Promise<Row> {
  const result = await measured(bench, GETS, async (index, connection) => {
    expectStatus(200, (await connection.request('GET', `${BASE}/pod-${index % PODS}`)).status, 'get');
  });
  return row('GET', result, 2_330);
}

async function listMany(bench: Bench): Promise<Row> {
  const few = { ...bench, lanes: bench.lanes.slice(0, 4) };
  let bytes = 0;
  const result = await measured(few, LISTS, async (_, connection) => {
    const reply = await connection.request('GET', '/api/v1/pods');
    expectStatus(200, reply.status, 'list');
    bytes = reply.bytes;
  });
  return row(`LIST of ${PODS} pods (${(bytes / 2 ** 20).toFixed(1)} MB)`, result, 7.6);
}

async function watchMany(bench: Bench, target: Target): Promise<Row> {
  const watchers = await watchPods(target, '/api/v1/pods', WATCHERS);
  const before = usageOf(bench.servers).cpuSeconds;
  const begin = performance.now();
  const wanted = WATCH_UPDATES * WATCHERS;
  await load(WATCH_UPDATES, LANES, async (index, lane) => {
    const reply = await (bench.lanes[lane] as Connection).request(
      'PATCH',
      `${BASE}/pod-${index}/status`,
      statusPatch(index, 1),
      'application/strategic-merge-patch+json',
    );
    expectStatus(200, reply.status, 'status patch');
  });
  while (watchers.events() < wanted) await sleep(2);
  const seconds = (performance.now() - begin) / 1000;
  const cpuMs = ((usageOf(bench.servers).cpuSeconds - before) * 1000) / wanted;
  watchers.close();
  return {
    what: `watch events to ${WATCHERS} watchers`,
    figure: wanted / seconds,
    unit: '/s',
    cpuMs,
    original: 42_000,
  };
}

async function deleteAll(bench: Bench): Promise<Row> {
  const result = await measured(bench, PODS, async (index, connection) => {
    expectStatus(
      200,
      (await connection.request('DELETE', `${BASE}/pod-${index}?gracePeriodSeconds=0`)).status,
      'delete',
    );
  });
  return row('delete', result, 730);
}

/** The table of the README: the API server under 64 clients, two rounds; the second is printed. */
export async function benchApi(): Promise<void> {
  const gantry = await startGantry('--nodes', 'simulated:1');
  const lanes = Array.from({ length: LANES }, () => new Connection(gantry.target));
  const servers = gantry.pids('apiserver', 'postgres');
  const bench: Bench = { lanes, gantry, servers };
  try {
    const [first] = lanes;
    await first?.request(
      'POST',
      '/api/v1/namespaces',
      JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bench' } }),
    );
    await sleep(1_000);
    let rows: Row[] = [];
    for (let round = 0; round < 2; round += 1) {
      const cpuBefore = usageOf(servers).cpuSeconds;
      rows = [
        await createAll(bench),
        await patchAll(bench),
        await getMany(bench),
        await listMany(bench),
        await watchMany(bench, gantry.target),
        await deleteAll(bench),
      ];
      const usage = usageOf(servers);
      rows.push({
        what: 'CPU of the round',
        figure: usage.cpuSeconds - cpuBefore,
        unit: 's',
        original: 45,
        smaller: true,
      });
      rows.push({
        what: 'memory',
        figure: usage.memoryBytes / 2 ** 20,
        unit: 'MB',
        original: 1_066,
        smaller: true,
      });
    }
    printReport(`API server: ${PODS} pods, ${LANES} clients, second round`, rows);
  } finally {
    for (const lane of lanes) lane.close();
    await gantry.stop();
  }
}
