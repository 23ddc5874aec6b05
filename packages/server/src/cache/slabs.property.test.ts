import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Slabs, SlabTenant } from './slabs.ts';

const SLAB_BYTES = 256 << 10;

const tenantOf = (id: number, size: number): SlabTenant => {
  const bytes = Buffer.alloc(size, id & 0xff);
  if (size >= 4) bytes.writeInt32LE(id);
  return new SlabTenant(bytes);
};

it('keeps the bytes of all tenants, and at most twice as many in all, whoever comes and goes', () => {
  const step = fc.record({
    size: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 20_000 })),
    /** How many come, and which share of them goes again at once. */
    count: fc.integer({ min: 1, max: 400 }),
    leave: fc.constantFrom(0, 0.3, 0.6, 0.95),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 12 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (steps, chance) => {
        const slabs = new Slabs();
        const held = new Map<number, { tenant: SlabTenant; size: number }>();
        const views: [number, Buffer, Buffer][] = [];
        let id = 0;
        for (const { size, count, leave } of steps) {
          for (let at = 0; at < count; at++) {
            const tenant = tenantOf(id, size);
            held.set(id++, { tenant, size });
            slabs.settle(tenant);
          }
          for (const [key, { tenant }] of held) {
            if (chance.next().value >= leave) continue;
            views.push([key, tenant.bytes, Buffer.from(tenant.bytes)]);
            slabs.release(tenant);
            held.delete(key);
            expect(tenant.bytes.buffer.byteLength).toBe(tenant.size);
          }
        }
        let settled = 0;
        for (const [key, { tenant, size }] of held) {
          expect(tenant.bytes.equals(tenantOf(key, size).bytes)).toBe(true);
          if (size <= 16 << 10) settled += size;
        }
        // What was read before it moved has not changed.
        for (const [, view, copy] of views) expect(view.equals(copy)).toBe(true);
        // The ends of slabs, where the next one did not fit, are lost too.
        expect(slabs.bytes).toBeLessThanOrEqual(2 * settled * 1.07 + 2 * SLAB_BYTES);
      },
    ),
    { numRuns: fuzzRuns(40) },
  );
});
