import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { en } from '../messages/en.ts';
import { conditionIsGood, statusWord } from './fields.ts';
import { age, cpu, duration, memory } from './format.ts';
import { readyTone, toneOf } from './tones.ts';
import { conditionText } from './use-condition-text.ts';

const t = createTranslator({ locale: 'en', messages: en, namespace: 'conditions' });

const NOW = Date.parse('2026-01-01T12:00:00Z');
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

describe('times', () => {
  it('are written as kubectl writes them', () => {
    const cases: readonly (readonly [number, string])[] = [
      [0, '0s'],
      [119, '119s'],
      [120, '2m'],
      [200, '3m20s'],
      [700, '11m'],
      [3 * 3600, '3h'],
      [48 * 3600, '2d'],
    ];
    for (const [seconds, text] of cases) expect(age(ago(seconds), NOW)).toBe(text);
    expect(age(ago(-5), NOW)).toBe('0s');
    expect(age('', NOW)).toBe('');
  });

  it('last from one moment to another', () => {
    expect(duration(ago(4), ago(0))).toBe('4 s');
    expect(duration(ago(185), ago(0))).toBe('3 min 5 s');
    expect(duration(ago(0), undefined)).toBe('');
  });
});

it('memory comes in a unit that a person reads', () => {
  expect(memory('16374556Ki')).toBe('15.6 Gi');
  expect(memory('512Mi')).toBe('512 Mi');
  expect(memory('1e3')).toBe('1e3');
});

describe('status words', () => {
  it('are amber for drift and red for what is broken', () => {
    expect(toneOf('OutOfSync')).toBe('drift');
    expect(toneOf('CrashLoopBackOff')).toBe('broken');
    expect(toneOf('Refused')).toBe('broken');
    expect(toneOf('ErrImagePull')).toBe('broken');
    expect(toneOf('Init:0/2')).toBe('busy');
    expect(toneOf('Ready,SchedulingDisabled')).toBe('drift');
    expect(toneOf('SomethingNew')).toBe('idle');
    expect([readyTone('1/2'), readyTone('2/2'), readyTone('2')]).toEqual(['busy', 'ok', undefined]);
  });

  it('name what keeps a pod from running rather than its phase', () => {
    const pod = (state: object) => ({
      kind: 'Pod',
      metadata: {},
      status: { phase: 'Running', containerStatuses: [{ state }] },
    });
    expect(statusWord(pod({ running: {} }))).toBe('Running');
    expect(statusWord(pod({ waiting: { reason: 'ContainerCreating' } }))).toBe('Running');
    expect(statusWord(pod({ waiting: { reason: 'ImagePullBackOff' } }))).toBe('ImagePullBackOff');
    expect(statusWord(pod({ terminated: { exitCode: 1, reason: 'OOMKilled' } }))).toBe('OOMKilled');
    expect(statusWord({ kind: 'Pod', metadata: { deletionTimestamp: 'now' } })).toBe('Terminating');
  });
});

describe('conditions', () => {
  const condition = (type: string, status: string, reason = '') => ({
    type,
    status,
    reason,
    message: '',
    since: '',
  });

  it('know which are good when they are false', () => {
    expect(conditionIsGood(condition('Ready', 'False'))).toBe(false);
    expect(conditionIsGood(condition('DiskPressure', 'False'))).toBe(true);
    expect(conditionIsGood(condition('Ready', 'Unknown'))).toBeUndefined();
    expect(conditionIsGood(condition('Ready', 'False', 'PodCompleted'))).toBeUndefined();
  });

  it('are said in words, unknown types too', () => {
    expect(conditionText(t, condition('MemoryPressure', 'False'))).toBe('Enough memory');
    expect(conditionText(t, condition('BackupDone', 'False'))).toBe('Backup done: no');
  });
});

it('writes CPU as kubectl does, whatever unit it came in', () => {
  expect(['250m', '12345678n', '1500m', '2', '1', '0', '800u', ''].map(cpu)).toEqual([
    ...['250m', '13m', '1.5', '2', '1', '0', '1m', ''],
  ]);
});
