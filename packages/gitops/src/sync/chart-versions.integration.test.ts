import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChartServer } from '../testing/chart-server.ts';
import { Fixture, until } from '../testing/fixture.ts';

let fixture: Fixture;
let charts: ChartServer;
let folder = '';

/** Its ConfigMap `demo` holds the chart's version. */
const CHART = {
  'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.2.3\n',
  'templates/map.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: demo}\ndata: {key: {{ .Chart.Version | quote }}}\n',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-charts-'));
  [fixture, charts] = await Promise.all([Fixture.start(), ChartServer.start(folder, CHART)]);
});

afterAll(async () => {
  charts.close();
  await fixture.close();
  await rm(folder, { recursive: true, force: true });
});

test('a newer version of a chart in the range starts a sync by itself; without automation it waits', async () => {
  charts.publish('1.2.3');
  const tree = await fixture.workTree('charts');
  const commit = await tree.commit({ 'values.yaml': 'a: 1\n' });
  await tree.git('push', 'origin', 'HEAD:other');
  await fixture.createApplication('demo', 'charts', {
    source: {
      repository: 'charts',
      branch: 'other',
      helm: { repositoryURL: `http://${charts.host}/charts`, chart: 'demo', version: '^1.2', interval: '5s' },
    },
    user: 'admin',
    groups: ['system:masters'],
  });
  await fixture.settled('demo', { sync: 'Synced', commit, chartVersion: '1.2.3' }, 'charts');
  charts.publish('1.3.0');
  charts.publish('2.0.0');
  const { history } = await fixture
    .settled('demo', { sync: 'Synced', commit, chartVersion: '1.3.0' }, 'charts')
    .then((status) => status ?? {});
  expect(await fixture.value('charts', 'demo')).toBe('1.3.0');
  expect(history).toMatchObject([
    { commit, result: 'Applied', changed: 1, reason: 'chart 1.2.3 → 1.3.0' },
    { commit, result: 'Applied', created: 1 },
  ]);
  await fixture.patchApplication('demo', { spec: { syncPolicy: { automated: false } } }, 'charts');
  charts.publish('1.4.0');
  await until(async () =>
    expect((await fixture.application('demo', 'charts')).status).toMatchObject({
      sync: 'OutOfSync',
      chartVersion: '1.3.0',
      message: expect.stringContaining(
        'version 1.4.0 of chart demo is not applied, since automated sync is off',
      ),
    }),
  );
  await fixture.patchApplication(
    'demo',
    { metadata: { annotations: { 'gitops.gantry.dev/sync-requested-at': '1' } } },
    'charts',
  );
  await fixture.settled('demo', { sync: 'Synced', chartVersion: '1.4.0' }, 'charts');
});
