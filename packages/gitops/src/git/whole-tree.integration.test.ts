import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeWorkTree, type WorkTree } from '../testing/git-client.ts';
import { type GitServer, startGitServer } from '../testing/git-server.ts';
import { testNetwork } from '../testing/test-network.ts';
import { bareTree } from './bare-tree.ts';
import type { Credentials } from './credentials.ts';
import { RemoteClones } from './remote.ts';
import type { Tree } from './tree.ts';
import { wholeTree } from './whole-tree.ts';

let server: GitServer;
let other: Server;
let clones: RemoteClones;
const CREDENTIALS: Credentials = { username: 'ann', password: 'pw' };
const BASIC = `Basic ${btoa('ann:pw')}`;
const AT = { namespace: 'shop', name: 'app' };

beforeAll(async () => {
  server = await startGitServer();
  clones = new RemoteClones(join(server.root, 'data'), testNetwork());
  other = createServer((request, response) => elsewhere(request, response));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  other.closeAllConnections();
  other.close();
  await server.close();
});
afterEach(() => {
  server.instead = undefined;
});

let elsewhere: (request: IncomingMessage, response: ServerResponse) => void;

async function open(
  commit: string,
  submodules = false,
  credentials: Credentials | undefined = CREDENTIALS,
): Promise<Tree> {
  const remote = async () => ({ url: server.url, credentials });
  const path = await clones.ensure(AT, commit, [], remote);
  return wholeTree(bareTree(path, commit), { clones, at: AT, remote, submodules });
}
const textsIn = async (tree: Tree, folder: string): Promise<Record<string, string>> => {
  const files = (await tree.list(folder)).filter(({ type }) => type === 'file');
  const contents = await tree.read(files);
  return Object.fromEntries(files.map(({ path }, index) => [path, contents[index]?.toString() ?? '']));
};

describe('a file of Git LFS', () => {
  const content = Buffer.from('a: large\n');
  const oid = createHash('sha256').update(content).digest('hex');
  const pointer = (size = content.length, id = oid): string =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${id}\nsize ${size}\n`;
  let asked: string[];
  let sent: Buffer | number;
  let action: object;

  /** As much of an LFS server as a download needs. */
  const lfs = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url === '/app.git/info/lfs/objects/batch') {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { objects } = JSON.parse(body) as { objects: object[] };
        asked.push(`batch ${request.headers.authorization} ${objects.length}`);
        if (request.headers.authorization !== BASIC) response.writeHead(401).end();
        else response.end(JSON.stringify({ objects: objects.map((one) => ({ ...one, ...action })) }));
      });
      return true;
    }
    return false;
  };
  const otherUrl = (): string => `http://127.0.0.1:${(other.address() as AddressInfo).port}/x`;
  const setUp = (): void => {
    asked = [];
    sent = content;
    action = { actions: { download: { href: otherUrl(), header: { 'X-Pass': 'p' } } } };
    server.instead = lfs;
    elsewhere = (request, response) => {
      asked.push(`get ${request.headers.authorization} ${request.headers['x-pass']}`);
      if (typeof sent === 'number') response.writeHead(sent).end();
      else response.end(sent);
    };
  };

  test('is what it stands for, fetched once and with credentials for its own server alone', async () => {
    setUp();
    const commit = await server.commit({ 'a.yaml': pointer(), 'b.yaml': pointer(), 'c.yaml': 'c: 1\n' });
    const tree = await open(commit);
    const texts = { 'a.yaml': 'a: large\n', 'b.yaml': 'a: large\n', 'c.yaml': 'c: 1\n' };
    expect(await textsIn(tree, '')).toMatchObject(texts);
    expect(await textsIn(tree, '')).toMatchObject(texts);
    expect(asked).toEqual([`batch ${BASIC} 1`, 'get undefined p']);
  });

  test('that is not to be had is named, with the reason', async () => {
    setUp();
    const fails = async (
      words: string,
      credentials: Credentials | undefined = CREDENTIALS,
    ): Promise<void> => {
      await rm(join(clones.path(AT), 'lfs'), { recursive: true, force: true });
      await expect(textsIn(await open(commit, false, credentials), '')).rejects.toThrow(
        `a.yaml is in Git LFS: ${words}`,
      );
    };
    const commit = await server.commit({ 'a.yaml': pointer(), 'b.yaml': undefined });
    sent = Buffer.from('b: large\n');
    await fails(`what ${new URL(otherUrl()).origin} sends is something else`);
    sent = Buffer.from('a: larger\n');
    await fails(`${new URL(otherUrl()).origin} answers more than 9 bytes`);
    sent = 404;
    await fails(`${new URL(otherUrl()).origin} answers 404`);
    action = { error: { code: 404, message: 'Object does not exist' } };
    await fails('the server says: Object does not exist');
    action = { actions: { download: { href: 'http://169.254.169.254/' } } };
    await fails('169.254.169.254 is at 169.254.169.254: link-local addresses');
    action = { actions: { download: { href: 'file:///etc/passwd' } } };
    await fails('the server does not say where it is');
    await fails(`${new URL(server.url).origin} wants other credentials`, { username: 'eve', password: 'x' });
    const large = await server.commit({ 'a.yaml': pointer(2 ** 40) });
    await expect(textsIn(await open(large), '')).rejects.toThrow(
      'a.yaml is in Git LFS with 1099511627776 bytes',
    );
    await server.commit({ 'a.yaml': undefined });
  });
});

describe('a submodule', () => {
  const trees: WorkTree[] = [];
  afterAll(() => Promise.all(trees.map((tree) => tree.remove())));

  /** Another repository of the server. */
  async function repository(name: string): Promise<WorkTree> {
    const path = join(server.root, `${name}.git`);
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', path]);
    const tree = await makeWorkTree(path);
    trees.push(tree);
    return tree;
  }
  async function link(tree: WorkTree, path: string, url: string, commit: string): Promise<void> {
    await tree.git('config', '-f', '.gitmodules', `submodule.${path}.path`, path);
    await tree.git('config', '-f', '.gitmodules', `submodule.${path}.url`, url);
    await tree.git('update-index', '--add', '--cacheinfo', `160000,${commit},${path}`);
    await tree.git('add', '.gitmodules');
  }
  async function pushed(tree: WorkTree, message: string, more: readonly string[] = []): Promise<string> {
    await tree.git('commit', '-q', '-m', message, ...more);
    expect((await tree.git('push', '--force', 'origin', '--all')).code).toBe(0);
    return (await tree.git('rev-parse', 'HEAD')).text.trim();
  }

  test('is a folder when that is asked for, also one in another, by relative addresses', async () => {
    const inner = await repository('inner');
    const innerCommit = await inner.commit({ 'i.yaml': 'i: 1\n' });
    await inner.git('push', 'origin', '--all');
    const outer = await repository('outer');
    await outer.commit({ 'o.yaml': 'o: 1\n', 'deep/x.yaml': 'x: 1\n' });
    await link(outer, 'in ner', '../inner.git', innerCommit);
    const outerCommit = await pushed(outer, 'inner');
    await server.commit({ 'r.yaml': 'r: 1\n', 'c.yaml': undefined, 'own/f.yaml': 'f: 1\n' });
    await link(server.tree, 'vendor/outer', './../outer.git', outerCommit);
    const commit = await pushed(server.tree, 'outer');

    const whole = await open(commit, true);
    expect(await textsIn(whole, '')).toMatchObject({
      'r.yaml': 'r: 1\n',
      'vendor/outer/o.yaml': 'o: 1\n',
      'vendor/outer/in ner/i.yaml': 'i: 1\n',
    });
    expect(await textsIn(whole, 'vendor/outer/deep')).toEqual({ 'vendor/outer/deep/x.yaml': 'x: 1\n' });
    expect(Object.keys(await textsIn(whole, 'vendor/outer/in ner'))).toEqual(['vendor/outer/in ner/i.yaml']);
    expect(await textsIn(whole, 'own')).toEqual({ 'own/f.yaml': 'f: 1\n' });
    const plain = await open(commit);
    const ids = await Promise.all([whole, plain].map((tree) => tree.folderId('')));
    expect(ids[0]).not.toBe(ids[1]);
    expect(await whole.folderId('vendor/outer/deep')).toBe(
      await (await repositoryTree('outer', outerCommit)).folderId('deep').then((id) => `${id}+submodules`),
    );
    await expect(whole.list('vendor/outer/none')).rejects.toThrow('there is no folder "none"');

    for (const work of [() => plain.list('vendor/outer/deep'), () => plain.folderId('vendor/outer/deep')])
      await expect(work()).rejects.toThrow(
        'folder "vendor/outer/deep" lies in the submodule "vendor/outer", which is not fetched: set spec.submodules',
      );
    await expect(plain.list('vendor/none')).rejects.toThrow('there is no folder "vendor/none"');
    expect(await clones.names()).toEqual([AT]);
    await clones.remove(AT);
    expect(Object.keys(await textsIn(await open(commit, true), 'vendor'))).toHaveLength(4);
  });

  const repositoryTree = async (name: string, commit: string): Promise<Tree> =>
    bareTree(join(server.root, `${name}.git`), commit);

  test('that is damaged on the disk is fetched anew', async () => {
    const commit = (await server.tree.git('rev-parse', 'HEAD')).text.trim();
    const whole = await open(commit, true);
    await whole.list('vendor');
    execFileSync('sh', ['-c', `find '${join(clones.path(AT), 'modules')}' -name '*.pack' -delete`]);
    expect(Object.keys(await textsIn(await open(commit, true), 'vendor'))).toHaveLength(4);
  });

  test('that nobody named for long is removed with the next commit, one that is of use stays', async () => {
    const modules = join(clones.path(AT), 'modules');
    const [kept = ''] = readdirSync(modules);
    const old = join(modules, 'old.git');
    mkdirSync(old);
    const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    utimesSync(old, longAgo, longAgo);
    await open(await pushed(server.tree, 'the same', ['--allow-empty']), false);
    expect(readdirSync(modules)).toEqual([kept]);
    utimesSync(join(modules, kept), longAgo, longAgo);
    await open(await pushed(server.tree, 'again', ['--allow-empty']), false);
    expect(readdirSync(modules)).toEqual([]);
    const commit = await pushed(server.tree, 'and again', ['--allow-empty']);
    expect(Object.keys(await textsIn(await open(commit, true), 'vendor'))).toHaveLength(4);
  });

  test('is told when it can not be read, and gets credentials on the same server only', async () => {
    const seen: string[] = [];
    elsewhere = (request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(404).end();
    };
    const { port } = other.address() as AddressInfo;
    await link(server.tree, 'vendor/outer', `http://127.0.0.1:${port}/o.git`, 'a'.repeat(40));
    const away = await pushed(server.tree, 'away');
    await expect((await open(away, true)).list('')).rejects.toThrow(
      `the submodule vendor/outer can't be read: http://127.0.0.1:${port}/o.git is not a Git repository`,
    );
    expect(seen[0]).toMatch(/^\/o\.git\/info\/refs.* undefined$/);
    for (const [url, words] of [
      ['file:///etc', "can't be followed"],
      ['ext::sh -c id', "can't be followed"],
      ['http://169.254.169.254/x', 'link-local'],
      ['../../../../x', 'leads out of'],
    ] as const) {
      await link(server.tree, 'vendor/outer', url, 'a'.repeat(40));
      await expect((await open(await pushed(server.tree, url), true)).list('')).rejects.toThrow(words);
    }
    await server.tree.git('rm', '-q', '--cached', '.gitmodules');
    const nowhere = await pushed(server.tree, 'nowhere');
    await expect((await open(nowhere, true)).list('')).rejects.toThrow(
      '.gitmodules has no address for the submodule vendor/outer',
    );
  });
});
