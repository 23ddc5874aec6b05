import type { Application, Repository } from '@gantry/api/generated/types';
import type { Lister } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';
import { describe, expect, test, vi } from 'vitest';
import { GitError, NothingThereError, NotYetError } from '../git/tree.ts';
import type { Rendered } from '../render/render.ts';
import { DesiredSets } from './desired-sets.ts';

const X = '/ConfigMap/shop/x';

const lister = <T extends KubeObject>(all: readonly T[]): Lister<T> => ({
  get: (namespace, name) =>
    all.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
  list: (namespace) =>
    all.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace),
  byIndex: () => [],
});

const application = (name: string, namespace: string, more: Partial<Application> = {}): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace, uid: `${namespace}-${name}`, generation: 1 },
  spec: { source: { repository: 'app' } },
  ...more,
});

const repository = (
  namespace: string,
  main: string,
  url = 'https://git.example.com/app.git',
): Repository => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'app', namespace },
  spec: { url },
  status: { branches: { main } },
});

/** `held`: names of ConfigMaps by `APPLICATION COMMIT`; of what isn't there nothing can be read. */
function sets(
  applications: readonly Application[],
  repositories: readonly Repository[],
  held: Readonly<Record<string, readonly string[]>>,
  broken = '',
  mayHold = true,
) {
  const rendered: string[] = [];
  const desired = new DesiredSets({
    applications: lister(applications),
    repositories: lister(repositories),
    render: async ({ metadata: { name } }, { metadata: { namespace } }, commit) => {
      rendered.push(`${name} ${commit} by ${namespace}`);
      const names = held[`${name} ${commit}`];
      if (names === undefined) throw new GitError('there is no folder');
      return {
        commit,
        problems: name === broken ? [{ file: 'a.yaml', reason: 'bad' }] : [],
        objects: names.map((one) => ({
          object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: one, namespace: 'shop' } },
        })),
      } as unknown as Rendered;
    },
    rights: () => async () => mayHold,
  });
  return { desired, rendered };
}

const rights = () => async () => true;
const old = application('old', 'shop');
const heir = application('heir', 'shop');
const about = { application: old, commit: 'two' };

describe('who is to hold an object', () => {
  test('is another Application of the same Repository that wants it, asked for once', async () => {
    const { desired, rendered } = sets([old, heir], [repository('shop', 'two')], { 'heir two': ['x', 'y'] });
    const { found } = await desired.heirs(about, [X, '/ConfigMap/shop/z']);
    expect([...found]).toEqual([[X, 'shop/heir']]);
    await desired.heirs(about, [X]);
    expect(rendered).toEqual(['heir two by shop']);
  });

  test('or of another Repository with the same address, which looked earlier or later', async () => {
    const far = application('heir', 'far');
    const held = { 'heir one': [], 'heir two': ['x'] };
    const same = sets([old, far], [repository('shop', 'two'), repository('far', 'one')], held);
    expect([...(await same.desired.heirs(about, [X])).found]).toEqual([[X, 'far/heir']]);
    const other = repository('far', 'one', 'https://git.example.com/other.git');
    const another = sets([old, far], [repository('shop', 'two'), other], held);
    expect([...(await another.desired.heirs(about, [X])).found]).toEqual([]);
  });

  test('but nobody of another namespace who may not apply it', async () => {
    const far = application('heir', 'far');
    const held = { 'heir two': ['x'] };
    const known = [repository('shop', 'two'), repository('far', 'two')];
    expect([...(await sets([old, far], known, held, '', false).desired.heirs(about, [X])).found]).toEqual([]);
    expect([...(await sets([old, heir], known, held, '', false).desired.heirs(about, [X])).found]).toEqual([
      [X, 'shop/heir'],
    ]);
  });

  test('but nobody who names the same address and another commit, in another namespace', async () => {
    const one = '1'.repeat(40);
    const source = { repository: 'app', commit: one };
    const pinned = application('heir', 'far', { spec: { source } });
    const known = [repository('shop', 'two'), repository('far', 'two')];
    const held = { [`heir ${one}`]: ['x'] };
    expect([...(await sets([old, pinned], known, held).desired.heirs(about, [X])).found]).toEqual([]);
    const own = application('heir', 'shop', { spec: { source } });
    expect([...(await sets([old, own], known, held).desired.heirs(about, [X])).found]).toEqual([
      [X, 'shop/heir'],
    ]);
  });

  test('is nobody who goes, or can not be read', async () => {
    const going = application('heir', 'shop', {
      metadata: { ...heir.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    });
    const held = { 'heir two': ['x'] };
    expect(
      (await sets([old, going], [repository('shop', 'two')], held).desired.heirs(about, [X])).found.size,
    ).toBe(0);
    expect(
      (await sets([old, heir], [repository('shop', 'two')], {}).desired.heirs(about, [X])).found.size,
    ).toBe(0);
  });
});

describe('a holder lets go', () => {
  const bring = { application: heir, commit: 'two' };
  const isLeaving = (
    holder: Application,
    held: Readonly<Record<string, readonly string[]>>,
    broken?: string,
  ): Promise<boolean> =>
    sets([holder, heir], [repository('shop', 'two')], held, broken).desired.isLeaving('shop/old', X, bring);

  test('when what it follows no longer has the object', async () => {
    expect(await isLeaving(old, { 'old two': ['y'] })).toBe(true);
    expect(await isLeaving(old, { 'old two': ['x'] })).toBe(false);
    const manual = application('old', 'shop', {
      spec: { source: { repository: 'app' }, syncPolicy: { automated: false } },
    });
    expect(await isLeaving(manual, { 'old two': ['y'] })).toBe(true);
  });

  test('when its folder is gone as a whole', async () => {
    const desired = new DesiredSets({
      rights,
      applications: lister([old, heir]),
      repositories: lister([repository('shop', 'two')]),
      render: () => Promise.reject(new NothingThereError('there is no folder')),
    });
    expect(await desired.isLeaving('shop/old', X, bring)).toBe(true);
  });

  test('but not when that can not be told, or it was told to stay', async () => {
    expect(await isLeaving(old, {})).toBe(false);
    expect(await isLeaving(old, { 'old two': ['y'] }, 'old')).toBe(false);
    const back = application('old', 'shop', {
      status: { commit: 'one', quarantine: { commit: 'two', rolledBackTo: 'one' } },
    });
    expect(await isLeaving(back, { 'old two': ['y'], 'old one': ['x'] })).toBe(false);
  });
});

describe('an heir', () => {
  const held = { 'heir two': ['x'] };
  const known = [repository('shop', 'two')];

  test('is released once it is gone, or all that it may be led to lacks the object', async () => {
    const isReleased = (all: readonly Application[], of: Readonly<Record<string, readonly string[]>>) =>
      sets(all, known, of).desired.isReleased('shop/heir', [X], about);
    expect(await isReleased([old, heir], held)).toBe(false);
    expect(await isReleased([old, heir], { 'heir two': ['y'] })).toBe(true);
    expect(await isReleased([old], held)).toBe(true);
    // What can't be told releases nobody.
    expect(await isReleased([old, heir], {})).toBe(false);
  });

  test('that is long in coming is not waited for, and told of when it is known', async () => {
    const render = Promise.withResolvers<Rendered>();
    let renders = 0;
    const desired = new DesiredSets({
      rights,
      applications: lister([old, heir]),
      repositories: lister(known),
      render: () => {
        renders += 1;
        return render.promise;
      },
    });
    const told = new Promise<string>((resolve) => desired.onLate(resolve));
    expect(await desired.heirs(about, [X], 1)).toEqual({ found: new Map(), late: ['shop/heir'] });
    expect((await desired.heirs(about, [X], 1)).late).toEqual(['shop/heir']);
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'shop' } };
    render.resolve({ commit: 'two', problems: [], objects: [{ object }] } as unknown as Rendered);
    expect(await told).toBe('shop/old');
    expect([...(await desired.heirs(about, [X], 1)).found]).toEqual([[X, 'shop/heir']]);
    expect(renders).toBe(1);
  });
});

test('what is not there yet decides nothing, but not for ever', async () => {
  vi.useFakeTimers();
  try {
    const desired = new DesiredSets({
      rights,
      applications: lister([old, heir]),
      repositories: lister([repository('shop', 'two')]),
      render: async () => {
        vi.advanceTimersByTime(30_000);
        throw new NotYetError('chart web is still being fetched');
      },
    });
    const late = async (): Promise<readonly string[]> => (await desired.heirs(about, [X], 60_000)).late;
    expect(await late()).toEqual(['shop/heir']);
    expect(await desired.isReleased('shop/heir', [X], about)).toBe(false);
    vi.advanceTimersByTime(61_000);
    expect(await late()).toEqual(['shop/heir']);
    vi.advanceTimersByTime(61_000);
    expect(await late()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('sets are kept only so long, also empty ones', async () => {
  const commits = Array.from({ length: 11 }, (_, index) => `c${index}`);
  let renders = 0;
  let commit = '';
  const render = async (): Promise<Rendered> => {
    renders += 1;
    return { commit, problems: [], objects: [] };
  };
  const repositories = { ...lister<Repository>([]), get: () => repository('shop', commit) };
  const desired = new DesiredSets({ rights, applications: lister([old, heir]), repositories, render }, 10);
  for (commit of commits) await desired.heirs(about, [X]);
  commit = 'c0';
  await desired.heirs(about, [X]);
  expect(renders).toBe(commits.length + 1);
});
