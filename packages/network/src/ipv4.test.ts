import { describe, expect, it } from 'vitest';
import { disjointCidrs } from './ipv4.ts';

describe('disjointCidrs', () => {
  it('aligns, sorts, and leaves out what lies inside another or is no IPv4 CIDR', () => {
    expect(disjointCidrs(['10.1.2.3/16', ' 10.1.9.0/24', '9.9.9.9', 'fd00::/8', '10.0.0.0/33', 'x'])).toEqual(
      ['9.9.9.9/32', '10.1.0.0/16'],
    );
    expect(disjointCidrs(['1.2.3.4/32', '0.0.0.0/0'])).toEqual(['0.0.0.0/0']);
    expect(disjointCidrs(['128.0.0.0/1', '0.0.0.0/1'])).toEqual(['0.0.0.0/1', '128.0.0.0/1']);
  });
});
