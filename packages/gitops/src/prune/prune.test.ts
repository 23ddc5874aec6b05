import type { Application, ApplicationObjectStatus, PruneBudget } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { describe, expect, test } from 'vitest';
import { decide } from '../sync/decide.ts';
import { InventoryIndex } from '../sync/inventory.ts';
import { memoryKinds } from '../testing/memory-tree.ts';
import { APPROVE_PRUNE, describePending, mayPruneNow, pendingPrune } from './budget.ts';
import { afterPrune, heldBefore, markAdded } from './held-before.ts';
import { whyLeft } from './left-over.ts';
import { protectionOf } from './protection.ts';
import { choosePrune, decidePrune, type HeldObject } from './prune-choice.ts';

const COMMIT = '3f2a91c0000000000000000000000000000000000';

const entries = (count: number): ApplicationObjectStatus[] =>
  Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'shop',
    name: `c${index}`,
    sync: 'Synced',
    source: 'a.yaml:1',
  }));

function application(
  held: number,
  pruneBudget?: PruneBudget,
  annotations: Record<string, string> = {},
): Application {
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop', namespace: 'shop', annotations },
    spec: { source: { repository: 'shop' }, syncPolicy: pruneBudget === undefined ? {} : { pruneBudget } },
    status: { objects: entries(held) },
  };
}

const live = (entry: ApplicationObjectStatus, annotations: Record<string, string> = {}): HeldObject => ({
  entry,
  live: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: entry.name, uid: `uid-${entry.name}`, annotations },
  },
});

describe('deletions wait for an approval', () => {
  const waits = (doomed: number, held: number, budget?: PruneBudget): boolean =>
    pendingPrune(application(held, budget), COMMIT, entries(doomed), held) !== undefined;

  test.each([
    [0, 0, undefined, false],
    [20, 100, undefined, false],
    [21, 100, undefined, true],
    [5, 10, undefined, false],
    [6, 10, undefined, true],
    [5, 5, undefined, false],
    [1, 5, { count: 0 }, true],
    [3, 100, { count: 2 }, true],
    [30, 100, { count: 50, percent: 30 }, false],
    [31, 100, { count: 50, percent: 30 }, true],
    [1, 6, { percent: 0 }, true],
    [100, 100, { count: 100, percent: 100 }, false],
  ])('%i of %i with %j: %s', (doomed, held, budget, expected) => {
    expect(waits(doomed, held, budget)).toBe(expected);
  });

  test('that names the commit, the number, and just these objects', () => {
    const pending = pendingPrune(application(30), COMMIT, entries(25), 30);
    expect(pending).toMatchObject({ commit: COMMIT, count: 25, of: 30 });
    expect(pending?.approval).toMatch(/^3f2a91c:25:[0-9a-f]{6}$/);
    expect(pending?.objects).toContain('/ConfigMap/shop/c24');
    const approved = application(30, undefined, { [APPROVE_PRUNE]: pending?.approval ?? '' });
    expect(pendingPrune(approved, COMMIT, entries(25), 30)).toBeUndefined();
    expect(pendingPrune(approved, COMMIT.replace('3', '4'), entries(25), 30)).toBeDefined();
    expect(pendingPrune(approved, COMMIT, entries(26), 30)).toBeDefined();
    expect(pendingPrune(approved, COMMIT, entries(26).slice(1), 30)).toBeDefined();
    const waiting = { ...application(30), status: { pendingPrune: pending } } as Application;
    expect(mayPruneNow(waiting)).toBe(false);
    expect(mayPruneNow({ ...waiting, metadata: approved.metadata })).toBe(true);
    expect(mayPruneNow(approved)).toBe(false);
  });

  test('and say so, with the command', () => {
    const one = application(30);
    const pending = pendingPrune(one, COMMIT, entries(25), 30);
    expect(pending === undefined ? '' : describePending(one, pending)).toBe(
      `commit 3f2a91c would delete 25 of 30 objects, more than the budget of 20 objects or 50 % allows: they stay until that is approved, by gantry app approve shop -n shop ${pending?.approval}, or kubectl -n shop annotate --overwrite application shop ${APPROVE_PRUNE}=${pending?.approval}`,
    );
  });
});

test.each([
  [{}, undefined],
  [{ 'gitops.gantry.dev/prune': 'false' }, 'gitops.gantry.dev/prune: "false"'],
  [{ 'gitops.gantry.dev/prune': 'true' }, undefined],
  [
    { 'argocd.argoproj.io/sync-options': 'Validate=false, Prune=false' },
    'argocd.argoproj.io/sync-options: Prune=false',
  ],
  [{ 'argocd.argoproj.io/sync-options': 'Delete=false' }, 'argocd.argoproj.io/sync-options: Delete=false'],
  [{ 'argocd.argoproj.io/sync-options': 'Prune=true' }, undefined],
  [{ 'helm.sh/resource-policy': 'keep' }, 'helm.sh/resource-policy: keep'],
])('protection by %j is %s', (annotations, expected) => {
  expect(protectionOf({ metadata: { name: 'a', annotations } })).toBe(expected);
});

describe('what becomes of what Git no longer holds', () => {
  const [a, b, c] = entries(3) as [ApplicationObjectStatus, ApplicationObjectStatus, ApplicationObjectStatus];

  test('it goes, as the object that was looked at; what is protected stays and is no deviation', () => {
    const choice = decidePrune(application(3), COMMIT, [
      live(a),
      live(b, { 'gitops.gantry.dev/prune': 'false' }),
      live({ ...c, keep: true }),
    ]);
    expect(choice.doomed).toMatchObject([{ name: 'c0', uid: 'uid-c0' }]);
    expect(choice.kept).toMatchObject([
      {
        name: 'c1',
        sync: 'Synced',
        message: 'no longer in Git; kept, since it says gitops.gantry.dev/prune: "false"',
      },
      {
        name: 'c2',
        sync: 'Synced',
        message: 'no longer in Git; kept, since it says so in its last manifest',
      },
    ]);
    expect(choice.kept[0]).not.toHaveProperty('source');
    expect(choice.pending).toBeUndefined();
  });

  test('all of it stays when it is too much, and when pruning is off', () => {
    const tooMuch = decidePrune(application(3, { count: 1 }), COMMIT, [live(a), live(b)]);
    expect(tooMuch).toMatchObject({ doomed: [], pending: { count: 2, of: 3 } });
    expect(tooMuch.kept.map(whyLeft)).toEqual([
      'no longer in Git; its deletion waits for an approval',
      'no longer in Git; its deletion waits for an approval',
    ]);
    const off = application(3);
    off.spec.syncPolicy = { prune: false };
    const choice = decidePrune(off, COMMIT, [live(a)]);
    expect(choice).toMatchObject({ doomed: [], kept: [{ message: 'no longer in Git; pruning is off' }] });
    expect(choice.pending).toBeUndefined();
  });
});

describe('what a commit brings makes no room for its own deletions', () => {
  const named = (prefix: string): ApplicationObjectStatus[] =>
    entries(10).map((entry) => ({ ...entry, name: `${prefix}-${entry.name}` }));
  const settled = (objects: ApplicationObjectStatus[]): Application => ({
    ...application(0),
    status: { commit: 'one', objects },
  });
  /** The last step of a sync: decides, and what is held then. */
  function sync(
    before: Application,
    commit: string,
    inGit: ApplicationObjectStatus[],
    annotations: Record<string, string> = {},
  ) {
    const one = { ...before, metadata: { ...before.metadata, annotations } };
    const names = new Set(inGit.map(({ name }) => name));
    const gone = (one.status?.objects ?? []).filter(({ name }) => !names.has(name));
    const choice = decidePrune(
      one,
      commit,
      gone.map((entry) => live(entry)),
    );
    const objects = afterPrune(markAdded(one, commit, inGit), choice.kept);
    return { choice, after: { ...one, status: { ...one.status, commit, objects } } };
  }

  test('while they wait for an approval, also of later commits', () => {
    const first = sync(settled(named('old')), 'two', named('new'));
    expect(first.choice.pending).toMatchObject({ count: 10, of: 10 });
    const second = sync(first.after, 'three', named('new'));
    expect(second.choice).toMatchObject({ doomed: [], pending: { count: 10, of: 10 } });
    const third = sync(second.after, 'four', [...named('new'), ...named('more')]);
    expect(third.choice).toMatchObject({ doomed: [], pending: { count: 10, of: 10 } });
    const again = sync(third.after, 'five', named('other'));
    expect(again.choice).toMatchObject({ doomed: [], pending: { count: 30, of: 30 } });
  });

  test('also when they wait since before entries had marks', () => {
    const first = sync(settled(named('old')), 'two', named('new'));
    const { pending } = first.choice;
    const objects = first.after.status.objects.map(({ added: _, ...entry }) => entry);
    const status = { commit: 'two', objects, ...(pending === undefined ? {} : { pendingPrune: pending }) };
    const { choice } = sync({ ...first.after, status }, 'three', named('new'));
    expect(choice).toMatchObject({ doomed: [], pending: { count: 10, of: 10 } });
  });

  test('nor by its first waves, whether or not they are tried again', () => {
    const before = settled(named('old'));
    const objects = [...named('old'), ...markAdded(before, 'two', named('new'))];
    const halfway = { ...before, status: { commit: 'one', objects } };
    expect(sync(halfway, 'two', named('new')).choice.pending).toMatchObject({ count: 10, of: 10 });
  });

  test('until they are approved: then it counts like all others', () => {
    const first = sync(settled(named('old')), 'two', named('new'));
    const approval = first.choice.pending?.approval ?? '';
    const approved = sync(first.after, 'two', named('new'), { [APPROVE_PRUNE]: approval });
    expect(approved.choice.doomed).toHaveLength(10);
    expect(approved.after.status.objects.map(({ added }) => added)).toEqual(Array(10).fill(undefined));
    expect(heldBefore(approved.after, [])).toBe(10);
    expect(sync(approved.after, 'three', named('new').slice(5)).choice.doomed).toHaveLength(5);
  });
});

test('what another Application would take over is left to it', async () => {
  const index = new InventoryIndex();
  const one = application(2);
  index.set('shop/shop', entries(2));
  index.contest('shop/other', new Set(['/ConfigMap/shop/c0']));
  const client = {
    get: async (_kind: unknown, _namespace: string, name: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, uid: 'u' },
    }),
  } as unknown as Client;
  const choice = await choosePrune({ client, kinds: memoryKinds(), index }, one, COMMIT, new Set());
  expect(choice).toMatchObject({ doomed: [{ name: 'c1' }], kept: [] });
  // What is only about to be applied may be refused: it is forgotten once the other one has it.
  index.contest('shop/other', new Set());
  index.claim('shop/other', new Set(['/ConfigMap/shop/c0']));
  const chosen = () => choosePrune({ client, kinds: memoryKinds(), index }, one, COMMIT, new Set());
  const message = 'no longer in Git; it goes over to Application shop/other';
  expect(await chosen()).toMatchObject({ doomed: [{ name: 'c1' }], kept: [{ name: 'c0', message }] });
  index.set('shop/other', entries(1));
  expect(await chosen()).toMatchObject({ doomed: [{ name: 'c1' }], kept: [] });
});

test('the namespace of the Application itself is never deleted, and nothing is asked for when nothing is left', async () => {
  const asked: string[] = [];
  const parts = {
    client: {
      get: async (_kind: unknown, _namespace: string, name: string) => {
        asked.push(name);
        return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: 'u' } };
      },
    } as unknown as Client,
    kinds: memoryKinds(),
    index: new InventoryIndex(),
  };
  const one = application(1);
  one.status = {
    objects: [
      { apiVersion: 'v1', kind: 'Namespace', name: 'shop' },
      { apiVersion: 'v1', kind: 'Namespace', name: 'extra' },
      { apiVersion: 'v1', kind: 'Namespace', name: 'theirs' },
      { apiVersion: 'example.com/v1', kind: 'Gone', name: 'x' },
    ],
  };
  parts.index.set('other/other', [{ apiVersion: 'v1', kind: 'Namespace', name: 'theirs' }]);
  expect(await choosePrune(parts, one, COMMIT, new Set())).toMatchObject({
    doomed: [{ name: 'extra', uid: 'u' }],
  });
  expect(asked).toEqual(['extra']);
  await choosePrune(
    parts,
    one,
    COMMIT,
    new Set(['/Namespace//extra', '/Namespace//theirs', 'example.com/Gone//x']),
  );
  expect(asked).toEqual(['extra']);
});

test('without automation an approval is of what was applied, and brings nothing newer', () => {
  const pending = pendingPrune(application(30), COMMIT, entries(25), 30);
  const approved = application(30, undefined, { [APPROVE_PRUNE]: pending?.approval ?? '' });
  const waiting = { ...approved, status: { commit: COMMIT, pendingPrune: pending } } as Application;
  const commit = (one: Application) => decide(one, 'newer', undefined, 0);
  expect(commit(waiting)).toEqual({ type: 'sync', commit: 'newer' });
  const manual = { ...waiting, spec: { ...waiting.spec, syncPolicy: { automated: false } } };
  expect(commit(manual)).toEqual({ type: 'sync', commit: COMMIT });
});
