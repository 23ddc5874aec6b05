import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChartServer } from '../../testing/chart-server.ts';
import { type HelmFixture, makeHelm } from '../../testing/helm-fixture.ts';
import { testNetwork } from '../../testing/test-network.ts';
import { ChartCache } from './chart-cache.ts';

let helm: HelmFixture;
let server: ChartServer;

beforeAll(async () => {
  helm = makeHelm();
  server = await ChartServer.start(helm.work);
  server.publish('1.2.3');
  server.publish('1.3.0');
});
afterAll(() => {
  server.close();
  helm.close();
});

const run: HelmFixture['run'] = (...args) => helm.run(...args);

const from = (version: string) => ({ repositoryURL: `http://${server.host}/charts`, chart: 'demo', version });

describe('a chart of a repository', () => {
  const of = (repositoryURL: string, version?: string) => ({
    repositoryURL,
    chart: 'demo',
    ...(version === undefined ? {} : { version }),
  });

  test('is fetched once for a version', async () => {
    const files = { 'app/values.yaml': 'replicas: 5\n' };
    const source = { ...of(`http://${server.host}/charts`, '1.2.3'), valuesFiles: ['values.yaml'] };
    const { objects, problems: wrong } = await run(files, 'app', source);
    expect(wrong).toEqual([]);
    const deployment = objects.find(({ object }) => object.kind === 'Deployment');
    expect(deployment?.object).toMatchObject({ spec: { replicas: 5 } });
    expect(deployment?.file).toBe('demo-1.2.3/templates/deployment.yaml');
    server.requests.length = 0;
    await run(files, 'app', source);
    expect(server.requests).toEqual([]);
  });

  test.each([
    ['http', undefined, '1.3.0'],
    ['http', '~1.2', '1.2.3'],
    ['oci', '>=1.0.0', '1.3.0'],
    ['oci', '1.2.3', '1.2.3'],
  ])('of %s and version %s is %s', async (protocol, range, version) => {
    const url = protocol === 'oci' ? `oci://${server.host}/oci` : `http://${server.host}/charts`;
    const { objects, problems: wrong } = await run({ 'app/x.txt': '' }, 'app', of(url, range));
    expect(wrong).toEqual([]);
    expect(objects[0]?.file).toBe(`demo-${version}/crds/widgets.yaml`);
  });

  test('of a range is asked for again after a while, and stays while the repository is away', async () => {
    const cache = join(helm.work, 'cache/charts');
    const age = (): void => {
      for (const name of readdirSync(cache)) utimesSync(join(cache, name, 'current'), 0, 0);
    };
    const files = { 'app/x.txt': '' };
    const source = of(`http://${server.host}/charts`, '^1.2');
    const title = async (): Promise<string | undefined> => (await run(files, 'app', source)).objects[0]?.file;
    expect(await title()).toMatch(/^demo-1\.3\.0\//);
    server.publish('1.4.0');
    expect(await title()).toMatch(/^demo-1\.3\.0\//);
    age();
    expect(await title()).toMatch(/^demo-1\.4\.0\//);
    age();
    server.isAway = true;
    expect(await title()).toMatch(/^demo-1\.4\.0\//);
    server.isAway = false;
  });

  test.each(['http', 'oci'])(
    'of %s is fetched with the credentials of a Secret, and by nobody else',
    async (protocol) => {
      const url = protocol === 'oci' ? `oci://${server.host}/closed` : `http://${server.host}/closed`;
      const files = { 'app/x.txt': '' };
      await expect(run(files, 'app', of(url, '1.2.3'))).rejects.toThrow("can't be fetched");
      const wrong = { username: 'ann', password: 'other' };
      await expect(run(files, 'app', of(url, '1.2.3'), wrong)).rejects.toThrow("can't be fetched");
      const { objects } = await run(files, 'app', of(url, '1.2.3'), {
        username: 'ann',
        password: 'pass word',
      });
      expect(objects[0]?.file).toBe('demo-1.2.3/crds/widgets.yaml');
      await expect(run(files, 'app', of(url, '1.2.3'))).rejects.toThrow("can't be fetched");
    },
  );

  test('that is not there, or not to be asked, is said', async () => {
    const files = { 'app/x.txt': '' };
    await expect(run(files, 'app', of(`http://${server.host}/charts`, '7.0.0'))).rejects.toThrow(
      `chart demo 7.0.0 can't be fetched from http://${server.host}/charts: `,
    );
    await expect(run(files, 'app', of('file:///etc'))).rejects.toThrow('use an https:// or oci:// address');
    await expect(run(files, 'app', of('http://charts.example.com'))).rejects.toThrow('use an https://');
    await expect(
      run(files, 'app', { repositoryURL: `http://${server.host}/charts`, chart: '--help' }),
    ).rejects.toThrow('"--help" is no name of a chart');
    await expect(run(files, 'app', of('https://169.254.169.254/charts'))).rejects.toThrow(
      'link-local addresses',
    );
  });
});

test('who is killed while old charts are removed leaves none that lacks some of its files', async () => {
  const folder = mkdtempSync(join(helm.work, 'evicted-'));
  const names = Array.from({ length: 60 }, (_, index) => `f${index}`);
  const longAgo = new Date(Date.now() - 24 * 3_600_000);
  for (let index = 0; index < 150; index += 1) {
    const chart = join(folder, `chart-${index}`);
    mkdirSync(chart);
    for (const name of names) writeFileSync(join(chart, name), 'x');
    utimesSync(chart, longAgo, longAgo);
  }
  const moduleAt = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const child = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { ChartCache } = await import(${moduleAt('./chart-cache.ts')});
     const { testNetwork } = await import(${moduleAt('../../testing/test-network.ts')});
     await new ChartCache(${JSON.stringify(folder)}, testNetwork()).get(${JSON.stringify(from('1.2.3'))});`,
  ]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const all = (): string[] => readdirSync(folder);
  await expect.poll(() => all().some((name) => name.startsWith('.gone-')) || all().length < 140).toBe(true);
  child.kill('SIGKILL');
  await ended;
  const whole = () => all().filter((name) => name.startsWith('chart-'));
  expect(whole().length).toBeGreaterThan(0);
  for (const name of whole()) expect(readdirSync(join(folder, name))).toHaveLength(names.length);
  // What it was removing goes with the next one.
  for (const name of all().filter((one) => one.startsWith('.')))
    utimesSync(join(folder, name), longAgo, longAgo);
  await new ChartCache(folder, testNetwork()).get(from('1.3.0'));
  expect(all().filter((name) => name.startsWith('.'))).toEqual([]);
  expect(all().length).toBeLessThanOrEqual(100);
});
