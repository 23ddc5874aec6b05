import { describe, expect, it } from 'vitest';
import { dropsForwarded, forwardPosition } from './forwarding.ts';

describe('accepting forwarded packets of pods', () => {
  it('goes behind the refusals of the service proxy', () => {
    expect(forwardPosition('-P FORWARD DROP\n')).toBe(1);
    const listed = [
      '-P FORWARD DROP',
      '-A FORWARD -m conntrack --ctstate NEW -j GANTRY-SERVICES',
      '-A FORWARD -j DOCKER-USER',
      '',
    ].join('\n');
    expect(forwardPosition(listed)).toBe(2);
    expect(forwardPosition(listed.replace('GANTRY-SERVICES', 'GANTRY-b-SERVICES'))).toBe(2);
  });

  it('is only for hosts that drop', () => {
    expect(dropsForwarded('-P FORWARD DROP\n-A FORWARD -j DOCKER-USER\n')).toBe(true);
    expect(dropsForwarded('-P FORWARD ACCEPT\n-A FORWARD -j DROP\n')).toBe(false);
    expect(dropsForwarded('')).toBe(false);
  });
});
