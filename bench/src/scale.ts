import { type ClientHttp2Session, connect } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type Target } from './connection.ts';
import { load } from './load.ts';
import { printReport, type Row } from './report.ts';
import { type Running, startGantry } from './server.ts';
import { usageOf } from './usage.ts';

const OBJECTS = 100_000;
const SET = 2_000;
const PAGE = 500;
const WATCHERS = 10_000;
const SESSIONS = 50;
const UPDATES = 20;
const REQUESTS = 20_000;
const NEWLINE = 10;
const NAMESPACE = 'scale';
const BASE = `/api/v1/namespaces/${NAMESPACE}/configmaps`;
const SETS = '/apis/gitops.gantry.dev/v1alpha1/applysets';

const configMap = (index: number): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: `c-${index}`, namespace: NAMESPACE, labels: { shard: String(index % 100) } },
  data: { value: 'x'.repeat(700) },
});

async function expectDone(connection: Connection, method: string, path: string, body?: object) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const reply = await connection.request(method, path, text, undefined, true);
  if (reply.status >= 300)
    throw new Error(`${method} ${path}: HTTP ${reply.status} ${reply.body.toString()}`);
  return reply;
}

/** Fills the namespace, a set a transaction. */
async function fill(connection: Connection): Promise<Row> {
  const begin = performance.now();
  for (let from = 0; from < OBJECTS; from += SET) {
    const apply = Array.from({ length: SET }, (_, index) => configMap(from + index));
    await expectDone(connection, 'POST', SETS, {
      apiVersion: 'gitops.gantry.dev/v1alpha1',
      kind: 'ApplySet',
      metadata: { name: `fill-${from}` },
      spec: { fieldManager: 'bench', apply },
    });
  }
  const seconds = (performance.now() - begin) / 1000;
  return { what: `apply of ${OBJECTS} objects, ${SET} a transaction`, figure: OBJECTS / seconds, unit: '/s' };
}

async function listPages(connection: Connection): Promise<Row> {
  const begin = performance.now();
  let [count, token] = [0, ''];
  do {
    const query = token === '' ? '' : `&continue=${encodeURIComponent(token)}`;
    const reply = await expectDone(connection, 'GET', `${BASE}?limit=${PAGE}${query}`);
    const list = JSON.parse(reply.body.toString()) as { metadata: { continue?: string }; items: unknown[] };
    count += list.items.length;
    token = list.metadata.continue ?? '';
  } while (token !== '');
  if (count !== OBJECTS + 1 && count !== OBJECTS) throw new Error(`the pages hold ${count} objects`);
  return {
    what: `LIST of ${OBJECTS} objects, pages of ${PAGE}`,
    figure: (performance.now() - begin) / 1000,
    unit: 's',
  };
}

/** Memory of the API server for each object beyond what it took empty, against twice the object's JSON and 1 KB. */
function memory(before: number, after: number, json: number): Row {
  return {
    what: `memory an object of ${json} bytes; bound: ${2 * json + 1024}`,
    figure: (after - before) / OBJECTS,
    unit: 'bytes',
  };
}

async function restart(gantry: Running): Promise<Row> {
  const [pid] = gantry.pids('apiserver');
  if (pid === undefined) throw new Error('no apiserver runs');
  process.kill(pid, 'SIGKILL');
  const begin = performance.now();
  for (;;) {
    const connection = new Connection(gantry.target);
    try {
      const reply = await connection.request('GET', '/readyz');
      if (reply.status === 200) break;
    } catch {
      // Not listening yet.
    } finally {
      connection.close();
    }
    await sleep(50);
  }
  return {
    what: `ready again after kill -9, ${OBJECTS} objects`,
    figure: (performance.now() - begin) / 1000,
    unit: 's',
  };
}

const sessionTo = ({ host, port, ca, cert, key }: Target): ClientHttp2Session => {
  const session = connect(`https://${host}:${port}`, { ca, cert, key, servername: 'localhost' });
  session.on('error', () => undefined);
  return session;
};

/** GETs over HTTP/2, as client-go sends them: many streams on few connections. */
async function getHttp2(target: Target, servers: readonly number[]): Promise<Row> {
  const sessions = Array.from({ length: 4 }, () => sessionTo(target));
  const before = usageOf(servers).cpuSeconds;
  const result = await load(
    REQUESTS,
    64,
    (index, lane) =>
      new Promise((resolve, reject) => {
        const session = sessions[lane % sessions.length] as ClientHttp2Session;
        const request = session.request({ ':path': `${BASE}/c-${index}` });
        request.on('response', (headers) => {
          if (headers[':status'] !== 200) reject(new Error(`HTTP ${headers[':status']}`));
        });
        request.on('error', reject);
        request.on('end', resolve);
        request.resume();
      }),
  );
  const cpuMs = ((usageOf(servers).cpuSeconds - before) * 1000) / REQUESTS;
  for (const session of sessions) session.destroy();
  return {
    what: 'GET over HTTP/2',
    figure: result.perSecond,
    unit: '/s',
    p50: result.p50,
    p99: result.p99,
    cpuMs,
  };
}

/** Thousands of watches of one resource. Answers with the time until each has had every change. */
async function watchMany(target: Target, connection: Connection, servers: readonly number[]): Promise<Row> {
  const sessions = Array.from({ length: SESSIONS }, () => sessionTo(target));
  let events = 0;
  await Promise.all(
    Array.from({ length: WATCHERS }, (_, index) => {
      const session = sessions[index % SESSIONS] as ClientHttp2Session;
      const request = session.request({
        ':path': `${BASE}?watch=true&fieldSelector=metadata.name%3Dwatched&resourceVersion=0&timeoutSeconds=600`,
      });
      request.on('data', (chunk: Buffer) => {
        for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) events += 1;
      });
      return new Promise<void>((resolve, reject) => {
        request.once('response', () => resolve());
        request.once('error', reject);
      });
    }),
  );
  const before = usageOf(servers).cpuSeconds;
  const begin = performance.now();
  await expectDone(connection, 'POST', BASE, { metadata: { name: 'watched' } });
  for (let round = 1; round < UPDATES; round += 1)
    await expectDone(connection, 'PUT', `${BASE}/watched`, {
      metadata: { name: 'watched' },
      data: { round: String(round) },
    });
  while (events < WATCHERS * UPDATES) await sleep(2);
  const seconds = (performance.now() - begin) / 1000;
  const cpuMs = ((usageOf(servers).cpuSeconds - before) * 1000) / (WATCHERS * UPDATES);
  for (const session of sessions) session.destroy();
  return {
    what: `watch events to ${WATCHERS} watchers`,
    figure: (WATCHERS * UPDATES) / seconds,
    unit: '/s',
    cpuMs,
  };
}

/** The API server with many objects and many watchers. */
export async function benchScale(): Promise<void> {
  const gantry = await startGantry('--nodes', 'simulated:1');
  const connection = new Connection(gantry.target);
  const servers = gantry.pids('apiserver', 'postgres');
  const apiserver = gantry.pids('apiserver');
  try {
    await expectDone(connection, 'POST', '/api/v1/namespaces', { metadata: { name: NAMESPACE } });
    const empty = usageOf(apiserver).memoryBytes;
    const rows = [await fill(connection)];
    await sleep(5_000);
    const full = usageOf(apiserver).memoryBytes;
    const { body } = await expectDone(connection, 'GET', `${BASE}/c-0`);
    rows.push(memory(empty, full, body.length));
    rows.push(await listPages(connection), await getHttp2(gantry.target, servers));
    rows.push(await watchMany(gantry.target, connection, servers));
    rows.push(await restart(gantry));
    printReport(`API server at scale: ${OBJECTS} objects, ${WATCHERS} watchers`, rows);
  } finally {
    connection.close();
    await gantry.stop();
  }
}
