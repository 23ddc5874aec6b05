import type { LedgerEntry } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { ledgerQuery, timeOf } from './ledger.ts';
import { entryLines } from './ledger-text.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

describe('a search of the ledger', () => {
  it('is said by options', () => {
    const raw = {
      limit: '50',
      object: 'Deployment/prod/web',
      type: 'Sync,Change',
      since: '24h',
      commit: 'abcd',
    };
    expect(ledgerQuery(raw, NOW)).toEqual({
      ...{ 'object.kind': 'Deployment', 'object.namespace': 'prod', 'object.name': 'web', commit: 'abcd' },
      ...{ type: 'Sync|Change', since: '2026-03-01T10:00:00.000Z' },
    });
    expect(ledgerQuery({ limit: '1', object: 'web' }, NOW)).toEqual({ 'object.name': 'web' });
  });

  it.each([
    [{ object: 'a/b/c/d' }, 'is no Kind/name'],
    [{ object: 'Deployment/' }, 'is no Kind/name'],
    [{ since: 'yesterday' }, '--since: "yesterday" is no time'],
  ])('with %j ends with words', (raw, words) => {
    expect(() => ledgerQuery({ limit: '1', ...raw }, NOW)).toThrow(words);
  });

  it('knows times and how long ago they were', () => {
    expect(timeOf('--until', '90m', NOW)).toBe('2026-03-02T08:30:00.000Z');
    expect(timeOf('--until', '2026-01-31T08:00:00+01:00', NOW)).toBe('2026-01-31T07:00:00.000Z');
  });
});

it('prints a line an entry', () => {
  const entry = (more: Partial<LedgerEntry>): LedgerEntry => ({
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'LedgerEntry',
    metadata: { name: 'sync-1', namespace: 'shop' },
    time: '2026-03-02T10:00:00.000000Z',
    ...{ type: 'Sync', application: 'web', commit: 'c'.repeat(40), actor: 'ann', message: 'Applied\nmore' },
    ...more,
  });
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const text = entryLines(
    [entry({ durationMs: 640 }), entry({ type: 'Change', object, error: 'x'.repeat(200) })],
    true,
  );
  expect(text.split('\n')[1]).toBe(
    `2026-03-02 10:00:00  shop       Sync    web             ccccccc  ann  0.6 s  ${'Applied'.padEnd(100)}  sync-1`,
  );
  expect(text.split('\n')[2]).toContain('Deployment/web  ccccccc  ann         xxx');
  expect(entryLines([], true)).toBe('');
});
