import { getCiphers } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { cipherList } from './cipher-names.ts';

describe('cipher suites', () => {
  it('are known to OpenSSL by other names', () => {
    const names = [
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_AES_128_GCM_SHA256',
    ];
    const list = cipherList(names).split(':');
    expect(list).toContain('ECDHE-RSA-AES128-GCM-SHA256');
    for (const name of list) expect(getCiphers()).toContain(name.toLowerCase());
  });
});
