import type { Pod } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { NO_FAILURES, nextRecord, remainingBackoff } from './backoff.ts';

const SECOND_MS = 1000;
/** A pod whose container ended in that second. */
const pod = (uid: string, second: number): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: uid, uid },
  spec: { containers: [] },
  status: {
    containerStatuses: [
      {
        name: 'c',
        image: 'i',
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode: 1, finishedAt: new Date(second * SECOND_MS).toISOString() } },
      },
    ],
  },
});

test('each failure doubles the wait, counted from the last', () => {
  const first = nextRecord(NO_FAILURES, [], [pod('a', 1)]);
  expect(remainingBackoff(first, 1 * SECOND_MS)).toBe(10 * SECOND_MS);
  const third = nextRecord(first, [], [pod('b', 5), pod('c', 4)]);
  expect(remainingBackoff(third, 5 * SECOND_MS)).toBe(40 * SECOND_MS);
  expect(remainingBackoff(third, 100 * SECOND_MS)).toBe(0);
});

test('a pod that could not be let go, so that the next run meets it again, counts once', () => {
  const first = nextRecord(NO_FAILURES, [], [pod('a', 1), pod('b', 1)]);
  const second = nextRecord(first, [], [pod('a', 1), pod('c', 2)]);
  expect(second).toMatchObject({ failures: 3, lastFailureAt: 2 * SECOND_MS });
  expect([...second.known]).toEqual(['a', 'c']);
  expect(nextRecord(second, [], [])).toMatchObject({ failures: 3, known: new Set() });
});

test('a success forgets the failures before it, once', () => {
  const failed = nextRecord(NO_FAILURES, [], [pod('a', 1)]);
  const reset = nextRecord(failed, [pod('s', 2)], [pod('b', 3)]);
  expect(reset).toMatchObject({ failures: 1, lastFailureAt: 3 * SECOND_MS });
  expect(nextRecord(reset, [pod('s', 2)], [pod('c', 4)])).toMatchObject({ failures: 2 });
  expect(nextRecord(failed, [pod('s', 2)], [])).toMatchObject({ failures: 0 });
});
