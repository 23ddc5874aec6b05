import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

/** Work that runs until it is told to end. */
function work(slots: Slots) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    begin: (name: string, tenant: string) =>
      slots.run(() => {
        begun.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      }, tenant),
    async end(name: string) {
      ends.get(name)?.();
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}

test('a tenant that asks for much leaves places to others, and takes turns with them', async () => {
  const { begun, begin, end } = work(new Slots(3, 2));
  const all = ['a1', 'a2', 'a3', 'a4'].map((name) => begin(name, 'a'));
  all.push(begin('b1', 'b'), begin('b2', 'b'), begin('c1', 'c'));
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  await end('a1');
  expect(begun.slice(3)).toEqual(['a3']);
  await end('a2');
  expect(begun.slice(4)).toEqual(['b2']);
  await end('b1');
  expect(begun.slice(5)).toEqual(['c1']);
  for (const name of ['a3', 'b2', 'c1', 'a4']) await end(name);
  await Promise.all(all);
  expect(begun).toHaveLength(7);
});
