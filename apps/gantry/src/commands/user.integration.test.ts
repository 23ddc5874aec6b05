import { Fixture } from '@gantry/gitops/testing/fixture';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addUser, type Printed, runGantry } from '../testing/command-line.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
  await addUser(fixture, 'boss', ['system:masters']);
  await addUser(fixture, 'nobody', []);
}, 60_000);
afterAll(() => fixture.close());

const gantry = (args: readonly string[], user = 'boss'): Promise<Printed> =>
  runGantry(fixture, ['user', ...args], { user });

it('makes, shows, changes and deletes local users', async () => {
  const made = await gantry(['create', 'ann', '--group', 'dev,ops']);
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('user ann is made') });
  const password = made.out.trim();
  expect(password.length).toBeGreaterThan(7);
  expect((await gantry(['list'])).out).toMatch(/^ann +dev,ops +has the first password yet +never$/m);
  const again = await gantry(['create', 'ann']);
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining('exists already') });
  const reset = await gantry(['reset-password', 'ann', '-o', 'json']);
  const { status } = JSON.parse(reset.out) as { status: { initialPassword: string } };
  expect(status.initialPassword).not.toBe(password);
  expect(await gantry(['set-groups', 'ann', '--group', 'dev'])).toMatchObject({
    out: 'user ann is in dev\n',
  });
  expect(await gantry(['disable', 'ann'])).toMatchObject({ code: 0, out: 'user ann is disabled\n' });
  expect((await gantry(['list'])).out).toMatch(/^ann +dev +disabled +/m);
  expect(await gantry(['enable', 'ann'])).toMatchObject({ code: 0 });
  expect(await gantry(['delete', 'ann'])).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
  expect(await gantry(['delete', 'ann', '--yes'])).toMatchObject({ code: 0, out: 'user ann is deleted\n' });
  expect((await gantry(['list'])).out).not.toContain('ann');
  expect(await gantry(['disable', 'ann'])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/not found|no user/),
  });
});

it('tells who may not what is missing', async () => {
  const { code, err } = await gantry(['list'], 'nobody');
  expect(code).toBe(1);
  expect(err).toMatch(/^gantry: .*User "nobody" cannot list resource "localusers"/);
});
