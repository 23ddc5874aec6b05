import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserServer, chromium, type Page } from '@playwright/test';
import { Connection } from './connection.ts';
import { printReport, type Row } from './report.ts';
import { type Running, startGantry } from './server.ts';
import { usageOf } from './usage.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const NAMESPACE = 'bench';
const PODS = 5_000;
const ROWS = 10_000;
const SET = 1_000;
const PAINTS = 7;
const CHANGES_A_SECOND = 100;
const LIVE_SECONDS = 20;
/** Rows that are in view; every other change is of one of them, and is seen. */
const IN_VIEW = 20;
const KEYS = 7;
const SETS = '/apis/gitops.gantry.dev/v1alpha1/applysets';

interface ConsoleStatus {
  readonly consoleUrl: string;
  readonly adminUser: string;
  readonly adminPassword?: string;
}

const pod = (index: number): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `pod-${index}`, namespace: NAMESPACE, labels: { shard: String(index % 100) } },
  // A scheduler of another name: nobody else touches it.
  spec: { schedulerName: 'none', containers: [{ name: 'main', image: 'example.com/app:1.0' }] },
});

const configMap = (index: number, round = 0): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: `row-${String(index).padStart(5, '0')}`, namespace: NAMESPACE },
  // The number of keys is what the list shows of it.
  data: Object.fromEntries(
    Array.from({ length: 1 + (round % KEYS) }, (_, key) => [`k${key}`, String(round)]),
  ),
});

async function send(connection: Connection, method: string, path: string, body: object): Promise<void> {
  const reply = await connection.request(method, path, JSON.stringify(body), undefined, true);
  if (reply.status >= 300)
    throw new Error(`${method} ${path}: HTTP ${reply.status} ${reply.body.toString()}`);
}

async function fill(connection: Connection): Promise<void> {
  await send(connection, 'POST', '/api/v1/namespaces', {
    ...{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  });
  for (const [count, make] of [
    [PODS, pod],
    [ROWS, configMap],
  ] as const)
    for (let from = 0; from < count; from += SET) {
      const apply = Array.from({ length: SET }, (_, index) => make(from + index));
      await send(connection, 'POST', SETS, {
        apiVersion: 'gitops.gantry.dev/v1alpha1',
        kind: 'ApplySet',
        metadata: { name: `fill-${make.name.toLowerCase()}-${from}` },
        spec: { fieldManager: 'bench', apply },
      });
    }
}

/** Signs in and chooses a password, as the console asks of everybody; gives the cookie. */
async function signIn({ consoleUrl, adminUser, adminPassword = '' }: ConsoleStatus): Promise<string> {
  const call = async (procedure: string, input: object, cookie = ''): Promise<string> => {
    const answer = await fetch(`${consoleUrl}/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-gantry-csrf': '1', cookie },
      body: JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`${procedure}: ${await answer.text()}`);
    return answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .join('; ');
  };
  const first = await call('session.signIn', { name: adminUser, password: adminPassword });
  const newPassword = `bench ${crypto.randomUUID()}`;
  await call('session.changePassword', { oldPassword: adminPassword, newPassword }, first);
  return call('session.signIn', { name: adminUser, password: newPassword });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0].startTime))
    .observe({ type: 'paint', buffered: true });
})`;

/** The longest of the interactions so far: from the key or the press until the next frame is drawn. */
const WATCH_EVENTS = `(() => {
  window.slowest = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId > 0) window.slowest.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: false });
})()`;

type NewPage = () => Promise<Page>;

async function firstPaint(newPage: NewPage): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round < PAINTS; round += 1) {
    const page = await newPage();
    await page.goto('/');
    times.push(await page.evaluate<number>(FIRST_PAINT));
    await page.context().close();
  }
  return {
    what: 'overview: first contentful paint, empty cache (median)',
    figure: median(times),
    unit: 'ms',
    smaller: true,
  };
}

/** Moves, sorts and selects in a list of 5,000 pods. */
async function interaction(newPage: NewPage): Promise<Row> {
  const page = await newPage();
  await page.goto(`/resources/core/v1/pods?ns=${NAMESPACE}`);
  await page.getByRole('link', { name: 'pod-0', exact: true }).waitFor();
  await page.evaluate(WATCH_EVENTS);
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('j');
  for (const column of ['Status', 'Name', 'Age', 'Name']) {
    await page.getByRole('button', { name: column, exact: true }).click();
    await sleep(300);
  }
  for (let step = 0; step < 10; step += 1)
    await page
      .getByRole('checkbox')
      .nth(step + 1)
      .click();
  await page.keyboard.press('/');
  await page.keyboard.type('pod-49', { delay: 40 });
  await sleep(1_000);
  const times = await page.evaluate<number[]>('window.slowest');
  await page.context().close();
  if (times.length === 0) throw new Error('no interaction was measured');
  return {
    what: `list of ${PODS} pods: slowest of the interactions`,
    ...{ figure: Math.max(16, ...times), unit: 'ms', smaller: true },
  };
}

/** Changes rows that are looked at, at a steady pace; what the browser and its children used meanwhile. */
async function live(
  newPage: NewPage,
  browser: BrowserServer,
  connections: readonly Connection[],
): Promise<Row[]> {
  const [first] = connections;
  if (first === undefined) throw new Error('there is no connection');
  const page = await newPage();
  await page.goto(`/resources/core/v1/configmaps?ns=${NAMESPACE}`);
  await page.getByRole('link', { name: 'row-00000', exact: true }).waitFor();
  await sleep(2_000);
  const pid = browser.process().pid ?? 0;
  const before = usageOf([pid]).cpuSeconds;
  const begin = performance.now();
  let sent = 0;
  await Promise.all(
    connections.map(async (connection, lane) => {
      for (let index = lane; index < CHANGES_A_SECOND * LIVE_SECONDS; index += connections.length) {
        const due = begin + (index * 1000) / CHANGES_A_SECOND - performance.now();
        if (due > 0) await sleep(due);
        const row = index % 2 === 0 ? (index / 2) % IN_VIEW : index % ROWS;
        const path = `/api/v1/namespaces/${NAMESPACE}/configmaps/row-${String(row).padStart(5, '0')}`;
        await send(connection, 'PUT', path, configMap(row, index + 1));
        sent += 1;
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  const cores = (usageOf([pid]).cpuSeconds - before) / seconds;
  await send(first, 'PUT', `/api/v1/namespaces/${NAMESPACE}/configmaps/row-00000`, configMap(0, KEYS - 1));
  // What was counted is worth nothing if the page has fallen behind.
  await page.getByRole('row', { name: new RegExp(`row-00000\\s+${KEYS}`) }).waitFor();
  await page.context().close();
  return [
    { what: `${ROWS} rows live: changes sent`, figure: sent / seconds, unit: '/s' },
    { what: `${ROWS} rows live: CPU of the browser`, figure: cores, unit: 'cores', smaller: true },
  ];
}

async function measure(gantry: Running, browser: BrowserServer): Promise<Row[]> {
  const status = gantry.status as unknown as ConsoleStatus;
  const connections = Array.from({ length: 4 }, () => new Connection(gantry.target));
  const [first] = connections;
  if (first === undefined) return [];
  await fill(first);
  const cookie = await signIn(status);
  const connected = await chromium.connect(browser.wsEndpoint());
  const newPage: NewPage = async () => {
    const context = await connected.newContext({
      ...{ baseURL: status.consoleUrl, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' },
    });
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return { name, value, url: status.consoleUrl };
      }),
    );
    return context.newPage();
  };
  const rows = [
    await firstPaint(newPage),
    await interaction(newPage),
    ...(await live(newPage, browser, connections)),
  ];
  await connected.close();
  return rows;
}

/** The console in a real browser: how soon something is seen, how fast it answers, and what a live list costs. */
export async function benchConsole(): Promise<void> {
  const gantry = await startGantry('--nodes', 'simulated:1');
  const browser = await chromium.launchServer({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
  try {
    printReport('Console', await measure(gantry, browser));
  } finally {
    await browser.close();
    await gantry.stop();
  }
}
