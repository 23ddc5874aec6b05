import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedLocks } from './shared-locks.ts';

const TURN_MS = 100;
const WAIT_MS = 5_000;

let held: Set<string>;
let locks: SharedLocks;
beforeEach(() => {
  vi.useFakeTimers();
  held = new Set();
  const lock = async (name: string) => {
    expect(held).not.toContain(name);
    held.add(name);
    return () => void held.delete(name);
  };
  locks = new SharedLocks(lock, async () => undefined);
});
afterEach(() => vi.useRealTimers());

/** What is known of a wait so far. */
function follow(waiting: Promise<() => void>): { leave?: () => void } {
  const seen: { leave?: () => void } = {};
  void waiting.then((leave) => {
    seen.leave = leave;
  });
  return seen;
}

test('writes of one server share a turn, and wait for the next when it has lasted', async () => {
  const first = await locks.hold('a');
  const second = await locks.hold('a');
  await vi.advanceTimersByTimeAsync(TURN_MS + 1);
  const third = follow(locks.hold('a'));
  await vi.advanceTimersByTimeAsync(TURN_MS);
  first();
  second();
  await vi.advanceTimersByTimeAsync(0);
  expect(third.leave).toBeDefined();
  third.leave?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(held).toEqual(new Set());
});

test('two that each hold what the other wants go on after a while', async () => {
  const [a, b] = [await locks.hold('a'), await locks.hold('b')];
  await vi.advanceTimersByTimeAsync(TURN_MS + 1);
  const [mineToo, theirsToo] = [follow(locks.hold('b')), follow(locks.hold('a'))];
  await vi.advanceTimersByTimeAsync(WAIT_MS - 1);
  expect([mineToo.leave, theirsToo.leave]).toEqual([undefined, undefined]);
  await vi.advanceTimersByTimeAsync(1);
  for (const leave of [a, b, mineToo.leave, theirsToo.leave]) leave?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(mineToo.leave).toBeDefined();
  expect(theirsToo.leave).toBeDefined();
  expect(held).toEqual(new Set());
});
