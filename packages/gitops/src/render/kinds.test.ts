import type { Client } from '@gantry/client/port';
import { notFound } from '@gantry/machinery/status';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryTree } from '../testing/memory-tree.ts';
import { ServedKinds } from './kinds.ts';
import { Renders } from './render-cache.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A server whose kinds can be changed, and what it was asked. */
function server(lists: Record<string, string[]>) {
  const asked: string[] = [];
  const request = async (_method: string, path: string) => {
    asked.push(path);
    const kinds = lists[path];
    if (kinds === undefined) throw notFound({ group: '', resource: path }, '');
    return {
      resources: kinds.map((kind) => ({
        name: `${kind.toLowerCase()}s`,
        kind,
        namespaced: true,
        verbs: ['patch'],
      })),
    };
  };
  return { asked, client: { request } as unknown as Client };
}

test('kinds are asked for once in a while, and one that is missing again soon', async () => {
  const lists: Record<string, string[]> = { '/api/v1': ['ConfigMap'] };
  const { asked, client } = server(lists);
  const kinds = new ServedKinds(client);
  expect((await kinds.find('v1', 'ConfigMap'))?.plural).toBe('configmaps');
  expect(await kinds.find('example.com/v1', 'Widget')).toBeUndefined();
  expect(await kinds.find('example.com/v1', 'Widget')).toBeUndefined();
  expect(asked).toEqual(['/api/v1', '/apis/example.com/v1']);
  lists['/apis/example.com/v1'] = ['Widget'];
  vi.advanceTimersByTime(1_500);
  expect((await kinds.find('example.com/v1', 'Widget'))?.group).toBe('example.com');
  expect((await kinds.find('v1', 'ConfigMap'))?.version).toBe('v1');
  expect(asked).toHaveLength(3);
});

test('a version that is no version never becomes a path', async () => {
  const { asked, client } = server({});
  expect(await new ServedKinds(client).find('../../api/v1/secrets?x=', 'Secret')).toBeUndefined();
  expect(asked).toEqual([]);
});

test('a render is kept while nothing is wrong with it, for its repository, folder and namespace alone', async () => {
  const { client } = server({ '/api/v1': ['ConfigMap'] });
  const renders = new Renders(new ServedKinds(client));
  const good = memoryTree({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' }, 'c1');
  const first = await renders.render('shop/shop', good, '.', 'shop');
  expect(await renders.render('shop/shop', good, '.', 'shop')).toBe(first);
  expect(await renders.render('shop/shop', good, '.', 'other')).not.toBe(first);
  expect(await renders.render('evil/evil', good, '.', 'shop')).not.toBe(first);
  renders.forget(first);
  expect(await renders.render('shop/shop', good, '.', 'shop')).not.toBe(first);
  const bad = memoryTree({ 'a.yaml': 'x: 1\n' }, 'c2');
  const problems = await renders.render('shop/shop', bad, '.', 'shop');
  expect(await renders.render('shop/shop', bad, '.', 'shop')).not.toBe(problems);
});
