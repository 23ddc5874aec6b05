import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ParsedManifest, parseManifest } from '../render/documents.ts';
import { render } from '../render/render.ts';
import { makeWorkTree, runGit, type WorkTree } from '../testing/git-client.ts';
import { memoryKinds } from '../testing/memory-tree.ts';
import { bareTree } from './bare-tree.ts';
import type { HookCall, HookHandlers } from './hook-channel.ts';
import { HostedRepositories } from './hosted.ts';
import { GitEndpoint } from './http-endpoint.ts';
import { Identities } from './identity.ts';
import { LfsStore } from './lfs-store.ts';

const PUSH_LIMIT = 1 << 20;
const LFS_MAX = 64 << 10;

let root: string;
let server: Server;
let handlers: HookHandlers;
let tree: WorkTree;
let origin = '';
let count = 0;
const trees: WorkTree[] = [];

/** Answers the two reviews: everybody with credentials may do everything. */
class Reviews extends FakeClient {
  override async request<R>(_method: string, path: string): Promise<R> {
    const status = path.endsWith('selfsubjectreviews')
      ? { userInfo: { username: 'ann', groups: ['devs'] } }
      : { allowed: true };
    return { status } as R;
  }
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gantry-endpoint-'));
  const client = new Reviews();
  const endpoint = new GitEndpoint({
    repositories: new HostedRepositories(
      root,
      new LfsStore({ objectBytes: LFS_MAX, totalBytes: 2 * LFS_MAX }),
    ),
    identities: new Identities(client),
    client,
    pushLimitBytes: PUSH_LIMIT,
    hooks: {
      preReceive: (call) => handlers.preReceive(call),
      postReceive: (call) => handlers.postReceive(call),
    },
  });
  server = createServer((request, response) => void endpoint.serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.close();
  await Promise.all([
    ...trees.map((one) => one.remove()),
    rm(root, { recursive: true, force: true, maxRetries: 5 }),
  ]);
});

beforeEach(async () => {
  handlers = { preReceive: async () => true, postReceive: async () => undefined };
  count += 1;
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  tree = await makeWorkTree(`http://ann:pw@127.0.0.1:${port}/git/r${count}.git`);
  trees.push(tree);
});

const push = () => tree.git('push', 'origin', 'main');
const repository = (): string => join(root, `r${count}.git`);

describe('the hooks', () => {
  test('see the commit in quarantine, and who pushes it; a refusal leaves nothing behind', async () => {
    const commit = await tree.commit({ 'a.yaml': 'a: 1\n' });
    let seen: HookCall | undefined;
    let files: readonly string[] = [];
    handlers = {
      ...handlers,
      preReceive: async (call) => {
        seen = call;
        files = (await bareTree(repository(), commit, call.env).list('.')).map(({ path }) => path);
        await expect(bareTree(repository(), commit).list('.')).rejects.toThrow();
        call.say('not today\nnor tomorrow \u001b[31m');
        return false;
      },
    };
    const said = await push();
    expect(files).toEqual(['a.yaml']);
    expect(seen?.push).toMatchObject({
      repository: `r${count}`,
      identity: { name: 'ann', groups: ['devs'] },
    });
    expect(seen?.updates).toMatchObject([{ branch: 'main', newCommit: commit, deletes: false }]);
    expect(said.text).toMatch(/remote: not today\s+remote: nor tomorrow \?\[31m/);
    expect(said.text).toContain('pre-receive hook declined');
    await expect(bareTree(repository(), commit).list('.')).rejects.toThrow();
    expect((await runGit(repository(), ['for-each-ref'])).text).toBe('');
  });

  test('that throw reject before, and only tell after the refs moved', async () => {
    const commit = await tree.commit({ 'a.yaml': 'a: 1\n' });
    handlers = { ...handlers, preReceive: () => Promise.reject(new Error('no connection')) };
    expect((await push()).text).toContain('could not check the push, nothing was changed: no connection');
    handlers = { preReceive: async () => true, postReceive: () => Promise.reject(new Error('lost it')) };
    const said = await push();
    expect(said.text).toContain('the push is stored, but what follows failed: lost it');
    expect(said.code).toBe(0);
    expect((await runGit(repository(), ['rev-parse', 'main'])).text.trim()).toBe(commit);
  });

  test('end when whoever pushes goes away', async () => {
    await tree.commit({ 'a.yaml': 'a: 1\n' });
    const left = Promise.withResolvers<void>();
    handlers = {
      ...handlers,
      postReceive: (call) =>
        new Promise((resolve) => {
          call.signal.addEventListener('abort', () => {
            left.resolve();
            resolve();
          });
          server.closeAllConnections();
        }),
    };
    await push();
    await left.promise;
    expect((await runGit(repository(), ['rev-parse', '--verify', 'main'])).code).toBe(0);
  });
});

describe('limits', () => {
  test('a push that is too large is refused by git itself', async () => {
    const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(48 << 10))).toString('base64');
    const files = Object.fromEntries(
      Array.from({ length: 32 }, (_, i) => [`${i}.txt`, `${i}${noise}${crypto.randomUUID()}`]),
    );
    for (const [name, text] of Object.entries(files))
      files[name] = text + Buffer.from(crypto.getRandomValues(new Uint8Array(48 << 10))).toString('base64');
    await tree.commit(files);
    const said = await push();
    expect(said.text).toMatch(/pack exceeds maximum allowed size/);
    expect((await runGit(repository(), ['for-each-ref'])).text).toBe('');
  });

  test('10,000 files are read in a few commands, one more is refused', async () => {
    const text = (index: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${index}}\n`;
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`f/${i % 100}/${i}.yaml`, text(i)]),
    );
    const commit = await tree.commit(files);
    expect((await push()).code).toBe(0);
    const rendered = await render(bareTree(repository(), commit), 'f', 'ns', memoryKinds());
    expect([rendered.objects.length, rendered.problems]).toEqual([10_000, []]);
    const more = await tree.commit({ 'f/more.yaml': text(10_000) });
    await push();
    await expect(render(bareTree(repository(), more), 'f', 'ns', memoryKinds())).rejects.toThrow(
      '10001 manifest files: at most 10000 are read',
    );
  });

  test('a symbolic link is never followed', async () => {
    await symlink('/etc/passwd', join(tree.path, 'x.yaml'));
    await symlink('/etc', join(tree.path, 'folder'));
    const commit = await tree.commit({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
    await push();
    const { objects, problems } = await render(bareTree(repository(), commit), '.', 'ns', memoryKinds());
    expect([objects.map(({ file }) => file), problems]).toEqual([
      ['a.yaml'],
      [{ file: 'x.yaml', reason: 'a symbolic link is not followed: put the manifest itself here' }],
    ]);
  });

  test('a document that grows without end is a problem with a line', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
    const bomb = ['l0: &l0 [x,x,x,x,x,x,x,x,x]', ...levels].join('\n');
    const parsed: ParsedManifest = parseManifest({ path: 'bomb.yaml', text: bomb });
    expect(parsed.objects).toEqual([]);
    expect(parsed.problems).toMatchObject([
      { file: 'bomb.yaml', line: 1, reason: expect.stringMatching(/alias/i) },
    ]);
  });
});

describe('files of Git LFS', () => {
  const content = Buffer.from(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: large}\n# ${'x'.repeat(3_000)}\n`,
  );
  const oid = createHash('sha256').update(content).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;
  const base = (): string => `${origin}/git/r${count}.git/info/lfs/objects`;
  const authorization = `Basic ${btoa('ann:pw')}`;
  interface Answer {
    objects: {
      actions?: Record<string, { href: string; header: Record<string, string> }>;
      error?: { code: number };
    }[];
  }
  const batch = async (
    operation: string,
    objects: object[],
    headers: Record<string, string> = { authorization },
  ) => {
    const body = JSON.stringify({ operation, transfers: ['basic'], objects });
    return fetch(`${base()}/batch`, { method: 'POST', body, headers });
  };
  const answered = async (operation: string): Promise<Answer['objects'][number] | undefined> => {
    const response = await batch(operation, [{ oid, size: content.length }]);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/vnd.git-lfs+json',
    ]);
    return ((await response.json()) as Answer).objects[0];
  };

  test('are uploaded, once, and read in their place; what was not is named', async () => {
    await tree.commit({ 'large.yaml': pointer });
    expect((await push()).code).toBe(0);
    const hosted = new HostedRepositories(root);
    const name = `r${count}`;
    const commit = (await tree.git('rev-parse', 'HEAD')).text.trim();
    const read = async () => {
      const whole = hosted.withLfs(name, bareTree(hosted.path(name), commit));
      return whole.read(await whole.list(''));
    };
    await expect(read()).rejects.toThrow('large.yaml is in Git LFS: its content was not uploaded');
    expect((await answered('download'))?.error?.code).toBe(404);
    const { href = '', header } = (await answered('upload'))?.actions?.upload ?? {};
    expect(href).toBe(`${base()}/${oid}`);
    expect((await fetch(href, { method: 'PUT', body: content, headers: header ?? {} })).status).toBe(200);
    expect((await answered('upload'))?.actions).toBeUndefined();
    const down = (await answered('download'))?.actions?.download;
    const got = await fetch(down?.href ?? '', { headers: down?.header ?? {} });
    expect(Buffer.from(await got.arrayBuffer())).toEqual(content);
    expect(await read()).toEqual([content]);
  });

  test('are got where the client came in, and no password is named for a way in the clear', async () => {
    await tree.commit({ 'a.yaml': 'a: 1\n' });
    await push();
    const at = async (proto: string, host: string) => {
      const via = { authorization, 'x-forwarded-proto': proto, 'x-forwarded-host': host };
      const response = await batch('upload', [{ oid, size: content.length }], via);
      const { href = '', header } = ((await response.json()) as Answer).objects[0]?.actions?.upload ?? {};
      return [new URL(href).origin, header];
    };
    const named = { Authorization: authorization };
    expect(await at('https', 'git.example.com, inner')).toEqual(['https://git.example.com', named]);
    expect(await at('http', 'git.example.com')).toEqual(['http://git.example.com', undefined]);
    expect(await at('http', '127.0.0.1:8080')).toEqual(['http://127.0.0.1:8080', named]);
  });

  test('that are not what they say, or too large, leave nothing behind', async () => {
    await tree.commit({ 'a.yaml': 'a: 1\n' });
    await push();
    const put = (body: Buffer | string, id = oid) =>
      fetch(`${base()}/${id}`, {
        method: 'PUT',
        body: new Uint8Array(Buffer.from(body)),
        headers: { authorization },
      });
    expect((await put('something else')).status).toBe(422);
    expect((await answered('download'))?.error?.code).toBe(404);
    const large = await batch('upload', [{ oid, size: LFS_MAX + 1 }]);
    expect(((await large.json()) as Answer).objects[0]?.error?.code).toBe(413);
    expect((await put(Buffer.alloc(LFS_MAX + 1))).status).toBe(413);
    expect((await put(content, '../../x')).status).toBe(404);
    expect((await batch('upload', [{ oid: '../x', size: 1 }])).status).toBe(422);
    expect((await batch('remove', [])).status).toBe(422);
    const stranger = await batch('download', [], {});
    expect([stranger.status, stranger.headers.get('lfs-authenticate')]).toEqual([
      401,
      'Basic realm="Gantry"',
    ]);
    const left = await readdir(join(root, `r${count}.git`, 'lfs'), { recursive: true });
    expect(left).toEqual(['incoming']);
  });

  test('of all together have a limit', async () => {
    await tree.commit({ 'a.yaml': 'a: 1\n' });
    await push();
    const statuses: number[] = [];
    for (let index = 0; index < 3; index += 1) {
      const body = Buffer.alloc(LFS_MAX, index);
      const id = createHash('sha256').update(body).digest('hex');
      statuses.push(
        (await fetch(`${base()}/${id}`, { method: 'PUT', body, headers: { authorization } })).status,
      );
    }
    expect(statuses).toEqual([200, 200, 507]);
  });
});
