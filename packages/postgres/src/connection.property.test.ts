import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDatabaseUrl, parseDatabaseUrl } from './connection.ts';

const text = fc.string({ minLength: 1, unit: 'grapheme' });

describe('database URL', () => {
  test('formatting and parsing are inverse', () => {
    fc.assert(
      fc.property(
        fc.record({
          host: fc.oneof(
            fc.domain(),
            fc.ipV6(),
            text.map((name) => `/${name}`),
          ),
          port: fc.integer({ min: 1, max: 65_535 }),
          user: text,
          password: text,
          // The URL class takes these two for steps in a path, whatever their escape.
          database: text.filter((name) => name !== '.' && name !== '..'),
        }),
        (connection) => {
          const parsed = parseDatabaseUrl(formatDatabaseUrl(connection));
          expect({ ...parsed, host: '' }).toEqual({ ...connection, host: '' });
          // The URL class shortens IPv6 addresses.
          if (!connection.host.includes(':') || connection.host.startsWith('/')) {
            expect(parsed.host).toBe(connection.host);
          }
        },
      ),
    );
  });

  test.each([
    ['nonsense', /not a URL/],
    ['mysql://h/d', /must start with postgresql/],
    ['postgresql://h', /names no database/],
    ['postgresql://h/d?sslmode=maybe', /unknown sslmode "maybe"/],
    ['postgresql://u:secret@h:0/d', /no valid port/],
  ])('%s is refused with a reason', (url, reason) => {
    expect(() => parseDatabaseUrl(url)).toThrow(reason);
    expect(() => parseDatabaseUrl(url)).not.toThrow(/secret/);
  });

  test('TLS modes', () => {
    expect(parseDatabaseUrl('postgres://h/d').ssl).toBeUndefined();
    expect(parseDatabaseUrl('postgres://h/d?sslmode=require').ssl).toEqual({ rejectUnauthorized: false });
    expect(parseDatabaseUrl('postgres://h/d?sslmode=verify-full').ssl).toEqual({ rejectUnauthorized: true });
  });
});
