import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HostedRepositories } from '../git/hosted.ts';
import { hasHappened, settleOnce } from './announced.ts';

test('a push has happened when its ref is where it led it, or further', async () => {
  const root = mkdtempSync(join(tmpdir(), 'gantry-announced-'));
  try {
    const hosted = new HostedRepositories(root);
    const cwd = hosted.path('shop');
    mkdirSync(cwd, { recursive: true });
    const env = { ...process.env, HOME: root };
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd, env, encoding: 'utf8' }).trim();
    git('init', '--quiet', '--bare', '--initial-branch=main');
    const tree = git('hash-object', '-t', 'tree', '-w', '/dev/null');
    const commit = (message: string, ...parents: string[]): string =>
      git(
        ...['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit-tree', tree, '-m', message],
        ...parents.flatMap((parent) => ['-p', parent]),
      );
    const first = commit('first');
    const second = commit('second', first);
    const refused = commit('refused', first);
    git('update-ref', 'refs/heads/main', second);
    const happened = (ref: string, id: string) =>
      hasHappened(hosted, { records: [], once: [{ repository: 'shop', ref, commit: id }] });
    expect(await happened('refs/heads/main', second)).toBe(true);
    expect(await happened('refs/heads/main', first)).toBe(true);
    expect(await happened('refs/heads/main', refused)).toBe(false);
    expect(await happened('refs/heads/main', '1'.repeat(40))).toBe(false);
    expect(await happened('refs/heads/other', first)).toBe(false);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('a push whose client is gone has happened when its refs move later, and not when they never do', async () => {
  const outcomes: string[] = [];
  const kept = {
    send: () => void outcomes.push('sent'),
    drop: async () => void outcomes.push('dropped'),
  };
  const looks = [false, true];
  await settleOnce(kept, async () => looks.shift() ?? false, [0, 1, 1]);
  expect([outcomes, looks]).toEqual([['sent'], []]);
  await settleOnce(kept, async () => false, [0, 1, 1]);
  expect(outcomes).toEqual(['sent', 'dropped']);
});
