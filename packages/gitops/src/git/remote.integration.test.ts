import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueLeaf } from '@gantry/pki/certificate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorkTree, runGit, type WorkTree } from '../testing/git-client.ts';
import { testNetwork } from '../testing/test-network.ts';
import { bareTree, commitInfo } from './bare-tree.ts';
import type { Credentials } from './credentials.ts';
import { serveHttpBackend } from './http-backend.ts';
import { localRefs, type Refs } from './refs.ts';
import { type Remote, RemoteClones } from './remote.ts';

let root: string;
let server: Server;
let tree: WorkTree;
let clones: RemoteClones;
const SECRET = { username: 'ann', password: 'pw' };

function elsewhere(how: string, rest: string): string {
  const { port } = server.address() as AddressInfo;
  if (how === 'away') return `http://localhost:${port}${rest}`;
  if (how === 'metadata') return `http://169.254.169.254${rest}`;
  return how === 'round' ? `/round${rest}` : rest;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, area = '', rest = ''] = /^\/(open|closed)(\/[^?]*)/.exec(request.url ?? '') ?? [];
  const query = (request.url ?? '').split('?')[1] ?? '';
  const moved = /^\/(moved|away|round|metadata)(\/.*)/.exec(request.url ?? '');
  if (moved !== null) response.writeHead(301, { location: elsewhere(moved[1] ?? '', moved[2] ?? '') }).end();
  else if (area === '') response.writeHead(404).end('nothing here');
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
}

/** Another Git server: `/open/…` for everybody, `/closed/…` for ann. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gantry-remote-'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(root, 'app.git')]);
  tree = await makeWorkTree(join(root, 'app.git'));
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clones = new RemoteClones(join(root, 'data'), testNetwork());
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

/** What is at `path`, opened with the credentials. */
const remote = (path: string, credentials?: Credentials): Remote => ({ url: url(path), credentials });
const refs = (path: string, credentials?: Credentials): Promise<Refs> =>
  clones.refs(remote(path, credentials));
const fetched = (
  name: string,
  id: string,
  path = '/open/app.git',
  more: { credentials?: Credentials; refs?: readonly string[] } = {},
): Promise<string> =>
  clones.ensure({ namespace: 'shop', name }, id, more.refs ?? ['refs/heads/main'], async () =>
    remote(path, more.credentials),
  );

describe('a repository elsewhere', () => {
  test('is followed: branches, then the newest commit by a shallow fetch, then the next one', async () => {
    const first = await commit({ 'deploy/a.yaml': 'a: 1\n' });
    expect(await refs('/open/app.git')).toEqual({ branches: { main: first }, tags: {} });
    const path = await fetched('other', first);
    const files = await bareTree(path, first).list('deploy');
    expect(files).toMatchObject([{ path: 'deploy/a.yaml', type: 'file', size: 5 }]);
    expect(String((await bareTree(path, first).read(files))[0])).toBe('a: 1\n');
    const second = await commit({ 'deploy/a.yaml': 'a: 2\n' });
    await fetched('other', second);
    expect(await commitInfo(path, second)).toEqual({
      commit: second,
      author: 'Ann <ann@example.com>',
      message: 'Change deploy/a.yaml',
    });
    const after = bareTree(path, second);
    expect(String((await after.read(await after.list('.')))[0])).toBe('a: 2\n');
    expect((await runGit(path, ['rev-list', '--count', second])).text.trim()).toBe('1');
    // What is there is not fetched again.
    await fetched('other', first, '/gone');
  });

  test('has tags: annotated ones count as the commit that they name', async () => {
    const head = await commit({ 't.yaml': 't: 1\n' });
    await tree.git('tag', 'v1.0.0');
    await tree.git('tag', '-a', '-m', 'second', 'v1.1.0');
    await tree.git('push', 'origin', '--tags');
    expect((await refs('/open/app.git')).tags).toEqual({ 'v1.0.0': head, 'v1.1.0': head });
    expect(await localRefs(join(root, 'app.git'))).toEqual(await refs('/open/app.git'));
  });

  test('gives out a commit that is on no branch', async () => {
    const first = await commit({ 'x.yaml': 'x: 1\n' });
    const lost = await commit({ 'x.yaml': 'x: 2\n' });
    await tree.git('reset', '--hard', first);
    await tree.git('push', '--force', 'origin', 'main');
    const path = await fetched('lost', lost, '/open/app.git', { refs: [] });
    expect((await commitInfo(path, lost)).commit).toBe(lost);
    await expect(fetched('lost', '1'.repeat(40), '/open/app.git', { refs: [] })).rejects.toThrow(
      /commit 1111111 is on no branch or tag of .*, or the server gives out only those/,
    );
  });

  test('may want credentials', async () => {
    const head = await commit({ 'b.yaml': 'b: 1\n' });
    await expect(refs('/closed/app.git')).rejects.toThrow(/wants other credentials: set secretRef/);
    await expect(refs('/closed/app.git', { ...SECRET, password: 'no' })).rejects.toThrow(
      /wants other credentials/,
    );
    expect((await refs('/closed/app.git', SECRET)).branches).toEqual({ main: head });
    const path = await fetched('closed', head, '/closed/app.git', { credentials: SECRET });
    expect((await commitInfo(path, head)).commit).toBe(head);
    expect(await clones.names()).toContainEqual({ namespace: 'shop', name: 'closed' });
    await clones.remove({ namespace: 'shop', name: 'closed' });
    expect(await clones.names()).not.toContainEqual({ namespace: 'shop', name: 'closed' });
    await expect(commitInfo(path, head)).rejects.toThrow();
  });

  test('that is not there, or is no address of ours, is told in words', async () => {
    await expect(refs('/open/no.git')).rejects.toThrow(/is not a Git repository \(404\)/);
    await expect(clones.refs({ url: 'http://127.0.0.1:1/x.git', credentials: undefined })).rejects.toThrow(
      /can't be read: .*(refused|connect)/i,
    );
    await expect(
      clones.refs({ url: 'http://nowhere.invalid/x.git', credentials: undefined }),
    ).rejects.toThrow('host nowhere.invalid is not found');
    const old = '1'.repeat(40);
    await expect(fetched('missing', old)).rejects.toThrow(
      'commit 1111111 is no longer at refs/heads/main of',
    );
    await expect(fetched('missing', old, '/open/app.git', { refs: ['refs/heads/nope'] })).rejects.toThrow(
      /refs\/heads\/nope/,
    );
  });

  test('may send elsewhere: credentials stay with their host', async () => {
    const head = await commit({ 'r.yaml': 'r: 1\n' });
    expect((await refs('/moved/open/app.git')).branches).toEqual({ main: head });
    expect((await refs('/moved/closed/app.git', SECRET)).branches).toEqual({ main: head });
    const path = await fetched('moved', head, '/moved/open/app.git');
    expect((await commitInfo(path, head)).commit).toBe(head);
    await expect(refs('/away/closed/app.git', SECRET)).rejects.toThrow(/localhost.* wants other credentials/);
    await expect(refs('/round/app.git')).rejects.toThrow('sends elsewhere again and again');
    await expect(refs('/metadata/app.git')).rejects.toThrow('link-local addresses');
  });

  test('by TLS is believed with the authority in the Secret, and not without', async () => {
    const head = await commit({ 's.yaml': 's: 1\n' });
    const authority = await createAuthority('Other');
    const leaf = await issueLeaf(authority, {
      subject: { commonName: 'git' },
      usage: 'server',
      hosts: ['localhost', '127.0.0.1'],
    });
    const secure = createSecureServer({ cert: leaf.cert, key: leaf.key }, (request, response) =>
      answer(request, response),
    );
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = secure.address() as AddressInfo;
      for (const host of ['localhost', '127.0.0.1']) {
        const at = `https://${host}:${port}/closed/app.git`;
        const credentials = { ...SECRET, ca: authority.cert };
        expect((await clones.refs({ url: at, credentials })).branches).toEqual({ main: head });
        await expect(clones.refs({ url: at, credentials: SECRET })).rejects.toThrow(/certificate/);
        const away = `https://${host}:${port}/away/closed/app.git`;
        await expect(clones.refs({ url: away, credentials })).rejects.toThrow('which is less safe');
      }
    } finally {
      secure.closeAllConnections();
      secure.close();
    }
  });

  test('is fetched once by two who want it at the same time', async () => {
    const head = await commit({ 'd.yaml': 'd: 1\n' });
    const paths = await Promise.all([1, 2, 3].map(() => fetched('both', head)));
    expect(new Set(paths).size).toBe(1);
    expect((await commitInfo(paths[0] ?? '', head)).commit).toBe(head);
  });
});
