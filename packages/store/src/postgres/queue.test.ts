import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { create } from '../conformance-writes.ts';
import { formatKey, limits } from '../limits.ts';
import type { Write } from '../port.ts';
import { WriteQueue } from './queue.ts';

const lease = (name: string): Write => ({
  ...create(name),
  key: { resource: 'leases.coordination.k8s.io', namespace: 'kube-system', name },
});
const newQueue = () => new WriteQueue(({ key }) => key.resource.startsWith('leases.'));
const pending = (write: Write) => ({ write, resolve: () => undefined, reject: () => undefined });

describe('WriteQueue', () => {
  test('hands out everything once, each key in order and once a batch, within the limits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.boolean(), fc.nat(2_000_000)), { maxLength: 200 }),
        (items) => {
          const queue = newQueue();
          const writes = items.map(([n, urgent, size]) => {
            const write = { ...create(`k-${n}`, ''), body: { length: size } as unknown as string };
            return urgent ? { ...write, key: lease(`k-${n}`).key } : write;
          });
          for (const write of writes) queue.add(pending(write));
          const order: Write[] = [];
          for (const job of queue.drain()) {
            const keys = job.writes.map(({ key }) => formatKey(key));
            expect(new Set(keys).size).toBe(keys.length);
            expect(keys.length).toBeLessThanOrEqual(limits.batchWrites);
            order.push(...job.writes);
          }
          expect(queue.isEmpty).toBe(true);
          expect(order).toHaveLength(writes.length);
          const byKey = (all: readonly Write[]) => Object.groupBy(all, ({ key }) => formatKey(key));
          const given = byKey(writes);
          for (const [key, got] of Object.entries(byKey(order))) {
            expect(got?.length).toBe(given[key]?.length);
            got?.forEach((write, index) => {
              expect(write).toBe(given[key]?.[index]);
            });
          }
        },
      ),
      { numRuns: fuzzRuns(50) },
    );
  });

  test('a Lease goes with the next batch, however much waits', () => {
    const queue = newQueue();
    for (let n = 0; n < 2_000; n++) queue.add(pending(create(`bulk-${n}`)));
    queue.addTransaction({ ...pending(create('t')), writes: [create('t')] });
    queue.add(pending(lease('leader')));
    const [first, second, third] = queue.drain();
    expect(first?.writes.some(({ key }) => key.name === 'leader')).toBe(true);
    expect(second).toMatchObject({ atomic: true });
    expect(third).toMatchObject({ atomic: false });
  });

  test('has an end', () => {
    const queue = newQueue();
    const write = create('a');
    for (let n = 0; n < limits.queuedWrites; n++) queue.add(pending(write));
    expect(queue.hasRoom([write])).toBe(false);
    queue.next();
    expect(queue.hasRoom([write])).toBe(true);
  });
});
