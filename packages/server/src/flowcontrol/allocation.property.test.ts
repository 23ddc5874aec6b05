import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type Claimant } from './allocation.ts';

const claimant = fc
  .tuple(fc.nat(200), fc.nat(200), fc.nat(500))
  .map(([lower, above, more]): Claimant => ({ lower, target: lower + above, upper: lower + more }));

describe('allocation of seats', () => {
  it('gives the total, within bounds, and in proportion to the targets where no bound stops it', () => {
    fc.assert(
      fc.property(
        fc.array(claimant, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, part) => {
          const lowest = all.reduce((sum, { lower }) => sum + lower, 0);
          const highest = all.reduce((sum, { upper }) => sum + upper, 0);
          const total = Math.round(lowest + part * (highest - lowest));
          const result = allocate(total, all);
          expect(result).toBeDefined();
          const { seats, fairShare } = result ?? { seats: [], fairShare: 0 };
          expect(seats.reduce((sum, one) => sum + one, 0)).toBeCloseTo(total, 4);
          for (const [index, { lower, upper, target }] of all.entries()) {
            const got = seats[index] ?? -1;
            expect(got).toBeGreaterThanOrEqual(lower);
            expect(got).toBeLessThanOrEqual(upper);
            if (got > lower + 1e-6 && got < upper - 1e-6)
              expect(got).toBeCloseTo(fairShare * Math.max(target, 0.001), 4);
          }
        },
      ),
    );
  });

  it('says when the bounds leave no way', () => {
    expect(allocate(1, [{ lower: 2, target: 2, upper: 3 }])).toBeUndefined();
    expect(allocate(9, [{ lower: 2, target: 2, upper: 3 }])).toBeUndefined();
    expect(allocate(2, [{ lower: 2, target: 1, upper: 3 }])).toBeUndefined();
  });
});
