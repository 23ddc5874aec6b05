import { isStatusError } from '@gantry/machinery/status';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchOf, tokenOf } from './search.ts';

const search = (query: string, namespace = '') => searchOf(new URLSearchParams(query), namespace);

describe('a search', () => {
  it('is said by fields or parameters', () => {
    const query = 'fieldSelector=object.name%3Dweb,type%3DSync|Change&image=nginx&limit=20&manifests=true';
    expect(search(query, 'shop').query).toEqual({
      ...{ objectName: 'web', types: ['Sync', 'Change'], image: 'nginx', limit: 20, manifests: true },
      namespace: 'shop',
    });
    expect(search('limit=100000').query.limit).toBe(1_000);
    expect(search('limit=1000&manifests=true').query.limit).toBe(100);
    expect(search('').query.limit).toBe(500);
  });

  it('goes on where the page before ended', () => {
    const position = { time: 1_234, name: 'a.b', namespace: 'shop' };
    expect(search(`continue=${tokenOf(position)}`).query.after).toEqual(position);
  });

  it('of any text is a query or a bad request', () => {
    const field = fc.oneof(
      fc.constantFrom('fieldSelector', 'since', 'continue', 'limit', 'commit', 'image'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(field, fc.string({ unit: 'binary' })), { maxLength: 5 }), (pairs) => {
        try {
          const { query } = searchOf(new URLSearchParams(pairs), '');
          expect(query.limit).toBeGreaterThan(0);
          expect(JSON.stringify(query)).not.toContain('\\u0000');
        } catch (error) {
          expect(isStatusError(error, 'BadRequest')).toBe(true);
        }
      }),
    );
  });
});
