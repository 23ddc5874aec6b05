import { X509Certificate } from 'node:crypto';
import type { CertificateSigningRequest } from '@gantry/api/generated/types';
import { certificateSigningRequests } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { pemOf } from './request.ts';

const HOUR_MS = 3_600_000;
const PENDING_MS = 24 * HOUR_MS;

function endOf(certificate: string): number {
  try {
    return Date.parse(new X509Certificate(pemOf(certificate)).validTo);
  } catch {
    // What no one can read never ends.
    return Number.POSITIVE_INFINITY;
  }
}

/** When a request has served its time, epoch milliseconds; undefined = not by itself. */
export function expiryOf({ metadata, status }: CertificateSigningRequest): number | undefined {
  const conditions = status?.conditions ?? [];
  const certificate = status?.certificate ?? '';
  const after = (time: string | null | undefined, ms: number): number[] =>
    time ? [Date.parse(time) + ms] : [];
  const times = conditions.flatMap(({ type, lastUpdateTime }) => {
    if (type === 'Denied' || type === 'Failed') return after(lastUpdateTime, HOUR_MS);
    if (type !== 'Approved') return [];
    return certificate === ''
      ? after(lastUpdateTime, PENDING_MS)
      : [...after(lastUpdateTime, HOUR_MS), endOf(certificate)];
  });
  if (conditions.length === 0) times.push(...after(metadata.creationTimestamp, PENDING_MS));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Removes requests that were answered, or that nobody answers. */
export const certificateCleanerController = (): Controller => ({
  name: 'certificatesigningrequest-cleaner-controller',
  inputs: [input<CertificateSigningRequest>(certificateSigningRequests)],
  outputs: [{ resource: certificateSigningRequests, verbs: ['delete'] }],
  async reconcile(key, { client, informers, clock }) {
    const csr = informers.informer(certificateSigningRequests).get('', key);
    const expiry = csr === undefined ? undefined : expiryOf(csr);
    if (csr === undefined || expiry === undefined) return DONE;
    const wait = expiry - clock.now();
    if (wait > 0) return { type: 'requeueAfter', ms: Math.min(wait, PENDING_MS) };
    await ignoreNotFound(client.delete(certificateSigningRequests, '', key));
    return DONE;
  },
});
