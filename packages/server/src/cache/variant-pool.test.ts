import { expect, it } from 'vitest';
import { VariantPool } from './variant-pool.ts';

it('lets those go that made their forms longest ago, and keeps the rest within its bytes', () => {
  const pool = new VariantPool(100);
  const kept = new Map<string, number>();
  const owner = (name: string) => ({ forgetVariants: () => kept.delete(name) });
  const owners = Array.from({ length: 40 }, (_, index) => ({ name: `o${index}`, ...owner(`o${index}`) }));
  for (const one of owners) {
    kept.set(one.name, 10);
    pool.made(one, 10);
    expect([...kept.values()].reduce((total, bytes) => total + bytes, 0)).toBeLessThanOrEqual(100);
    expect(kept.has(one.name)).toBe(true);
  }
  expect(kept.size).toBeGreaterThanOrEqual(5);
});

it('does not forget who made another form lately', () => {
  const pool = new VariantPool(40);
  let forgotten = 0;
  const faithful = { forgetVariants: () => forgotten++ };
  for (let round = 0; round < 20; round++) {
    pool.made(faithful, 10);
    pool.made({ forgetVariants: () => undefined }, 10);
  }
  expect(forgotten).toBe(0);
});
