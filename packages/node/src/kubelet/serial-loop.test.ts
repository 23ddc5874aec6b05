import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SerialLoop } from './serial-loop.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('SerialLoop', () => {
  it('never runs twice at once, and once more for all that came within a run', async () => {
    let atOnce = 0;
    let most = 0;
    let runs = 0;
    const loop = new SerialLoop({
      run: async () => {
        runs++;
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setTimeout(resolve, 10));
        atOnce--;
        return undefined;
      },
      onError: () => undefined,
    });
    loop.wake();
    await settle();
    loop.wake();
    loop.wake();
    await vi.advanceTimersByTimeAsync(100);
    expect({ most, runs }).toEqual({ most: 1, runs: 2 });
  });

  it('repeats what failed, later each time, and forgets that after a success', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    let fails = true;
    const loop = new SerialLoop({
      run: async () => {
        runs++;
        if (fails) throw new Error('no');
        return undefined;
      },
      onError: (error) => errors.push(error),
    });
    loop.wake();
    await settle();
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(runs).toBe(2);
    await vi.advanceTimersByTimeAsync(3999);
    expect(runs).toBe(2);
    fails = false;
    await vi.advanceTimersByTimeAsync(1);
    expect(runs).toBe(3);
    await vi.advanceTimersByTimeAsync(600_000);
    expect({ runs, errors: errors.length }).toEqual({ runs: 3, errors: 2 });
  });

  it('runs again when its time has come, and never after close', async () => {
    let runs = 0;
    const loop = new SerialLoop({
      run: async () => {
        runs++;
        return 50;
      },
      onError: () => undefined,
    });
    loop.wake();
    await vi.advanceTimersByTimeAsync(50);
    expect(runs).toBe(2);
    loop.close();
    loop.wake();
    await vi.advanceTimersByTimeAsync(100);
    expect(runs).toBe(2);
  });
});
