import type { Application, ApplicationStatus } from '@gantry/api/generated/types';
import type { InformerHandler } from '@gantry/client/port';
import { expect, test } from 'vitest';
import { ProgressWatch } from './progress.ts';

/**
 * An Application whose status can be set, and a push that follows it to `commit`. `meanwhile`: what it has become
 * between the check of the push and the moment when it is followed.
 */
function fixture(commit: string, before: ApplicationStatus = {}, meanwhile = before) {
  let application: Application;
  let handler: InformerHandler<Application> = {};
  const lines: string[] = [];
  const abort = new AbortController();
  const put = (status: ApplicationStatus): void => {
    application = {
      apiVersion: 'gitops.gantry.dev/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: { source: { repository: 'shop' } },
      status,
    };
    handler.onUpdate?.(application, undefined, false);
  };
  put(meanwhile);
  const watch = new ProgressWatch({
    addHandler: (given) => {
      handler = given;
    },
    get: () => application,
  });
  const say = (line: string): void => void lines.push(line.replace(/ {2}[\d.]+ s$/, ''));
  const followed = { namespace: 'shop', name: 'shop', commit, before: before.history?.[0]?.commit };
  const done = watch.follow(followed, { say, signal: abort.signal });
  const remove = (): void => handler.onDelete?.(application);
  return { put, remove, lines, done, abort };
}

const applied = (commit: string) =>
  ({ commit, result: 'Applied', created: 1, changed: 0, pruned: 0 }) as const;
const deployment = (message: string, health: 'Progressing' | 'Healthy') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  health,
  message,
});

test('each step is told once, in order, until healthy', async () => {
  const { put, lines, done } = fixture('b', { history: [applied('a')], health: 'Healthy' });
  put({ history: [applied('a')], health: 'Healthy' });
  const step = (message: string): ApplicationStatus => ({
    history: [applied('b'), applied('a')],
    health: 'Progressing',
    objects: [deployment(message, 'Progressing')],
  });
  put(step('0/2 ready'));
  put(step('0/2 ready'));
  put(step('1/2 ready'));
  put({ ...step(''), health: 'Healthy', objects: [deployment('2/2 ready', 'Healthy')] });
  await done;
  put(step('1/2 ready'));
  expect(lines).toEqual([
    'shop  applied  1 created, 0 changed, 0 pruned',
    'shop  Deployment/web  0/2 ready',
    'shop  Deployment/web  1/2 ready',
    'shop  Deployment/web  2/2 ready',
    'shop  health  Healthy',
  ]);
});

test('a failure ends it with its reason', async () => {
  const { put, lines, done } = fixture('b');
  put({ history: [{ commit: 'b', result: 'Failed', reason: 'no rights' }] });
  await done;
  expect(lines).toEqual(['shop  sync  failed: no rights']);
});

test('a push back to an older commit is not taken for one that was overtaken', async () => {
  const { put, lines, done } = fixture('a', { history: [applied('b'), applied('a')] });
  put({ history: [applied('b'), applied('a')], targetCommit: 'a' });
  expect(lines).toEqual([]);
  put({ history: [applied('a'), applied('b'), applied('a')], health: 'Healthy' });
  await done;
  expect(lines.at(-1)).toBe('shop  health  Healthy');
});

test('a later push that was applied meanwhile ends it', async () => {
  const { put, lines, done } = fixture('b', { history: [applied('a')] });
  put({ history: [applied('cccccccc'), applied('b'), applied('a')] });
  await done;
  expect(lines).toEqual(['shop  sync  superseded by ccccccc']);
});

test('why a commit is not applied is told, and who goes away is not waited for', async () => {
  const { put, lines, done, abort } = fixture('b', { history: [applied('a')] });
  put({ history: [applied('a')], targetCommit: 'b', message: 'the source is away' });
  abort.abort();
  await done;
  expect(lines).toEqual(['shop  sync  the source is away']);
});

test('a sync that was over before anybody could follow is told all the same', async () => {
  const { lines, done } = fixture('a', {}, { history: [applied('a')], health: 'Healthy' });
  await done;
  expect(lines).toEqual(['shop  applied  1 created, 0 changed, 0 pruned', 'shop  health  Healthy']);
});

test('one that was overtaken before anybody could follow, too', async () => {
  const before = { history: [applied('a')] };
  const { lines, done } = fixture('b', before, { history: [applied('c'), applied('b'), applied('a')] });
  await done;
  expect(lines).toEqual(['shop  sync  superseded by c']);
});

test('what can not begin before somebody changes it is not waited for', async () => {
  const { put, lines, done } = fixture('b', { history: [applied('a')], health: 'Healthy' });
  const message = 'spec.dependsOn goes round in a circle: x/a → x/b → x/a; none of them can begin';
  put({ history: [applied('a')], health: 'Healthy', targetCommit: 'b', message });
  await done;
  expect(lines).toEqual([`shop  sync  ${message}`]);
});

test('hooks take transactions of their own, which is nothing to tell', async () => {
  const { put, lines, done } = fixture('b', { history: [applied('a')], health: 'Healthy' });
  put({ history: [{ ...applied('b'), waves: 3, transactions: 5 }, applied('a')], health: 'Healthy' });
  await done;
  expect(lines).toEqual([
    'shop  applied  1 created, 0 changed, 0 pruned in 3 waves',
    'shop  health  Healthy',
  ]);
});

const SPLIT = 'more than one transaction of the server holds: applied in 5';

test('a sync that is under way tells its waves, and is not over before its end', async () => {
  const { put, lines, done } = fixture('b', { history: [applied('a')], health: 'Healthy' });
  const under = (message: string, objects: ApplicationStatus['objects'] = []): ApplicationStatus => ({
    history: [applied('a')],
    health: 'Healthy',
    targetCommit: 'b',
    message: `commit b: ${message}`,
    operation: { commit: 'b', message },
    objects,
  });
  put(under('wave 0 (1 of 2) begins'));
  put(under('wave 0 (1 of 2) waits for Deployment/web: 0/2', [deployment('0/2 ready', 'Progressing')]));
  put({
    history: [{ ...applied('b'), waves: 2, transactions: 5, reason: SPLIT }, applied('a')],
    health: 'Healthy',
    objects: [deployment('2/2 ready', 'Healthy')],
  });
  await done;
  expect(lines).toEqual([
    'shop  sync  wave 0 (1 of 2) begins',
    'shop  sync  wave 0 (1 of 2) waits for Deployment/web: 0/2',
    'shop  Deployment/web  0/2 ready',
    'shop  applied  1 created, 0 changed, 0 pruned in 2 waves and 5 transactions, being larger than one may be',
    'shop  Deployment/web  2/2 ready',
    'shop  health  Healthy',
  ]);
});

test('a sync that a newer commit took the place of is over', async () => {
  const { put, lines, done } = fixture('b', { history: [applied('a')] });
  put({ history: [{ commit: 'b', result: 'Superseded', reason: 'commit c came' }, applied('a')] });
  await done;
  expect(lines).toEqual(['shop  sync  superseded: commit c came']);
});

test('an Application that goes with the push is not waited for', async () => {
  const { remove, lines, done } = fixture('b', { history: [applied('a')], health: 'Healthy' });
  remove();
  await done;
  expect(lines).toEqual(['shop  sync  ends: the Application is deleted']);
});
