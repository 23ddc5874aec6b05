import { describe, expect, it } from 'vitest';
import { LoopSeats } from './loop-seats.ts';

/** A loop of which a test says how busy it is, and what a seat costs. Samples are 50 ms apart. */
function bench() {
  let now = 0;
  const usage = { active: 0, idle: 0 };
  const loop = new LoopSeats(600, now, () => ({ ...usage }));
  const run = (samples: number, busy: number, cost: number): number => {
    for (let sample = 0; sample < samples; sample++) {
      now += 50;
      usage.active += 50 * busy;
      usage.idle += 50 * (1 - busy);
      loop.finished(Math.round((50 * busy) / cost), now);
    }
    return loop.limit;
  };
  return { run };
}

describe('the seats of the event loop', () => {
  it('are as many as cost about one turn, while the loop is full', () => {
    const { run } = bench();
    expect(run(100, 1, 0.1)).toBe(40);
    expect(run(100, 1, 0.3)).toBe(13);
    expect(run(100, 1, 2)).toBe(12);
  });

  it('are more while it waits for the store, but not without end', () => {
    const { run } = bench();
    expect(run(100, 0.5, 0.1)).toBe(100);
    expect(run(1, 1, 0.1)).toBe(40);
  });

  it('are hardly fewer for something that passes', () => {
    const { run } = bench();
    run(50, 1, 0.1);
    run(2, 1, 2);
    expect(run(3, 1, 0.1)).toBeGreaterThan(33);
  });
});
