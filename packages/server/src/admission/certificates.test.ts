import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { admit, kindOf, node1, statusOf } from '../auth/testing/fakes.ts';
import type { Authorizer } from '../request.ts';
import { parseRequestSubject } from './certificate-request.ts';
import {
  certificateSubjectRestriction,
  createCertificateApproval,
  createCertificateSigning,
} from './certificates.ts';
import { nodeRestriction } from './node-restriction.ts';

const kind = kindOf('certificatesigningrequests', 'certificates.k8s.io');
const encoded = (name: string): string =>
  readFileSync(new URL(`testdata/${name}.csr`, import.meta.url)).toString('base64');
const request = (signerName: string, csr = encoded('node'), status: object = {}): object => ({
  metadata: { name: 'a' },
  spec: { signerName, request: csr, usages: ['client auth'] },
  status,
});
/** Allows what is named `verb name`. */
const allowing = (...allowed: string[]): Authorizer => ({
  authorize: (_user, { verb, name }) =>
    allowed.includes(`${verb} ${name}`) ? { allowed: true, reason: '' } : { allowed: false, reason: '' },
});

describe('the subject of a request', () => {
  it('is read from its DER', () => {
    expect(parseRequestSubject(encoded('node'))).toEqual({
      commonName: 'system:node:n1',
      organizations: ['system:nodes'],
    });
    const pem = (body: string): string =>
      Buffer.from(
        `-----BEGIN CERTIFICATE REQUEST-----\n${body}\n-----END CERTIFICATE REQUEST-----\n`,
      ).toString('base64');
    for (const bad of ['', 'MA==', 'MIIB', '//8=', 'MIQ='])
      expect(() => parseRequestSubject(pem(bad))).toThrow();
    expect(() => parseRequestSubject('x')).toThrow('PEM block type must be CERTIFICATE REQUEST');
  });
});

describe('certificate plugins', () => {
  it('let approve and sign who may do so for the signer or its domain', async () => {
    const old = request('example.com/a');
    const approve = (authorizer: Authorizer) =>
      statusOf(
        admit(createCertificateApproval(authorizer), kind, { object: old, old, subresource: 'approval' }),
      );
    expect((await approve(allowing('approve example.com/*'))).message).toBe('');
    expect((await approve(allowing('sign example.com/a'))).message).toBe(
      'certificatesigningrequests.certificates.k8s.io "a" is forbidden: user not permitted to approve requests with signerName "example.com/a"',
    );
    const sign = (authorizer: Authorizer, status: object) =>
      statusOf(
        admit(createCertificateSigning(authorizer), kind, {
          object: request('example.com/a', encoded('node'), status),
          old,
          subresource: 'status',
        }),
      );
    expect((await sign(allowing(), {})).message).toBe('');
    expect((await sign(allowing('sign example.com/a'), { certificate: 'x' })).message).toBe('');
    expect((await sign(allowing(), { certificate: 'x' })).message).toContain(
      'user not permitted to sign requests with signerName "example.com/a"',
    );
  });

  it('give nobody the group that may do everything', async () => {
    const check = async (signer: string, csr: string) =>
      (await statusOf(admit(certificateSubjectRestriction, kind, { object: request(signer, csr) }))).message;
    const signer = 'kubernetes.io/kube-apiserver-client';
    expect(await check(signer, encoded('masters'))).toContain(
      'use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
    );
    expect(await check(signer, encoded('node'))).toBe('');
    expect(await check('example.com/a', encoded('masters'))).toBe('');
  });

  it('give a node its own certificate only', async () => {
    const check = async (csr: string) =>
      (
        await statusOf(
          admit(nodeRestriction, kind, {
            object: request('kubernetes.io/kubelet-serving', csr),
            user: node1,
          }),
        )
      ).message;
    expect(await check(encoded('node'))).toBe('');
    expect(await check(encoded('masters'))).toContain('can only create a node CSR with CN=system:node:n1');
  });
});
