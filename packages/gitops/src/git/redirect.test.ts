import { expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { isSameServer } from './redirect.ts';

it.each([
  ['https://git.example/a', 'https://git.example/b', true],
  ['http://git.example/a', 'https://git.example/a', true],
  ['https://git.example/a', 'https://git.example:8443/a', false],
  ['https://git.example/a', 'https://other.example/a', false],
  ['https://git.example/a', 'http://git.example:443/a', false],
  ['http://git.example/a', 'http://git.example/b', true],
])('credentials of %s for %s: %s', (own, other, given) => {
  expect(isSameServer(parseAddress(own), parseAddress(other))).toBe(given);
});
