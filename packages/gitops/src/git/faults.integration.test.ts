import { randomBytes } from 'node:crypto';
import { chmod, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { runGit } from '../testing/git-client.ts';
import { type GitServer, startGitServer } from '../testing/git-server.ts';
import { testNetwork } from '../testing/test-network.ts';
import { bareTree } from './bare-tree.ts';
import { RemoteClones } from './remote.ts';

let server: GitServer;
let clones: RemoteClones;

beforeAll(async () => {
  server = await startGitServer();
  // A busy machine takes its time for a gigabyte.
  clones = new RemoteClones(join(server.root, 'data'), testNetwork(), 170_000);
});
afterEach(() => {
  server.instead = undefined;
});
afterAll(() => server.close());

const fetched = (name: string, commit: string, refs = ['refs/heads/main']): Promise<string> =>
  clones.ensure({ namespace: 'shop', name }, commit, refs, async () => ({
    url: server.url,
    credentials: undefined,
  }));
const refs = () => clones.refs({ url: server.url, credentials: undefined });
const readAll = async (path: string, commit: string): Promise<string> => {
  const tree = bareTree(path, commit);
  return String(Buffer.concat([...(await tree.read(await tree.list('.')))]));
};
const packsOf = async (path: string): Promise<string[]> =>
  (await readdir(join(path, 'objects/pack'))).map((name) => join(path, 'objects/pack', name));

describe('a repository elsewhere', () => {
  test('that can not be reached is told, and is back when it is back', async () => {
    const head = await server.commit({ 'a.yaml': 'a: 1\n' });
    await server.stop();
    await expect(refs()).rejects.toThrow(/can't be read: .*(connect|refused)/i);
    await expect(fetched('down', head)).rejects.toThrow(/can't be read: .*(connect|refused)/i);
    await server.start();
    expect((await refs()).branches).toEqual({ main: head });
    expect(await readAll(await fetched('down', head), head)).toBe('a: 1\n');
  });

  test('that answers nonsense, or breaks off, is told', async () => {
    server.instead = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
      return true;
    };
    await expect(refs()).rejects.toThrow('is not a Git repository');
    server.instead = (_request, response) => {
      response.writeHead(502).end();
      return true;
    };
    await expect(refs()).rejects.toThrow(/can't be read: .*502/);
    server.instead = (request) => {
      request.socket.destroy();
      return true;
    };
    await expect(refs()).rejects.toThrow(/can't be read/);
  });

  test('whose branch was rewritten is followed, with the old commit still at hand', async () => {
    const first = await server.commit({ 'f.yaml': 'f: 1\n' });
    await fetched('forced', first);
    await server.tree.git('commit', '--amend', '--quiet', '-m', 'Another');
    const second = await server.commit({ 'f.yaml': 'f: 2\n' });
    expect((await refs()).branches.main).toBe(second);
    const path = await fetched('forced', second);
    expect(await readAll(path, second)).toContain('f: 2');
    expect(await readAll(path, first)).toContain('f: 1');
  });

  test('that sends a damaged pack leaves nothing behind, and the next fetch is good', async () => {
    const head = await server.commit({ 'c.yaml': `c: ${randomBytes(2_000).toString('hex')}\n` });
    server.instead = (request, response) => {
      if (!request.url?.includes('git-upload-pack') || request.method !== 'POST') return false;
      // The pack of this answer loses its middle.
      const { write } = response;
      response.write = ((chunk: Buffer) => {
        const at = chunk.length > 1_000 ? chunk.length - 500 : -1;
        if (at > 0) chunk.fill(0, at, at + 100);
        return write.call(response, chunk, 'latin1');
      }) as typeof response.write;
      return false;
    };
    await expect(fetched('damaged', head)).rejects.toThrow(/sent a pack that is damaged or not complete/);
    const path = clones.path({ namespace: 'shop', name: 'damaged' });
    expect(await packsOf(path)).toEqual([]);
    server.instead = undefined;
    await fetched('damaged', head);
    expect(await readAll(path, head)).toContain('c: ');
  });

  test('that answers slowly holds nobody up: the fetch goes on', async () => {
    const head = await server.commit({ 's.yaml': 's: 1\n' });
    const open: ServerResponse[] = [];
    let answers = false;
    server.instead = (request, response) => {
      if (!request.url?.includes('git-upload-pack') || request.method !== 'POST') return false;
      if (answers) response.writeHead(503).end();
      else open.push(response);
      return true;
    };
    const impatient = new RemoteClones(join(server.root, 'impatient'), testNetwork(), 1);
    const ensure = () =>
      impatient.ensure({ namespace: 'shop', name: 'slow' }, head, [], async () => ({
        url: server.url,
        credentials: undefined,
      }));
    await expect(ensure()).rejects.toThrow(`commit ${head.slice(0, 7)} is still being fetched`);
    await expect(ensure()).rejects.toThrow('is still being fetched');
    await vi.waitFor(() => expect(open).not.toEqual([]), { timeout: 20_000 });
    answers = true;
    for (const response of open) response.writeHead(503).end();
    await vi.waitFor(
      () => expect(ensure()).rejects.toThrow(/still being fetched; the last try ended so: .*503/),
      { timeout: 20_000 },
    );
    server.instead = undefined;
    await vi.waitFor(ensure, { timeout: 20_000 });
  });

  test('is read past what a process that was killed in a fetch has left', async () => {
    const first = await server.commit({ 'k.yaml': 'k: 1\n' });
    const path = await fetched('killed', first);
    await writeFile(join(path, 'shallow.lock'), '');
    await writeFile(join(path, 'objects/pack/tmp_pack_x'), 'half');
    const second = await server.commit({ 'k.yaml': 'k: 2\n' });
    await fetched('killed', second);
    expect(await readAll(path, second)).toContain('k: 2');
    expect((await packsOf(path)).filter((name) => name.includes('tmp_'))).toEqual([]);
  });
});

describe('a file of 1 GB', () => {
  const GIGABYTE = 2 ** 30;

  test('that packs well neither fills the disk nor the memory, and does not hinder others', async () => {
    const big = join(server.tree.path, 'big.bin');
    await (await open(big, 'w')).close();
    await truncate(big, GIGABYTE);
    await server.tree.git('config', 'core.bigFileThreshold', '1m');
    const head = await server.tree.commit({ 'small/a.yaml': 'a: 1\n' });
    await server.tree.git('reset', '--quiet', '--hard', 'HEAD~1');
    // Not pushed, which would pack it once more: the server looks where it lies.
    const bare = join(server.root, 'app.git');
    await writeFile(join(bare, 'objects/info/alternates'), `${join(server.tree.path, '.git/objects')}\n`);
    expect((await runGit(bare, ['update-ref', 'refs/heads/big', head])).text).toBe('');
    const path = await fetched('big', head, ['refs/heads/big']);
    const size = Number((await runGit(path, ['count-objects', '-v'])).text.match(/size-pack: (\d+)/)?.[1]);
    expect(size * 1_024).toBeLessThan(16 << 20);
    const files = await bareTree(path, head).list('.');
    expect(files.find((file) => file.path === 'big.bin')?.size).toBe(GIGABYTE);
    expect(String((await bareTree(path, head).read(await bareTree(path, head).list('small')))[0])).toBe(
      'a: 1\n',
    );
    await expect(bareTree(path, head).read(files)).rejects.toThrow('at most 134217728 are read');
  }, 180_000);

  test('that does not is cut off, and what came of it goes', async () => {
    // The server sends a pack header, and then noise without end.
    server.instead = (request, response) => {
      if (!request.url?.includes('git-upload-pack') || request.method !== 'POST') return false;
      void endlessPack(request, response);
      return true;
    };
    await expect(fetched('noise', '1'.repeat(40), [])).rejects.toThrow('is larger than 256 MiB');
    expect(await packsOf(clones.path({ namespace: 'shop', name: 'noise' }))).toEqual([]);
  }, 180_000);
});

/** `LLLL` and the bytes: a line of Git's protocol. */
const line = (bytes: Buffer | string): Buffer =>
  Buffer.concat([
    Buffer.from((Buffer.byteLength(bytes) + 4).toString(16).padStart(4, '0')),
    Buffer.from(bytes),
  ]);

async function endlessPack(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked: Buffer[] = [];
  for await (const chunk of request) asked.push(chunk as Buffer);
  response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' });
  response.write(line('packfile\n'));
  // PACK, version 2, one object: a blob of a terabyte, stored as it is (zlib without compression).
  const head = Buffer.concat([
    Buffer.from('PACK\0\0\0\u0002\0\0\0\u0001', 'latin1'),
    Buffer.from([0xb0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40]),
    Buffer.from([0x78, 0x01]),
  ]);
  response.write(line(Buffer.concat([Buffer.from([1]), head])));
  const noise = randomBytes(32_768);
  const stored = Buffer.concat([Buffer.from([0, 0x00, 0x80, 0xff, 0x7f]), noise]);
  const packet = line(Buffer.concat([Buffer.from([1]), stored]));
  await pipeline(
    Readable.from(
      (function* () {
        for (;;) yield packet;
      })(),
    ),
    response,
  ).catch(() => undefined);
}

describe('a clone', () => {
  test('that was damaged on the disk is noticed by whoever reads it', async () => {
    const head = await server.commit({ 'd.yaml': `d: ${randomBytes(2_000).toString('hex')}\n` });
    const path = await fetched('rotten', head);
    for (const pack of (await packsOf(path)).filter((name) => name.endsWith('.pack'))) {
      const bytes = await readFile(pack);
      await chmod(pack, 0o600);
      await writeFile(pack, bytes.fill(0, 20, bytes.length - 20));
    }
    await expect(readAll(path, head)).rejects.toThrow();
  });
});
