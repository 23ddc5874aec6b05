import { configMap, Fixture, until } from '@gantry/gitops/testing/fixture';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addUser, type Printed, runGantry } from '../testing/command-line.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
  await addUser(fixture, 'boss', ['system:masters']);
}, 60_000);
afterAll(() => fixture.close());

const gantryApp = (...args: readonly string[]): Promise<Printed> => runGantry(fixture, ['app', ...args]);

it('lists and shows Applications, syncs them whole or in part, approves, and rolls back', async () => {
  expect(await gantryApp('list')).toMatchObject({
    code: 0,
    err: expect.stringContaining('no Application yet'),
  });
  const work = await fixture.workTree('shop');
  const first = await work.commit({ 'a.yaml': configMap('a', 'one'), 'b.yaml': configMap('b', 'one') });
  await work.git('push', 'origin', 'main');
  await fixture.settled('shop', { health: 'Healthy' });
  const all = await gantryApp('list');
  expect(all.out).toContain(`shop       shop  Synced  Healthy  ${first.slice(0, 7)}  -\n`);
  const got = await gantryApp('get', 'shop');
  expect(got.out).toContain('source:      shop, branch main, path .\n');
  expect(got.out).toContain('ConfigMap/a  shop       Synced  Healthy  -\n');
  const json = JSON.parse((await gantryApp('get', 'shop', '-o', 'json')).out) as { kind?: string };
  expect(json.kind).toBe('Application');

  await fixture.setValue('shop', 'a', 'x');
  await fixture.setValue('shop', 'b', 'x');
  await fixture.settled('shop', { sync: 'OutOfSync' });
  expect(await gantryApp('sync', 'shop', '--only', 'ConfigMap/b')).toMatchObject({ code: 0 });
  expect([await fixture.value('shop', 'a'), await fixture.value('shop', 'b')]).toEqual(['x', 'one']);
  const synced = await gantryApp('sync', 'shop');
  expect(synced).toMatchObject({
    code: 0,
    out: expect.stringContaining(`Synced at ${first.slice(0, 7)}, Healthy`),
  });
  expect(await fixture.value('shop', 'a')).toBe('one');

  await fixture.patchApplication('shop', { spec: { syncPolicy: { pruneBudget: { count: 0 } } } });
  const second = await work.commit({ 'a.yaml': configMap('a', 'two'), 'b.yaml': undefined });
  await work.git('push', 'origin', 'main');
  await until(async () => expect((await fixture.application('shop')).status?.pendingPrune).toBeDefined());
  const shown = await gantryApp('approve', 'shop');
  expect(shown.out).toContain(
    `commit ${second.slice(0, 7)} would delete 1 of 2 objects:\n  /ConfigMap/shop/b\n`,
  );
  const approval = /approve shop -n shop (\S+)/.exec(shown.out)?.[1] ?? '';
  expect(await gantryApp('approve', 'shop', 'wrong')).toMatchObject({
    code: 1,
    err: expect.stringContaining(`it is ${approval}, 1 of 2 objects`),
  });
  expect(await gantryApp('approve', 'shop', approval)).toMatchObject({ code: 0 });
  await expect(fixture.value('shop', 'b')).rejects.toThrow('not found');

  const back = await gantryApp('rollback', 'shop', first.slice(0, 8));
  expect(back).toMatchObject({
    code: 0,
    out: expect.stringContaining(`Synced at ${first.slice(0, 7)}, Healthy`),
  });
  expect(await fixture.value('shop', 'b')).toBe('one');
  const history = (await gantryApp('history', 'shop')).out.split('\n');
  expect(history[1]).toMatch(new RegExp(`Z  ${first.slice(0, 7)}  Applied  Rollback`));
  expect(await gantryApp('rollback', 'shop', 'f00ba12')).toMatchObject({
    code: 1,
    err: expect.stringContaining('"f00ba12": not the id'),
  });
});

it('says what is wrong with a call', async () => {
  expect(await gantryApp('get', 'nowhere')).toMatchObject({
    code: 1,
    err: 'gantry: there is no Application "nowhere" in any namespace\n',
  });
  expect(await gantryApp('get', 'nowhere', '-n', 'default')).toMatchObject({
    code: 1,
    err: 'gantry: applications.gitops.gantry.dev "nowhere" not found\n',
  });
  expect(await gantryApp('list', '-o', 'table')).toMatchObject({ code: 2 });
  expect(await gantryApp('list', '--kubeconfig', '/nowhere')).toMatchObject({
    code: 1,
    err: 'gantry: kubeconfig /nowhere: there is no such file\n',
  });
});
