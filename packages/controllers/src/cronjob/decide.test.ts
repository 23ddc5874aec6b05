import type { CronJob } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { decideStart, jobFor } from './decide.ts';
import { missedRuns, parseSchedule } from './schedule.ts';

const at = (text: string): number => Date.parse(text);

const cronJob = (spec: Partial<CronJob['spec']> = {}, last?: string): CronJob => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'cj', namespace: 'a', creationTimestamp: '2026-01-01T00:00:30Z' },
  spec: { schedule: '*/10 * * * *', jobTemplate: { spec: { template: {} } }, ...spec },
  ...(last === undefined ? {} : { status: { lastScheduleTime: last } }),
});

test('a run is due at its time and named after it', () => {
  const schedule = parseSchedule('*/10 * * * *', undefined);
  expect(decideStart(cronJob(), schedule, 0, at('2026-01-01T00:09:59Z')).plan).toEqual({ type: 'none' });
  const due = decideStart(cronJob(), schedule, 0, at('2026-01-01T00:10:02Z'));
  expect(due).toEqual({
    plan: { type: 'start', at: at('2026-01-01T00:10:00Z'), replace: false },
    tooMany: false,
    nextIn: 598_000 + 100,
  });
  expect(jobFor(cronJob(), at('2026-01-01T00:10:00Z')).metadata).toMatchObject({
    name: 'cj-29453770',
    annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T00:10:00Z' },
  });
  const after = cronJob({}, '2026-01-01T00:10:00Z');
  expect(decideStart(after, schedule, 0, at('2026-01-01T00:10:03Z')).plan).toEqual({ type: 'none' });
});

test('the concurrency policy and the deadline hold a run back', () => {
  const schedule = parseSchedule('*/10 * * * *', undefined);
  const now = at('2026-01-01T00:12:00Z');
  expect(decideStart(cronJob({ concurrencyPolicy: 'Forbid' }), schedule, 1, now).plan.type).toBe('busy');
  expect(decideStart(cronJob({ concurrencyPolicy: 'Replace' }), schedule, 1, now).plan).toMatchObject({
    type: 'start',
    replace: true,
  });
  expect(decideStart(cronJob({ startingDeadlineSeconds: 60 }), schedule, 0, now).plan.type).toBe('none');
});

test('a schedule whose day never comes says so', () => {
  const schedule = parseSchedule('59 23 31 2 *', undefined);
  expect(decideStart(cronJob(), schedule, 0, at('2026-01-01T00:10:00Z'))).toEqual({
    plan: { type: 'never' },
    tooMany: false,
    nextIn: undefined,
  });
});

test('of very many missed runs only the last counts', () => {
  const schedule = parseSchedule('* * * * *', undefined);
  const missed = missedRuns(schedule, at('2026-01-01T00:00:00Z'), at('2026-01-03T00:00:30Z'));
  expect(missed).toMatchObject({ latest: at('2026-01-03T00:00:00Z'), tooMany: true });
});

test('time zones, @every and macros are understood; nonsense is refused', () => {
  const berlin = parseSchedule('0 9 * * *', 'Europe/Berlin');
  expect(berlin.next(at('2026-07-01T00:00:00Z'))).toBe(at('2026-07-01T07:00:00Z'));
  // The night that clocks go forward has no 02:30.
  const lost = parseSchedule('30 2 * * *', 'Europe/Berlin').next(at('2026-03-28T23:30:00Z'));
  expect(lost).toBeGreaterThan(at('2026-03-29T00:59:59Z'));
  expect(parseSchedule('@every 1h30m', undefined).next(at('2026-01-01T00:00:10Z'))).toBe(
    at('2026-01-01T01:30:10Z'),
  );
  expect(parseSchedule('@daily', undefined).next(at('2026-01-01T05:00:00Z'))).toBe(
    at('2026-01-02T00:00:00Z'),
  );
  expect(() => parseSchedule('every day', undefined)).toThrow();
  expect(() => parseSchedule('@every soon', undefined)).toThrow('unparseable schedule @every soon');
});
