import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAddress, upstreamsOfResolvConf } from './resolv-conf.ts';

describe('resolv.conf', () => {
  it('has name servers, once each; no file has none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gantry-dns-'));
    const file = join(folder, 'resolv.conf');
    writeFileSync(
      file,
      'search a b\n nameserver 192.0.2.1\nnameserver fe80::1%eth0\n#nameserver 192.0.2.9\nnameserver 192.0.2.1\nnameserver x\n',
    );
    expect(upstreamsOfResolvConf(file)).toEqual(['192.0.2.1', 'fe80::1']);
    rmSync(folder, { recursive: true });
    expect(upstreamsOfResolvConf(file)).toEqual([]);
  });
  it('addresses may have a port', () => {
    expect(parseAddress('192.0.2.1')).toEqual({ address: '192.0.2.1', port: 53 });
    expect(parseAddress('192.0.2.1:5353')).toEqual({ address: '192.0.2.1', port: 5353 });
    expect(parseAddress('[2001:db8::1]:5353')).toEqual({ address: '2001:db8::1', port: 5353 });
    expect(parseAddress('2001:db8::1')).toEqual({ address: '2001:db8::1', port: 53 });
    for (const bad of ['dns.example.org', '192.0.2.1:0', '192.0.2.1:99999', ''])
      expect(parseAddress(bad)).toBeUndefined();
  });
});
