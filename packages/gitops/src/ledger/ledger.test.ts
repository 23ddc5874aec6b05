import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@gantry/client/port';
import { failure } from '@gantry/machinery/status';
import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.ts';
import { Outbox } from './outbox.ts';
import { type LedgerRecord, recordName } from './record.ts';

interface Posted {
  readonly path: string;
  readonly names: readonly string[];
}

/** A server that answers each post as it is told, and takes all once it is told nothing. */
function server(...answers: (Error | undefined)[]) {
  const posts: Posted[] = [];
  const request = async (_method: string, path: string, body: unknown): Promise<unknown> => {
    const { items } = body as { items: readonly { metadata: { name: string } }[] };
    posts.push({
      path: path.replace('/apis/gitops.gantry.dev/v1alpha1', ''),
      names: items.map(({ metadata }) => metadata.name),
    });
    const answer = answers.shift();
    if (answer !== undefined) throw answer;
    return {};
  };
  return { posts, client: { request } as unknown as Client };
}
const quiet = { warn: () => undefined };
const record = (name: string, namespace = 'shop'): LedgerRecord => ({ namespace, name, type: 'Sync' });

describe('the ledger', () => {
  it('posts what comes together, by namespace, and at the end what is left', async () => {
    const { posts, client } = server();
    const ledger = new Ledger(client, quiet);
    for (const one of [record('a'), record('b', 'other'), record('c')]) ledger.record(one);
    await ledger.close();
    expect(posts).toEqual([
      { path: '/namespaces/shop/ledgerentries', names: ['a', 'c'] },
      { path: '/namespaces/other/ledgerentries', names: ['b'] },
    ]);
  });

  it('keeps what it can not post now, in order, and gives up what is refused', async () => {
    const away = server(new Error('connect ECONNREFUSED'));
    const ledger = new Ledger(away.client, quiet);
    ledger.record(record('a'));
    ledger.record(record('b'));
    await expect.poll(() => away.posts.length).toBe(1);
    ledger.record(record('c'));
    await expect.poll(() => away.posts.length, { timeout: 10_000 }).toBe(2);
    expect(away.posts[1]?.names).toEqual(['a', 'b', 'c']);
    const refusing = server(failure(403, 'Forbidden', 'the namespace is going'));
    const other = new Ledger(refusing.client, quiet);
    other.record(record('a', 'gone'));
    other.record(record('b'));
    await other.close();
    expect(refusing.posts.map(({ names }) => names)).toEqual([['a'], ['b']]);
  });
});

it('loses of a batch only the entry that the server refuses, and names it', async () => {
  const stored: string[] = [];
  const request = async (_method: string, _path: string, body: unknown): Promise<unknown> => {
    const names = (body as { items: { metadata: { name: string } }[] }).items.map((one) => one.metadata.name);
    if (names.includes('n7')) throw failure(422, 'Invalid', 'type: Unsupported value');
    stored.push(...names);
    return {};
  };
  const told: unknown[] = [];
  const ledger = new Ledger({ request } as unknown as Client, { warn: (about) => told.push(about) });
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  for (const name of names) ledger.record(record(name));
  await ledger.close();
  expect(stored).toEqual(names.filter((name) => name !== 'n7'));
  expect(told).toMatchObject([{ namespace: 'shop', entry: 'n7', type: 'Sync' }]);
});

describe('what must not get lost', () => {
  it('outlives the process until the ledger has it, if it has happened', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-outbox-'));
    try {
      const gone = server(new Error('connect ECONNREFUSED'), new Error('connect ECONNREFUSED'));
      const first = new Ledger(gone.client, quiet, new Outbox(folder));
      (await first.keep({ records: [record('a'), record('b', 'other')] })).send();
      await first.keep({
        records: [record('moved')],
        once: [{ repository: 'shop', ref: 'refs/heads/main', commit: '1' }],
      });
      await first.keep({
        records: [record('stayed')],
        once: [{ repository: 'shop', ref: 'refs/heads/main', commit: '2' }],
      });
      await (await first.keep({ records: [record('refused')] })).drop();
      await first.close();
      await writeFile(join(folder, '.half'), '{');
      await writeFile(join(folder, '9.json'), '{"records":');
      const { posts, client } = server();
      const second = new Ledger(client, quiet, new Outbox(folder));
      await second.replay(async ({ once }) => once === undefined || once[0]?.commit === '1');
      await second.close();
      expect(posts).toEqual([
        { path: '/namespaces/shop/ledgerentries', names: ['a', 'moved'] },
        { path: '/namespaces/other/ledgerentries', names: ['b'] },
      ]);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

it('of a repository that can not be read is posted: it keeps nobody from starting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-outbox-'));
  try {
    const first = new Ledger(server().client, quiet, new Outbox(folder));
    await first.keep({ records: [record('a')], once: [] });
    const { posts, client } = server();
    const second = new Ledger(client, quiet, new Outbox(folder));
    await second.replay(() => Promise.reject(new Error('not a git repository')));
    await second.close();
    expect(posts.map(({ names }) => names)).toEqual([['a']]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('names the same thing alike', () => {
  expect(recordName('Sync', 'shop/web', 'c')).toBe(recordName('Sync', 'shop/web', 'c'));
  expect(recordName('Sync', 'shop/web', 'c')).not.toBe(recordName('Sync', 'shop/we', 'bc'));
  expect(recordName('PushRejected', 'x')).toMatch(/^pushrejected-[0-9a-f]{24}$/);
});
