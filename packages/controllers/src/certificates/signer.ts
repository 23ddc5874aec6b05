import type { CertificateSigningRequest } from '@gantry/api/generated/types';
import { certificateSigningRequests } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { KeyPair } from '@gantry/pki/certificate';
import { signCertificateRequest } from '@gantry/pki/certificate-request';
import { timestamp } from '@gantry/runtime/clock';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import {
  API_CLIENT,
  clientUsageFault,
  hasTrueCondition,
  KUBELET_CLIENT,
  KUBELET_SERVING,
  kubeletClientFault,
  LEGACY_UNKNOWN,
  pemOf,
  requestOf,
  servingFault,
} from './request.ts';

const YEAR_MS = 365 * 86_400_000;
const MIN_MS = 10 * 60_000;
/** Clocks that run a little behind must accept a new certificate. */
const BACKDATE_MS = 5 * 60_000;
/** Certificates that live shorter get their whole time from now on. */
const SHORT_MS = 8 * 3_600_000;

/** Signs for the built-in signers. */
export interface SigningOptions {
  /** Read for each signature, so that a new authority is taken up. */
  authority(): KeyPair;
  /** Longest life of what is signed; default a year. */
  readonly maxMs?: number;
}

type Fault = (csr: CertificateSigningRequest) => string | undefined;

/** Why a signer refuses a request; the built-in ones only. */
const SIGNERS: Readonly<Record<string, Fault>> = {
  [KUBELET_SERVING]: (csr) => servingFault(requestOf(csr), csr.spec.usages ?? []),
  [KUBELET_CLIENT]: (csr) => kubeletClientFault(requestOf(csr), csr.spec.usages ?? []),
  [API_CLIENT]: (csr) => clientUsageFault(csr.spec.usages ?? []),
  [LEGACY_UNKNOWN]: () => undefined,
};

function lifetime(expirationSeconds: number | undefined, maxMs: number): number {
  if (expirationSeconds === undefined) return maxMs;
  return Math.min(Math.max(expirationSeconds * 1000, MIN_MS), maxMs);
}

/** Signs what was approved for the built-in signers, or says why it does not. */
export const certificateSigningController = ({ authority, maxMs = YEAR_MS }: SigningOptions): Controller => ({
  name: 'certificatesigningrequest-signing-controller',
  inputs: [input<CertificateSigningRequest>(certificateSigningRequests)],
  outputs: [{ resource: certificateSigningRequests, verbs: ['update'], subresource: 'status' }],
  async reconcile(key, { client, informers, clock, log }) {
    const csr = informers.informer(certificateSigningRequests).get('', key);
    if (csr === undefined || csr.status?.certificate) return DONE;
    if (!hasTrueCondition(csr, 'Approved') || hasTrueCondition(csr, 'Denied')) return DONE;
    if (hasTrueCondition(csr, 'Failed')) return DONE;
    const faultOf = SIGNERS[csr.spec.signerName];
    if (faultOf === undefined) return DONE;
    const now = clock.now();
    const save = async (status: NonNullable<CertificateSigningRequest['status']>): Promise<void> => {
      try {
        await client.update(
          certificateSigningRequests,
          { ...csr, status: { ...csr.status, ...status } },
          { subresource: 'status' },
        );
      } catch (error) {
        // Its next state is on its way.
        if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'NotFound')) throw error;
      }
    };
    const fault = faultOf(csr);
    if (fault !== undefined) {
      const time = timestamp(now);
      const failed = {
        ...{ type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message: fault },
        ...{ lastUpdateTime: time, lastTransitionTime: time },
      };
      await save({ conditions: [...(csr.status?.conditions ?? []), failed] });
      return DONE;
    }
    const life = lifetime(csr.spec.expirationSeconds, maxMs);
    const certificate = await signCertificateRequest(authority(), pemOf(csr.spec.request), {
      usages: csr.spec.usages ?? [],
      notBefore: new Date(now - BACKDATE_MS),
      notAfter: new Date(now + (life < SHORT_MS ? life : life - BACKDATE_MS)),
      now: new Date(now),
    });
    await save({ certificate: Buffer.from(certificate).toString('base64') });
    log.info({ csr: key, signer: csr.spec.signerName }, 'signed a certificate');
    return DONE;
  },
});
