import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dealer, deal } from './shuffle-sharding.ts';

describe('shuffle sharding', () => {
  it('deals different queues of the deck', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 1, max: 512 }),
        fc.integer({ min: 1, max: 8 }),
        (hash, deck, wanted) => {
          const hand = deal(hash, deck, Math.min(wanted, deck));
          expect(new Set(hand).size).toBe(Math.min(wanted, deck));
          for (const card of hand) {
            expect(card).toBeGreaterThanOrEqual(0);
            expect(card).toBeLessThan(deck);
          }
        },
      ),
    );
  });

  it('gives a flow the same hand each time', () => {
    const hand = new Dealer(64, 6).handOf('schema', 'joe');
    expect(new Dealer(64, 6).handOf('schema', 'joe')).toEqual(hand);
    expect(new Dealer(64, 6).handOf('schema', 'jane')).not.toEqual(hand);
  });
});
