import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { typesText } from './type-sources.ts';

test('the generated types belong to the kinds as they are: run `npm run generate` when this fails', () => {
  const written = readFileSync(new URL('../generated/types.ts', import.meta.url), 'utf8');
  expect(written).toBe(typesText());
});
