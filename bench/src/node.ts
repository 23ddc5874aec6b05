import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { printReport, type Row } from './report.ts';
import { startGantry, until } from './server.ts';
import { usageOf } from './usage.ts';

const SINGLE_RUNS = 10;
const MANY = 30;
const IDLE_SECONDS = 20;

interface PodLike {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
interface DeploymentLike {
  readonly status?: { readonly readyReplicas?: number };
}

const container = {
  name: 'main',
  image: 'busybox:1.35',
  command: ['sh', '-c', 'trap exit TERM; while true; do sleep 1; done'],
};
const podBody = (name: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { terminationGracePeriodSeconds: 1, containers: [container] },
  });
const deploymentBody = (replicas: number): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'many' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'many' } },
      template: {
        metadata: { labels: { app: 'many' } },
        spec: { terminationGracePeriodSeconds: 1, containers: [container] },
      },
    },
  });

const isReady = (pod: PodLike): boolean =>
  pod.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ===
  true;

async function single(connection: Connection, name: string): Promise<number> {
  const begin = performance.now();
  await connection.request('POST', '/api/v1/namespaces/default/pods', podBody(name));
  await until(connection, `/api/v1/namespaces/default/pods/${name}`, isReady);
  const ms = performance.now() - begin;
  await connection.request('DELETE', `/api/v1/namespaces/default/pods/${name}`);
  return ms;
}

async function many(connection: Connection): Promise<number> {
  const begin = performance.now();
  await connection.request('POST', '/apis/apps/v1/namespaces/default/deployments', deploymentBody(MANY));
  await until(
    connection,
    '/apis/apps/v1/namespaces/default/deployments/many',
    (deployment: DeploymentLike) => deployment.status?.readyReplicas === MANY,
  );
  const ms = performance.now() - begin;
  await connection.request('DELETE', '/apis/apps/v1/namespaces/default/deployments/many');
  return ms;
}

/** Real containers on this machine: create to Ready, a Deployment of 30, and what an idle node costs. Needs root. */
export async function benchNode(): Promise<void> {
  if (process.getuid?.() !== 0) {
    process.stdout.write('\nNode: needs root for real containers; left out\n');
    return;
  }
  const gantry = await startGantry();
  const connection = new Connection(gantry.target);
  try {
    const all = gantry.status.components.flatMap((part) => (part.pid === null ? [] : [part.pid]));
    await single(connection, 'warm');
    await sleep(10_000);
    const idleBefore = usageOf(all);
    await sleep(IDLE_SECONDS * 1_000);
    const idle = usageOf(all);
    const times: number[] = [];
    for (let run = 0; run < SINGLE_RUNS; run += 1) times.push(await single(connection, `single-${run}`));
    times.sort((a, b) => a - b);
    await sleep(5_000);
    const rows: Row[] = [
      {
        what: 'pod, create → Ready (median)',
        figure: times[Math.floor(SINGLE_RUNS / 2)] ?? 0,
        unit: 'ms',
        original: 640,
        smaller: true,
      },
      {
        what: `Deployment of ${MANY}, create → all ready`,
        figure: (await many(connection)) / 1000,
        unit: 's',
        original: 5.8,
        smaller: true,
      },
      {
        what: 'idle, memory of everything',
        figure: idle.memoryBytes / 2 ** 20,
        unit: 'MiB',
        original: 767,
        smaller: true,
      },
      {
        what: 'idle, CPU',
        figure: ((idle.cpuSeconds - idleBefore.cpuSeconds) / IDLE_SECONDS) * 100,
        unit: '% of a core',
        original: 6.6,
        smaller: true,
      },
    ];
    printReport('Node: real containers', rows);
  } finally {
    connection.close();
    await gantry.stop();
  }
}
