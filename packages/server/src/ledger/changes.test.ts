import type { Change } from '@gantry/store/port';
import { describe, expect, it } from 'vitest';
import { statusOf } from '../auth/testing/fakes.ts';
import { originOf, rowOfChange } from './changes.ts';

const ledger = { namespace: 'shop', application: 'web', commit: 'abc', syncId: 's1' };
const rowOf = (origin: string | undefined) =>
  rowOfChange({
    ...{ origin, op: 'create', revision: 7, time: 0, author: 'ann' },
    key: { resource: 'configmaps', namespace: 'shop', name: 'c' },
    body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }),
  } as unknown as Change);

describe('the origin of a change', () => {
  it('leads back to its ledger', () => {
    expect(originOf(undefined, ledger)).toBe('git:abc shop/web s1');
    expect(rowOf('git:abc shop/web s1')).toMatchObject({
      namespace: 'shop',
      application: 'web',
      commit: 'abc',
    });
    expect(originOf('git:abc', undefined)).toBe('git:abc');
  });

  it('does not lead into the ledger of another', async () => {
    const forged = 'git:x other/victim y';
    for (const [field, ask] of [
      ['spec.origin', () => originOf(forged, undefined)],
      ['spec.origin', () => originOf(`${forged}${'z'.repeat(300)}`, ledger)],
      ['spec.ledger.commit', () => originOf(undefined, { ...ledger, commit: 'x other/victim y' })],
      ['spec.ledger.syncId', () => originOf(undefined, { ...ledger, syncId: 'a\tb' })],
      ['spec.origin', () => originOf('x'.repeat(257), undefined)],
    ] as const) {
      const { code, details } = await statusOf(async () => ask());
      expect([code, details?.causes?.[0]?.field]).toEqual([422, field]);
    }
  });

  it('is one word when the whole is too long', () => {
    expect(originOf(undefined, { ...ledger, syncId: 's'.repeat(250) })).toBe('git:abc');
    expect(rowOf('git:abc')).toBeUndefined();
    expect(originOf(undefined, { ...ledger, commit: 'c'.repeat(256) })).toBeUndefined();
  });
});
