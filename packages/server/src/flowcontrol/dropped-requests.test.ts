import { describe, expect, it } from 'vitest';
import { DroppedRequests } from './dropped-requests.ts';

describe('how long a client should wait', () => {
  it('grows while many are turned away, to a limit, and falls when few are', () => {
    const dropped = new DroppedRequests();
    expect(dropped.retryAfterSeconds).toBe(1);
    let second = 1000;
    const seen = new Set<number>();
    for (; second < 1200; second++) {
      for (let count = 0; count < 10; count++) dropped.record(second);
      seen.add(dropped.retryAfterSeconds);
    }
    expect([...seen]).toEqual([1, 2, 4, 8, 16, 32]);
    for (; second < 4000; second += 40) dropped.record(second);
    expect(dropped.retryAfterSeconds).toBe(1);
  });
});
