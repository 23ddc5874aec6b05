import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ObjectKey, Store } from './port.ts';
import { openPostgresStore } from './postgres-store.ts';
import { startTestPostgres } from './testing.ts';

/**
 * Throughput of the store alone on an embedded Postgres of its own:
 * `node packages/store/src/store.bench.ts [--objects 10000] [--lanes 64]`. Prints one line a step.
 */
const { values } = parseArgs({
  options: { objects: { type: 'string', default: '10000' }, lanes: { type: 'string', default: '64' } },
});
const objects = Number(values.objects);
const lanes = Number(values.lanes);
const body = JSON.stringify({
  metadata: { resourceVersion: '' },
  spec: { containers: Array.from({ length: 50 }, (_, n) => ({ name: `container-${n}`, image: 'x' })) },
});

const key = (n: number): ObjectKey => ({ resource: 'pods', namespace: `ns-${n % 10}`, name: `pod-${n}` });

/** CPU time of Postgres's processes, in seconds; their command lines hold the folder or its cluster's titles. */
function postgresCpu(postmaster: number): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      if (Number(pid) === postmaster || Number(fields[1]) === postmaster) {
        ticks += Number(fields[11]) + Number(fields[12]);
      }
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return ticks / 100;
}

async function measure(
  title: string,
  postmaster: number,
  count: number,
  step: (n: number) => Promise<unknown>,
): Promise<void> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const cpuThere = postgresCpu(postmaster);
  const latencies: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let n = next++; n < count; n = next++) {
        const before = performance.now();
        await step(n);
        latencies.push(performance.now() - before);
      }
    }),
  );
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const there = postgresCpu(postmaster) - cpuThere;
  latencies.sort((a, b) => a - b);
  const at = (part: number) => (latencies[Math.floor(latencies.length * part)] ?? 0).toFixed(1);
  process.stdout.write(
    `${title.padEnd(22)} ${Math.round((count / ms) * 1000)}/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  ` +
      `Node ${((user + system) / count).toFixed(0)} µs/op  Postgres ${((there * 1e6) / count).toFixed(0)} µs/op\n`,
  );
}

async function run(store: Store, postmaster: number): Promise<void> {
  const revisions: number[] = [];
  const must = async (outcome: ReturnType<Store['write']>) => {
    const settled = await outcome;
    if (!settled.ok) throw new Error(`a write failed: ${settled.reason}`);
    return settled.revision;
  };
  for (let n = 0; n < 10; n++) {
    const namespace = { resource: 'namespaces', namespace: '', name: `ns-${n}` };
    await store.write({ op: 'create', key: namespace, uid: `ns-${n}`, body: '{}' });
  }
  await measure(`create (${body.length} bytes)`, postmaster, objects, async (n) => {
    const guard = {
      type: 'exists',
      key: { resource: 'namespaces', namespace: '', name: `ns-${n % 10}` },
      notTerminating: true,
    } as const;
    revisions[n] = await must(
      store.write({ op: 'create', key: key(n), uid: `uid-${n}`, body, guards: [guard] }),
    );
  });
  await measure('update', postmaster, objects, async (n) => {
    revisions[n] = await must(store.write({ op: 'update', key: key(n), expected: revisions[n] ?? 0, body }));
  });
  await measure('get', postmaster, objects, (n) => store.get(key(n)));
  await measure('current revision', postmaster, objects, () => store.currentRevision());
  let after = 0;
  await measure('changes, 500 a page', postmaster, Math.floor(objects / 250), async () => {
    const page = await store.changes(after, 500);
    after = page.changes.length < 500 ? 0 : page.cursor;
  });
  await measure('delete', postmaster, objects, (n) =>
    must(store.write({ op: 'delete', key: key(n), expected: revisions[n] ?? 0 })),
  );
}

const postgres = await startTestPostgres();
try {
  const connection = await postgres.newDatabase();
  const store = await openPostgresStore({ connection, busyResources: new Set() });
  await run(store, postgres.server.pid);
  await store.close();
} finally {
  await postgres.stop();
}
