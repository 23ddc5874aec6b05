import { createVerify, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority } from './certificate.ts';
import { parseCertificateRequest, signCertificateRequest } from './certificate-request.ts';
import { createTokenSigner } from './jwt.ts';
import { newCertificateRequest } from './testing/request.ts';

const now = new Date('2030-01-01T00:00:00Z');
const options = {
  usages: ['digital signature', 'client auth'],
  notBefore: new Date('2029-12-31T23:55:00Z'),
  notAfter: new Date('2030-01-01T01:00:00Z'),
  now,
};

describe('certificate requests', () => {
  it('are read: subject and alternative names', async () => {
    const { request: pem } = await newCertificateRequest(
      { commonName: 'system:node:a', organizations: ['system:nodes'] },
      [
        { type: 'dns', value: 'a.example' },
        { type: 'ip', value: '192.0.2.1' },
      ],
    );
    expect(parseCertificateRequest(pem)).toEqual({
      commonName: 'system:node:a',
      organizations: ['system:nodes'],
      dnsNames: ['a.example'],
      ipAddresses: ['192.0.2.1'],
      emailAddresses: [],
      uris: [],
    });
    expect(() => parseCertificateRequest('x')).toThrow('PEM block type must be CERTIFICATE REQUEST');
  });

  it('are signed with the usages and times asked for, within the life of the authority', async () => {
    const authority = await createAuthority('ca', now);
    const { request: pem } = await newCertificateRequest({ commonName: 'jane', organizations: ['dev'] });
    const certificate = new X509Certificate(await signCertificateRequest(authority, pem, options));
    expect(certificate.verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
    expect(certificate.subject).toBe('O=dev\nCN=jane');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.validToDate).toEqual(options.notAfter);
    const late = await signCertificateRequest(authority, pem, {
      ...options,
      notAfter: new Date('2060-01-01'),
    });
    expect(new X509Certificate(late).validToDate).toEqual(new X509Certificate(authority.cert).validToDate);
  });

  it('are not signed for unknown usages, nor by an authority that has ended', async () => {
    const { request: pem } = await newCertificateRequest({ commonName: 'jane' });
    const authority = await createAuthority('ca', now);
    await expect(signCertificateRequest(authority, pem, { ...options, usages: ['flying'] })).rejects.toThrow(
      'unrecognized usage values: ["flying"]',
    );
    const old = await createAuthority('ca', new Date('2010-01-01'));
    await expect(signCertificateRequest(old, pem, options)).rejects.toThrow('the signer has expired');
  });
});

describe('a token signer', () => {
  it('signs with RSA and EC keys', () => {
    for (const { privateKey, publicKey } of [
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ]) {
      const sign = createTokenSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
      const [header = '', payload = '', signature = ''] = sign({ sub: 'x' }).split('.');
      const check = createVerify('sha256').update(`${header}.${payload}`);
      const key = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
      expect(check.verify(key, Buffer.from(signature, 'base64url'))).toBe(true);
      expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({ sub: 'x' });
    }
  });
});
