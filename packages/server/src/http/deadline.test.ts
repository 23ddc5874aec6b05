import { describe, expect, it } from 'vitest';
import { requestDeadline } from './deadline.ts';

const deadline = (text: string): number => requestDeadline(new URLSearchParams({ timeout: text }), 60_000);

describe('the deadline of a request', () => {
  it('is what the client asks for, within the limit', () => {
    expect(requestDeadline(new URLSearchParams(), 60_000)).toBe(60_000);
    expect(deadline('1m30s')).toBe(60_000);
    expect(deadline('1.5s')).toBe(1500);
    expect(deadline('250ms')).toBe(250);
    expect(deadline('0')).toBe(60_000);
  });

  it.each([
    ['10', 'missing unit in duration "10"'],
    ['s', 'invalid duration "s"'],
    ['-1s', 'invalid duration "-1s"'],
    ['1 s', 'unknown unit " s" in duration "1 s"'],
    ['1x', 'unknown unit "x" in duration "1x"'],
  ])('is refused as %s', (text, fault) => {
    expect(() => deadline(text)).toThrow(`invalid timeout specified in the request URL - time: ${fault}`);
  });
});
