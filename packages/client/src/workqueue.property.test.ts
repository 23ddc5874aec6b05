import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualTimers } from './testing/manual-timers.ts';
import { Workqueue } from './workqueue.ts';

type Step = { type: 'add' | 'done' | 'take' | 'after' | 'fail' | 'tick'; key: string; ms: number };

const step: fc.Arbitrary<Step> = fc.record({
  type: fc.constantFrom('add', 'done', 'take', 'after', 'fail', 'tick'),
  key: fc.constantFrom('a', 'b', 'c'),
  ms: fc.integer({ min: 0, max: 50 }),
});

test('no key is worked on twice at once, and every add is followed by work on the key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const timers = new ManualTimers();
      const queue = new Workqueue({ timers, baseDelayMs: 5, maxDelayMs: 40 });
      const working = new Set<string>();
      const owed = new Set<string>();
      const take = async () => {
        if (queue.length === 0) return;
        const key = (await queue.take()) ?? '';
        expect(working.has(key)).toBe(false);
        working.add(key);
        owed.delete(key);
      };
      for (const { type, key, ms } of steps) {
        if (type === 'add') {
          queue.add(key);
          owed.add(key);
        } else if (type === 'after') {
          queue.addAfter(key, ms);
          owed.add(key);
        } else if (type === 'fail') {
          queue.addRateLimited(key);
          owed.add(key);
        } else if (type === 'take') await take();
        else if (type === 'tick') timers.advance(ms);
        else if (working.delete(key)) queue.done(key);
        expect(queue.length).toBeLessThanOrEqual(3);
      }
      timers.advance(1000);
      for (const key of working) queue.done(key);
      working.clear();
      while (queue.length > 0) await take();
      expect([...owed]).toEqual([]);
    }),
  );
});

test('delays double with each failure, up to the limit, and start over after forget', async () => {
  const timers = new ManualTimers();
  const queue = new Workqueue({ timers, baseDelayMs: 5, maxDelayMs: 40 });
  const delayOf = async (): Promise<number> => {
    queue.addRateLimited('a');
    let waited = 0;
    for (; queue.length === 0; waited++) timers.advance(1);
    queue.done((await queue.take()) ?? '');
    return waited;
  };
  expect([await delayOf(), await delayOf(), await delayOf(), await delayOf(), await delayOf()]).toEqual([
    5, 10, 20, 40, 40,
  ]);
  queue.forget('a');
  expect(await delayOf()).toBe(5);
});

test('closing wakes the workers and drops what waits', async () => {
  const queue = new Workqueue({ timers: new ManualTimers() });
  const taken = queue.take();
  queue.close();
  queue.add('late');
  expect(await taken).toBeUndefined();
  expect(await queue.take()).toBeUndefined();
});
