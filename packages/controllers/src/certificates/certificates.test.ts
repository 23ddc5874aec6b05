import { X509Certificate } from 'node:crypto';
import type { CertificateSigningRequest } from '@gantry/api/generated/types';
import { certificateSigningRequests } from '@gantry/client/resources';
import { createAuthority, type KeyPair } from '@gantry/pki/certificate';
import { newCertificateRequest } from '@gantry/pki/testing/request';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { certificateApprovingController } from './approver.ts';
import { certificateCleanerController, expiryOf } from './cleaner.ts';
import { API_CLIENT, KUBELET_CLIENT, KUBELET_SERVING } from './request.ts';
import { certificateSigningController } from './signer.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
let authority: KeyPair;
let nodeRequest: string;

beforeAll(async () => {
  authority = await createAuthority('ca', new Date(NOW));
  const { request } = await newCertificateRequest({
    commonName: 'system:node:a',
    organizations: ['system:nodes'],
  });
  nodeRequest = Buffer.from(request).toString('base64');
});

let running: Harness | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const csr = (over: Partial<CertificateSigningRequest['spec']>, conditions: object[] = []) =>
  ({
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'c' },
    spec: {
      request: nodeRequest,
      signerName: KUBELET_CLIENT,
      usages: ['digital signature', 'client auth'],
      username: 'system:node:a',
      ...over,
    },
    status: { conditions },
  }) as unknown as CertificateSigningRequest;
const approved = { type: 'Approved', status: 'True', lastUpdateTime: '2030-01-01T00:00:00Z' };

async function start(object: CertificateSigningRequest, allowed: readonly string[] = []): Promise<Harness> {
  const test = harness(
    [certificateApprovingController(), certificateSigningController({ authority: () => authority })],
    () => NOW,
  );
  test.client.request = async <R>(_method: string, _path: string, body?: unknown): Promise<R> => {
    const { spec } = body as { spec: { resourceAttributes: { subresource: string } } };
    return { status: { allowed: allowed.includes(spec.resourceAttributes.subresource) } } as R;
  };
  await test.client.create(certificateSigningRequests, object);
  if ((object.status?.conditions?.length ?? 0) > 0)
    await test.client.update(certificateSigningRequests, object, { subresource: 'status' });
  test.start();
  running = test;
  return test;
}
const statusOf = (test: Harness) => test.client.peek(certificateSigningRequests, '', 'c')?.status;

describe('certificate signing requests', () => {
  it('of kubelets are approved and signed, when their requestor may ask', async () => {
    const test = await start(csr({}), ['selfnodeclient']);
    const status = await vi.waitUntil(() => {
      const now = statusOf(test);
      return now?.certificate === undefined ? undefined : now;
    });
    expect(status.conditions).toMatchObject([
      {
        type: 'Approved',
        reason: 'AutoApproved',
        message: 'Auto approving self kubelet client certificate after SubjectAccessReview.',
      },
    ]);
    const certificate = new X509Certificate(Buffer.from(status.certificate ?? '', 'base64'));
    expect(certificate.subject).toBe('O=system:nodes\nCN=system:node:a');
    expect(certificate.validToDate.toISOString()).toBe('2030-12-31T23:55:00.000Z');
  });

  it('get the life that was asked for, ten minutes at least', async () => {
    const test = await start(csr({ signerName: API_CLIENT, expirationSeconds: 60 }, [approved]));
    const text = await vi.waitUntil(() => statusOf(test)?.certificate);
    const certificate = new X509Certificate(Buffer.from(text, 'base64'));
    expect(certificate.validToDate.toISOString()).toBe('2030-01-01T00:10:00.000Z');
  });

  it('that no built-in signer may sign fail with the reason', async () => {
    const test = await start(csr({ signerName: KUBELET_SERVING, usages: ['server auth'] }, [approved]));
    const failed = await vi.waitUntil(() =>
      statusOf(test)?.conditions?.find(({ type }) => type === 'Failed'),
    );
    expect(failed).toMatchObject({
      status: 'True',
      reason: 'SignerValidationFailure',
      message: 'DNS or IP subjectAltName is required',
    });
  });

  it('are removed when they have served their time', async () => {
    const created = { metadata: { name: 'c', creationTimestamp: '2030-01-01T00:00:00Z' } };
    const of = (object: CertificateSigningRequest): string =>
      new Date(expiryOf({ ...object, ...created } as CertificateSigningRequest) ?? 0).toISOString();
    expect(of(csr({}))).toBe('2030-01-02T00:00:00.000Z');
    expect(of(csr({}, [approved]))).toBe('2030-01-02T00:00:00.000Z');
    expect(of(csr({}, [{ ...approved, type: 'Denied' }]))).toBe('2030-01-01T01:00:00.000Z');

    let now = NOW;
    const test = harness([certificateCleanerController()], () => now);
    await test.client.create(certificateSigningRequests, csr({}));
    now += 2 * 86_400_000;
    test.start();
    running = test;
    await vi.waitUntil(() => test.client.peek(certificateSigningRequests, '', 'c') === undefined);
  });
});
