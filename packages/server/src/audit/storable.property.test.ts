import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storableJson } from './database.ts';

/** Every kind of text: control characters, backslashes, lone halves of pairs. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('\\', '\u0000', '\\u0000', '\ud800', '\udc00', '"', 'u', '0'),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => parts.join(''));

it('keeps everything but NUL and halves of surrogate pairs', () => {
  fc.assert(
    fc.property(anyText, anyText, (key, value) => {
      const text = storableJson(JSON.stringify({ [`k${key}`]: value }));
      const fit = (raw: string): string => raw.replaceAll(/\p{Surrogate}/gu, '').replaceAll('\u0000', '');
      expect(JSON.parse(text)).toEqual({ [`k${fit(key)}`]: fit(value) });
    }),
  );
});
