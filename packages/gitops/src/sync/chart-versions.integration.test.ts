import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChartRepository, startChartRepository } from '../testing/chart-repository.ts';
import { Fixture, until } from '../testing/fixture.ts';

let fixture: Fixture;
let charts: ChartRepository;

beforeAll(async () => {
  [fixture, charts] = await Promise.all([Fixture.start(), startChartRepository()]);
});

afterAll(() => Promise.all([fixture.close(), charts.close()]));

test('a newer version of a chart in the range starts a sync by itself; without automation it waits', async () => {
  await charts.publish('1.2.3');
  const tree = await fixture.workTree('charts');
  const commit = await tree.commit({ 'values.yaml': 'a: 1\n' });
  await tree.git('push', 'origin', 'HEAD:other');
  await fixture.createApplication('demo', 'charts', {
    source: {
      repository: 'charts',
      branch: 'other',
      helm: { repositoryURL: charts.url, chart: 'demo', version: '^1.2', interval: '5s' },
    },
    user: 'admin',
    groups: ['system:masters'],
  });
  await fixture.settled('demo', { sync: 'Synced', commit, chartVersion: '1.2.3' }, 'charts');
  await charts.publish('1.3.0');
  await charts.publish('2.0.0');
  const { history } = await fixture
    .settled('demo', { sync: 'Synced', commit, chartVersion: '1.3.0' }, 'charts')
    .then((status) => status ?? {});
  expect(await fixture.value('charts', 'demo')).toBe('1.3.0');
  expect(history).toMatchObject([
    { commit, result: 'Applied', changed: 1, reason: 'chart 1.2.3 → 1.3.0' },
    { commit, result: 'Applied', created: 1 },
  ]);
  await fixture.patchApplication('demo', { spec: { syncPolicy: { automated: false } } }, 'charts');
  await charts.publish('1.4.0');
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
