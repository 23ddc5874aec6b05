import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('turns of one key follow each other in order, also after a failure; others do not wait', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.take('a', async () => {
    await gate.promise;
    seen.push('first');
    throw new Error('failed');
  });
  const second = turns.take('a', async () => seen.push('second'));
  await turns.take('b', async () => seen.push('other'));
  gate.resolve();
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(seen).toEqual(['other', 'first', 'second']);
});
