import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorkTree, type WorkTree } from '../testing/git-client.ts';
import { bareTree, commitInfo } from './bare-tree.ts';
import { serveHttpBackend } from './http-backend.ts';
import { RemoteClones, remoteBranches } from './remote.ts';

let root: string;
let server: Server;
let tree: WorkTree;
let clones: RemoteClones;
const AT = { namespace: 'shop', name: 'other' };
const SECRET = { username: 'ann', password: 'pw' };

/** Another Git server: `/open/…` for everybody, `/closed/…` for ann. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gantry-remote-'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(root, 'app.git')]);
  tree = await makeWorkTree(join(root, 'app.git'));
  server = createServer((request, response) => {
    const [, area = '', rest = ''] = /^\/(open|closed)(\/[^?]*)/.exec(request.url ?? '') ?? [];
    const query = (request.url ?? '').split('?')[1] ?? '';
    if (area === '') response.writeHead(404).end('nothing here');
    else if (area === 'closed' && request.headers.authorization !== `Basic ${btoa('ann:pw')}`)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    else
      void serveHttpBackend(request, response, {
        root,
        pathInfo: rest,
        query,
        user: '',
        pushLimitBytes: 0,
        onHooks: (channel) => channel.on('error', () => undefined),
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clones = new RemoteClones(join(root, 'data'));
});

afterAll(async () => {
  server.close();
  await Promise.all([tree.remove(), rm(root, { recursive: true, force: true, maxRetries: 5 })]);
});

const url = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const commit = async (files: Record<string, string>): Promise<string> => {
  const made = await tree.commit(files);
  await tree.git('push', 'origin', '--all');
  return made;
};

describe('a repository elsewhere', () => {
  test('is followed: branches, then the newest commit by a shallow fetch, then the next one', async () => {
    const first = await commit({ 'deploy/a.yaml': 'a: 1\n' });
    expect(await remoteBranches(url('/open/app.git'), undefined)).toEqual({ main: first });
    const path = await clones.ensure(AT, url('/open/app.git'), 'main', first, async () => undefined);
    const files = await bareTree(path, first).list('deploy');
    expect(files).toMatchObject([{ path: 'deploy/a.yaml', type: 'file', size: 5 }]);
    expect(String((await bareTree(path, first).read(files))[0])).toBe('a: 1\n');
    const second = await commit({ 'deploy/a.yaml': 'a: 2\n' });
    await clones.ensure(AT, url('/open/app.git'), 'main', second, async () => undefined);
    expect(await commitInfo(path, second)).toEqual({
      commit: second,
      author: 'Ann <ann@example.com>',
      message: 'Change deploy/a.yaml',
    });
    expect(String((await bareTree(path, second).read(await bareTree(path, second).list('.')))[0])).toBe(
      'a: 2\n',
    );
    // What is there is not fetched again.
    await clones.ensure(AT, url('/gone'), 'main', first, async () => undefined);
  });

  test('may want credentials', async () => {
    const head = await commit({ 'b.yaml': 'b: 1\n' });
    await expect(remoteBranches(url('/closed/app.git'), undefined)).rejects.toThrow(
      /wants other credentials: set secretRef/,
    );
    const wrong = { ...SECRET, password: 'no' };
    await expect(remoteBranches(url('/closed/app.git'), wrong)).rejects.toThrow(/wants other credentials/);
    expect(await remoteBranches(url('/closed/app.git'), SECRET)).toEqual({ main: head });
    const at = { namespace: 'shop', name: 'closed' };
    const path = await clones.ensure(at, url('/closed/app.git'), 'main', head, async () => SECRET);
    expect((await commitInfo(path, head)).commit).toBe(head);
    await clones.remove('shop', 'closed');
    await expect(commitInfo(path, head)).rejects.toThrow();
  });

  test('that is not there, or is no address of ours, is told in words', async () => {
    await expect(remoteBranches(url('/open/no.git'), undefined)).rejects.toThrow(
      /is not a Git repository \(404\)/,
    );
    await expect(remoteBranches('http://127.0.0.1:1/x.git', undefined)).rejects.toThrow(
      /can't be read: .*ECONNREFUSED/,
    );
    for (const bad of ['file:///etc', 'ssh://git@host/x', '/etc/passwd'])
      await expect(remoteBranches(bad, undefined)).rejects.toThrow(
        "can't be followed: use an https:// or http://",
      );
    const head = await commit({ 'c.yaml': 'c: 1\n' });
    const at = { namespace: 'shop', name: 'missing' };
    await expect(
      clones.ensure(at, url('/open/app.git'), 'nope', head, async () => undefined),
    ).rejects.toThrow(/nope/);
    const old = '1'.repeat(40);
    await expect(clones.ensure(at, url('/open/app.git'), 'main', old, async () => undefined)).rejects.toThrow(
      'commit 1111111 is no longer the newest of branch "main"',
    );
  });

  test('is fetched once by two who want it at the same time', async () => {
    const head = await commit({ 'd.yaml': 'd: 1\n' });
    const at = { namespace: 'shop', name: 'both' };
    const paths = await Promise.all(
      [1, 2, 3].map(() => clones.ensure(at, url('/open/app.git'), 'main', head, async () => undefined)),
    );
    expect(new Set(paths).size).toBe(1);
    expect((await commitInfo(paths[0] ?? '', head)).commit).toBe(head);
  });
});
