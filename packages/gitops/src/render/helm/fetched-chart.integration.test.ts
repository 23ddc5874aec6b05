import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChartServer } from '../../testing/chart-server.ts';
import { type HelmFixture, makeHelm } from '../../testing/helm-fixture.ts';

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

describe('a chart of a repository', () => {
  const from = (repositoryURL: string, version?: string) => ({
    repositoryURL,
    chart: 'demo',
    ...(version === undefined ? {} : { version }),
  });

  test('is fetched once for a version', async () => {
    const files = { 'app/values.yaml': 'replicas: 5\n' };
    const source = { ...from(`http://${server.host}/charts`, '1.2.3'), valuesFiles: ['values.yaml'] };
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
    const { objects, problems: wrong } = await run({ 'app/x.txt': '' }, 'app', from(url, range));
    expect(wrong).toEqual([]);
    expect(objects[0]?.file).toBe(`demo-${version}/crds/widgets.yaml`);
  });

  test('of a range is asked for again after a while, and stays while the repository is away', async () => {
    const cache = join(helm.work, 'cache/charts');
    const age = (): void => {
      for (const name of readdirSync(cache)) utimesSync(join(cache, name, 'current'), 0, 0);
    };
    const files = { 'app/x.txt': '' };
    const source = from(`http://${server.host}/charts`, '^1.2');
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
      await expect(run(files, 'app', from(url, '1.2.3'))).rejects.toThrow("can't be fetched");
      const wrong = { username: 'ann', password: 'other' };
      await expect(run(files, 'app', from(url, '1.2.3'), wrong)).rejects.toThrow("can't be fetched");
      const { objects } = await run(files, 'app', from(url, '1.2.3'), {
        username: 'ann',
        password: 'pass word',
      });
      expect(objects[0]?.file).toBe('demo-1.2.3/crds/widgets.yaml');
      await expect(run(files, 'app', from(url, '1.2.3'))).rejects.toThrow("can't be fetched");
    },
  );

  test('that is not there, or not to be asked, is said', async () => {
    const files = { 'app/x.txt': '' };
    await expect(run(files, 'app', from(`http://${server.host}/charts`, '7.0.0'))).rejects.toThrow(
      `chart demo 7.0.0 can't be fetched from http://${server.host}/charts: `,
    );
    await expect(run(files, 'app', from('file:///etc'))).rejects.toThrow('use an https:// or oci:// address');
    await expect(run(files, 'app', from('http://charts.example.com'))).rejects.toThrow('use an https://');
    await expect(
      run(files, 'app', { repositoryURL: `http://${server.host}/charts`, chart: '--help' }),
    ).rejects.toThrow('"--help" is no name of a chart');
    await expect(run(files, 'app', from('https://169.254.169.254/charts'))).rejects.toThrow(
      'link-local addresses',
    );
  });
});
