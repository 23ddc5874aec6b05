import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '@gantry/api/generated/types';
import { configMap, Fixture } from '@gantry/gitops/testing/fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, type Printed, runGantry } from '../testing/command-line.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
  await addUser(fixture, 'boss', ['system:masters']);
  await addUser(fixture, 'nobody', []);
}, 60_000);
afterAll(() => fixture.close());

const gantryPlan = (cwd: string, args: readonly string[], user = 'boss'): Promise<Printed> =>
  runGantry(fixture, ['plan', ...args], { cwd, user });

describe('gantry plan', () => {
  it('shows what a push of the working folder would change, uncommitted files included', async () => {
    const work = await fixture.workTree('shop');
    const folder = (name: string) => ({ [`deploy/${name}.yaml`]: configMap(name, 'one') });
    await work.commit({ ...folder('a'), ...folder('old'), '.gitignore': 'ignored\n' });
    const first = await gantryPlan(work.path, ['--exit-code']);
    expect(first.out).toContain('no Application yet (shop) in namespace shop');
    expect(first.out).toMatch(/plan: 3 to create, 0 to change, 0 to prune, 0 unchanged/);
    expect(first.code).toBe(2);
    await work.git('push', 'origin', 'main');
    await fixture.settled('shop', { sync: 'Synced' });
    expect(await gantryPlan(work.path, ['--exit-code'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('plan: 0 to create, 0 to change, 0 to prune, 2 unchanged'),
    });
    await work.git('rm', '--quiet', 'deploy/old.yaml');
    await writeFile(join(work.path, 'deploy/a.yaml'), configMap('a', 'two'));
    await writeFile(join(work.path, 'deploy/new.yaml'), configMap('new', 'x'));
    await writeFile(join(work.path, 'deploy/ignored'), 'not: [yaml');
    const { code, out } = await gantryPlan(work.path, ['deploy']);
    expect(out.split('\n')).toEqual([
      'Application shop in namespace shop, folder deploy, with the rights of boss',
      'plan: 1 to create, 1 to change, 1 to prune, 0 unchanged',
      '- ConfigMap/old',
      '~ ConfigMap/a  data.key: one → two (deploy/a.yaml:6)',
      '+ ConfigMap/new',
      '',
    ]);
    expect(code).toBe(0);
    const json = await gantryPlan(work.path, ['-o', 'json', '--exit-code', '--application', 'shop']);
    expect(json.code).toBe(2);
    const { kind, spec, status } = JSON.parse(json.out) as Plan;
    expect({ kind, spec, status }).toMatchObject({
      kind: 'Plan',
      spec: { application: 'shop' },
      status: { phase: 'Ready', user: 'boss', created: 1, changed: 1, pruned: 1 },
    });
    expect(await fixture.value('shop', 'a')).toBe('one');
  });

  it('tells what moves to another Application that the folder is for', async () => {
    const work = await fixture.workTree('moving');
    await work.commit({
      'a/keep.yaml': configMap('keep-a', '1'),
      'a/x.yaml': configMap('x', '1'),
      'b/keep.yaml': configMap('keep', '1'),
    });
    await work.git('push', 'origin', 'HEAD:other');
    for (const path of ['a', 'b'])
      await fixture.createApplication(path, 'moving', { source: { repository: 'moving', path } });
    await work.git('push', 'origin', 'main');
    for (const name of ['a', 'b'])
      await fixture.settled(name, { sync: 'Synced', health: 'Healthy' }, 'moving');
    await work.git('mv', 'a/x.yaml', 'b/x.yaml');
    expect(await gantryPlan(work.path, ['--application', 'a', '-n', 'moving'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /0 to prune, 1 unchanged\n> ConfigMap\/x {2}no longer in Git; it goes over to Application moving\/b/,
      ),
    });
    const { code, out } = await gantryPlan(work.path, ['--exit-code']);
    expect(out.split('\n').filter((line) => line.startsWith('Application'))).toEqual([
      'Application a in namespace moving, folder a, with the rights of boss',
      'Application b in namespace moving, folder b, with the rights of boss',
    ]);
    expect(code).toBe(0);
    expect(await gantryPlan(work.path, ['b'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('several Applications fit: moving/a, moving/b: choose one'),
    });
    expect(await gantryPlan(work.path, ['--application', 'b', '-n', 'moving'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 to create, 0 to change, 0 to prune, 2 unchanged'),
    });
  });

  it('names file, line and field of what the server would refuse, and what is wrong with a call', async () => {
    const work = await fixture.workTree('bad');
    await work.commit({ 'a.yaml': `${configMap('a', 'one')}dat: 1\n` });
    expect(await gantryPlan(work.path, ['--exit-code'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('a.yaml:7: ConfigMap/a dat: unknown field "dat"'),
    });
    expect(await gantryPlan(work.path, ['--application', 'nope'])).toMatchObject({
      code: 1,
      err: 'gantry: there is no Application "nope" (that you may see)\n',
    });
    expect(await gantryPlan(work.path, ['nowhere'])).toMatchObject({
      code: 1,
      err: 'gantry: there is no folder nowhere\n',
    });
    expect(await gantryPlan(work.path, ['-o', 'xml'])).toMatchObject({ code: 1 });
  });

  it('acts with the rights of the caller', async () => {
    const work = await fixture.workTree('rights');
    await work.commit({ 'a.yaml': configMap('a', 'one') });
    const { code, err } = await gantryPlan(work.path, ['-n', 'default'], 'nobody');
    expect(err).toMatch(
      /a\.yaml:1: ConfigMap\/a: configmaps "a" is forbidden: User "nobody" cannot patch resource/,
    );
    expect(code).toBe(1);
  });
});
