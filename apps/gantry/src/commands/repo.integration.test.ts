import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configMap, Fixture, until } from '@gantry/gitops/testing/fixture';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addUser, type Printed, runGantry } from '../testing/command-line.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
  await addUser(fixture, 'boss', ['system:masters']);
}, 60_000);
afterAll(() => fixture.close());

const gantry = (args: readonly string[], cwd?: string): Promise<Printed> =>
  runGantry(fixture, args, cwd === undefined ? {} : { cwd });

const done = (text: string) => ({ code: 0, out: expect.stringContaining(text) });
const refused = (text: string) => ({ code: 1, err: expect.stringContaining(text) });

it('makes, shows, changes and deletes Repositories and Applications', async () => {
  expect(await gantry(['repo', 'list'])).toMatchObject({ code: 0, err: expect.stringContaining('yet') });
  const work = await fixture.workTree('shop');
  const commit = await work.commit({ 'a.yaml': configMap('a', 'one'), 'b/b.yaml': configMap('b', 'one') });
  await work.git('push', 'origin', 'main');
  await fixture.settled('shop', { health: 'Healthy' });
  expect(await gantry(['repo', 'list'])).toMatchObject(done('shop       shop  (hosted)  True   1         0'));

  const create = ['app', 'create', 'b', '-n', 'shop', '--repository', 'shop', '--path', 'b'];
  expect(await gantry([...create, '--dest-namespace', 'elsewhere', '--no-auto-sync'])).toMatchObject(
    done('Application shop/b is made'),
  );
  const made = await fixture.application('b', 'shop');
  expect(made.spec).toMatchObject({
    source: { path: 'b', branch: 'main' },
    syncPolicy: { automated: false },
  });
  expect(await gantry(['app', 'set', 'b', '--semver', '1.x', '--auto-sync'])).toMatchObject(
    done('is changed'),
  );
  const { spec } = await fixture.application('b', 'shop');
  expect(spec).toMatchObject({ source: { semver: '1.x' }, syncPolicy: { automated: true } });
  expect(await gantry(['app', 'set', 'b', '--semver', 'newest'])).toMatchObject(
    refused('spec.source.semver'),
  );
  expect(await gantry(['app', 'set', 'b'])).toMatchObject({ code: 2 });

  const got = await gantry(['repo', 'get', 'shop']);
  expect(got.out).toContain('followed by: b, shop\n');
  expect(got.out).toContain(`main    ${commit.slice(0, 7)}\n`);
  expect(await gantry(['repo', 'delete', 'shop'])).toMatchObject(refused('b, shop would have no source'));
  expect(await gantry(['app', 'delete', 'b'])).toMatchObject(done('0 objects left running'));
  expect(await gantry(['app', 'delete', 'shop', '--cascade'])).toMatchObject(
    done('2 objects deleted with it'),
  );
  await until(async () => await expect(fixture.value('shop', 'a')).rejects.toThrow('not found'));
  expect(await gantry(['repo', 'refresh', 'shop'])).toMatchObject(done('looked at now'));
  expect(await gantry(['repo', 'delete', 'shop'])).toMatchObject(done('is deleted'));
  expect(await gantry(['repo', 'create', 'far', '--url', 'ftp://x/y'])).toMatchObject(refused('spec.url'));
  expect(await gantry(['repo', 'create', 'own', '-n', 'default'])).toMatchObject({ code: 2 });
});

it('plans a branch, shows the plans that are kept, and knows a folder that was pushed by address', async () => {
  const work = await fixture.workTree('web');
  await work.commit({ 'a.yaml': configMap('a', 'one') });
  await work.git('push', fixture.address('web'), 'main');
  await fixture.settled('web', { health: 'Healthy' });
  await work.git('remote', 'remove', 'origin');
  await writeFile(join(work.path, 'a.yaml'), configMap('a', 'two'));
  expect((await gantry(['plan'], work.path)).out).toContain('Application web in namespace web');

  await work.git('checkout', '--quiet', '-b', 'feature');
  const next = await work.commit({ 'a.yaml': configMap('a', 'three') });
  await work.git('push', fixture.address('web'), 'feature');
  const planned = await gantry(['plan', '--revision', 'feature', '--exit-code'], work.path);
  expect(planned.out).toContain(`of Application web: Ready, commit ${next.slice(0, 7)}, with the rights of`);
  expect(planned.out).toContain('~ ConfigMap/a  data.key: one → three (a.yaml:6)');
  expect(planned.code).toBe(2);
  expect(await gantry(['plan', '--revision', 'nope'], work.path)).toMatchObject(
    refused('"nope" is no branch, tag or commit of Repository web'),
  );
  const name = `web-${next.slice(0, 7)}`;
  expect((await gantry(['app', 'plans', 'web'])).out).toContain(`${name}  ${next.slice(0, 7)}  Ready `);
  expect((await gantry(['app', 'plans', 'web', name])).out).toContain('data.key: one → three');
});
