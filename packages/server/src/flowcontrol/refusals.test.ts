import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusals } from './refusals.ts';

describe('refusals', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are given at once while there are few, and paced when there are many', () => {
    const refusals = new Refusals();
    let refused = 0;
    for (let index = 0; index < 100; index++) refusals.add(() => refused++);
    expect(refused).toBe(20);
    vi.advanceTimersByTime(20);
    expect(refused).toBe(24);
    vi.advanceTimersByTime(1000);
    expect(refused).toBe(100);
    expect(vi.getTimerCount()).toBe(0);
    refusals.add(() => refused++);
    expect(refused).toBe(101);
  });

  it('never hold more than a bounded number', () => {
    const refusals = new Refusals();
    let refused = 0;
    for (let index = 0; index < 6000; index++) refusals.add(() => refused++);
    expect(refused).toBe(1000);
    refusals.close();
    expect(refused).toBe(6000);
  });
});
