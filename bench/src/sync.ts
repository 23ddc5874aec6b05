import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { WorkTree } from './git-push.ts';
import { printReport, type Row } from './report.ts';
import { type Running, startGantry, until } from './server.ts';

const PUSHES = 30;
const OBJECTS = 10;
const APPLICATIONS = 1_000;
const LARGE = 5_000;
/** kubectl sends each object alone and waits between: a part tells its rate. */
const KUBECTL = 1_000;
const FILES = 50;
const LEASE_EVERY_MS = 10;
const LEASES = '/apis/coordination.k8s.io/v1/namespaces/default/leases';

const configMap = (name: string, value: string, namespace?: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}data:\n  value: ${value}\n  text: ${'x'.repeat(200)}\n`;

const manyMaps = (count: number, value: string, namespace?: string): Record<string, string> => {
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index += 1) {
    const file = `part-${index % FILES}.yaml`;
    files[file] = `${files[file] ?? ''}---\n${configMap(`map-${index}`, value, namespace)}`;
  }
  return files;
};

const share = (times: readonly number[], part: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;

const treeOf = (gantry: Running, name: string): WorkTree =>
  new WorkTree(gantry.status.gitUrl.replace('NAME', name));

async function send(connection: Connection, method: string, path: string, body?: object): Promise<Buffer> {
  const reply = await connection.request(
    method,
    path,
    body === undefined ? undefined : JSON.stringify(body),
    method === 'PATCH' ? 'application/merge-patch+json' : undefined,
    true,
  );
  if (reply.status >= 300)
    throw new Error(`${method} ${path}: HTTP ${reply.status} ${reply.body.toString()}`);
  return reply.body;
}

/** A push of ten objects, all of which change, until the sync has stored them. */
async function small(gantry: Running): Promise<Row> {
  const tree = treeOf(gantry, 'small');
  const times: number[] = [];
  for (let round = -2; round < PUSHES; round += 1) {
    const maps = Array.from({ length: OBJECTS }, (_, index) => configMap(`map-${index}`, `r${round}`));
    tree.commit({ 'all.yaml': maps.join('---\n') });
    const pushed = await tree.push();
    if (round >= 0) times.push(pushed.at('  applied  '));
  }
  tree.remove();
  return {
    what: `push of ${OBJECTS} objects → applied (p95)`,
    figure: share(times, 0.95),
    unit: 'ms',
    p50: share(times, 0.5),
    p99: share(times, 0.99),
    original: 500,
    smaller: true,
  };
}

const deployment = (round: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {round: "${round}"}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: main, image: "busybox:1.35", command: [sleep, "3600"]}]
`;

/** A push of a Deployment until its pod is ready; the image is there from the second push on. */
async function ready(gantry: Running, name: string, what: string): Promise<Row> {
  const tree = treeOf(gantry, name);
  const times: number[] = [];
  for (let round = -1; round < 5; round += 1) {
    tree.commit({ 'web.yaml': deployment(round) });
    const pushed = await tree.push();
    if (round >= 0) times.push(pushed.at('  health  Healthy'));
  }
  tree.remove();
  return {
    what: `push of a Deployment → Ready, ${what} (median)`,
    figure: share(times, 0.5),
    unit: 'ms',
    original: 2_000,
    smaller: true,
  };
}

/** One push of manifests that are Applications, each of a folder of the same repository. */
async function applications(gantry: Running, connection: Connection): Promise<Row> {
  const name = 'many';
  const tree = treeOf(gantry, name);
  tree.commit({ 'README.md': 'an application of applications' });
  await tree.push('main:start');
  await send(connection, 'POST', `/apis/gitops.gantry.dev/v1alpha1/namespaces/${name}/applications`, {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name: 'root' },
    spec: { source: { repository: name, path: 'applications' } },
  });
  const files: Record<string, string> = {};
  for (let index = 0; index < APPLICATIONS; index += 1) {
    files[`folders/${index}/map.yaml`] = configMap(`map-${index}`, 'x');
    files[`applications/${index}.yaml`] =
      `apiVersion: gitops.gantry.dev/v1alpha1\nkind: Application\nmetadata:\n  name: app-${index}\nspec:\n  source: {repository: ${name}, path: folders/${index}}\n`;
  }
  tree.commit(files);
  const begin = performance.now();
  const pushed = tree.push();
  await until(
    connection,
    `/api/v1/namespaces/${name}/configmaps?limit=1`,
    (list: { items: unknown[]; metadata: { remainingItemCount?: number } }) =>
      list.items.length + (list.metadata.remainingItemCount ?? 0) >= APPLICATIONS,
    300_000,
  );
  const seconds = (performance.now() - begin) / 1_000;
  await pushed;
  tree.remove();
  return {
    what: `${APPLICATIONS} applications of one ConfigMap, one push → all applied`,
    figure: seconds,
    unit: 's',
    original: 253,
    smaller: true,
  };
}

/** Patches one Lease again and again until it is stopped; answers with how long each took. */
function leases(connection: Connection): () => Promise<number[]> {
  const times: number[] = [];
  let stopped = false;
  const done = (async () => {
    for (let round = 0; !stopped; round += 1) {
      const begin = performance.now();
      await send(connection, 'PATCH', `${LEASES}/bench`, { spec: { leaseTransitions: round } });
      times.push(performance.now() - begin);
      await sleep(LEASE_EVERY_MS);
    }
  })();
  return async () => {
    stopped = true;
    await done;
    return times;
  };
}

const leaseRow = (what: string, times: readonly number[]): Row => ({
  what: `Lease patch ${what} (p99)`,
  figure: share(times, 0.99),
  unit: 'ms',
  p50: share(times, 0.5),
  p99: share(times, 0.99),
});

/** One application of thousands of objects, while somebody renews a Lease. */
async function large(gantry: Running, connection: Connection): Promise<Row[]> {
  await send(connection, 'POST', LEASES, { metadata: { name: 'bench' }, spec: {} });
  const quiet = leases(connection);
  await sleep(3_000);
  const before = await quiet();
  const tree = treeOf(gantry, 'large');
  tree.commit(manyMaps(LARGE, 'one'));
  const busy = leases(connection);
  const pushed = await tree.push();
  const during = await busy();
  tree.remove();
  const planned = pushed.at('plan: ');
  return [
    {
      what: `one application of ${LARGE} objects, push → planned`,
      figure: planned / 1_000,
      unit: 's',
      original: 5,
      smaller: true,
    },
    {
      what: `planned → applied`,
      figure: (pushed.at('  applied  ') - planned) / 1_000,
      unit: 's',
      original: 10,
      smaller: true,
    },
    leaseRow('while nothing happens', before),
    leaseRow('meanwhile', during),
  ];
}

/** `kubectl apply -f` of some of the same objects: objects a second. */
async function kubectl(gantry: Running, connection: Connection, gantryRate: number): Promise<Row[]> {
  await send(connection, 'POST', '/api/v1/namespaces', { metadata: { name: 'kubectl' } });
  const tree = treeOf(gantry, 'kubectl');
  tree.commit(manyMaps(KUBECTL, 'one', 'kubectl'));
  const begin = performance.now();
  const code = await new Promise<number>((resolve) => {
    const args = ['--kubeconfig', gantry.kubeconfig, 'apply', '-f', join(tree.path, '.')];
    const child = spawn('kubectl', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', () => resolve(-1));
    child.once('close', (ended) => resolve(ended ?? -1));
  });
  const rate = KUBECTL / ((performance.now() - begin) / 1_000);
  tree.remove();
  if (code !== 0) {
    process.stdout.write('\nkubectl is not there, or failed: left out\n');
    return [];
  }
  return [
    {
      what: `objects a second, push → applied, beside kubectl apply -f of ${KUBECTL} of them`,
      figure: gantryRate,
      unit: '/s',
      original: rate,
    },
  ];
}

async function withGantry(
  options: readonly string[],
  work: (gantry: Running, connection: Connection) => Promise<void>,
): Promise<void> {
  const gantry = await startGantry(...options);
  const connection = new Connection(gantry.target);
  try {
    await work(gantry, connection);
  } finally {
    connection.close();
    await gantry.stop();
  }
}

/**
 * From `git push` by stock git to what it brings about. Beside each figure stands the bound that it has to keep (of the
 * applications: what Flux publishes for 1,000 Kustomizations).
 */
export async function benchSync(): Promise<void> {
  const rows: Row[] = [];
  await withGantry(['--nodes', 'simulated:1'], async (gantry, connection) => {
    rows.push(await small(gantry));
    rows.push(await ready(gantry, 'ready', 'simulated node'));
    const big = await large(gantry, connection);
    rows.push(...big);
    const seconds = (big[0]?.figure ?? 0) + (big[1]?.figure ?? 0);
    rows.push(...(await kubectl(gantry, connection, LARGE / seconds)));
    rows.push(await applications(gantry, connection));
  });
  printReport('Git push', rows);
  if (process.getuid?.() !== 0) {
    process.stdout.write('\nGit push to real containers: needs root; left out\n');
    return;
  }
  await withGantry([], async (gantry) => {
    printReport('Git push to real containers', [await ready(gantry, 'real', 'containers')]);
  });
}
