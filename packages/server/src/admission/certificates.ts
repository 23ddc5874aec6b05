import type { CertificateSigningRequest } from '@gantry/api/generated/types';
import { deepEqual } from '@gantry/machinery/json';
import type { AdmissionPlugin, AdmissionRequest, Authorizer } from '../request.ts';
import { parseRequestSubject } from './certificate-request.ts';
import { denied, isResource } from './denial.ts';

const GROUP = 'certificates.k8s.io';
const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';

/** For the very signer, or for all of its domain. */
async function mayUseSigner(
  authorizer: Authorizer,
  { user }: AdmissionRequest,
  verb: string,
  signer: string,
): Promise<boolean> {
  const domain = signer.split('/', 1)[0] ?? '';
  for (const name of [signer, `${domain}/*`]) {
    const attributes = {
      ...{ isResourceRequest: true, verb, group: GROUP, version: '*', resource: 'signers', name },
      ...{ subresource: '', namespace: '', path: '' },
    };
    await authorizer.prepare?.(user, attributes);
    if (authorizer.authorize(user, attributes).allowed) return true;
  }
  return false;
}

const signerOf = ({ oldObject }: AdmissionRequest): string =>
  (oldObject as unknown as CertificateSigningRequest).spec.signerName;

const isUpdateOf =
  (subresource: string): AdmissionPlugin['handles'] =>
  (kind, operation, asked) =>
    isResource(kind, GROUP, 'certificatesigningrequests') && operation === 'UPDATE' && asked === subresource;

/** Who approves a certificate must have the right to approve for its signer. */
export const createCertificateApproval = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'CertificateApproval',
  handles: isUpdateOf('approval'),
  async validate(request) {
    const signer = signerOf(request);
    if (await mayUseSigner(authorizer, request, 'approve', signer)) return;
    throw denied(request, `user not permitted to approve requests with signerName ${JSON.stringify(signer)}`);
  },
});

/** Who puts a certificate or a condition into the status must have the right to sign for the signer. */
export const createCertificateSigning = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'CertificateSigning',
  handles: isUpdateOf('status'),
  async validate(request) {
    const { status } = request.object as unknown as CertificateSigningRequest;
    const { status: old } = request.oldObject as unknown as CertificateSigningRequest;
    const isSame =
      (status?.certificate ?? '') === (old?.certificate ?? '') &&
      deepEqual(status?.conditions ?? [], old?.conditions ?? []);
    const signer = signerOf(request);
    if (isSame || (await mayUseSigner(authorizer, request, 'sign', signer))) return;
    throw denied(request, `user not permitted to sign requests with signerName ${JSON.stringify(signer)}`);
  },
});

/** Nobody gets a client certificate of the group that may do everything. */
export const certificateSubjectRestriction: AdmissionPlugin = {
  name: 'CertificateSubjectRestriction',
  handles: (kind, operation, subresource) =>
    isResource(kind, GROUP, 'certificatesigningrequests') && operation === 'CREATE' && subresource === '',
  validate(request) {
    const { spec } = request.object as unknown as CertificateSigningRequest;
    if (spec.signerName !== CLIENT_SIGNER) return;
    let organizations: readonly string[];
    try {
      ({ organizations } = parseRequestSubject(spec.request ?? ''));
    } catch (error) {
      throw denied(request, `failed to parse CSR: ${(error as Error).message}`);
    }
    if (organizations.includes('system:masters'))
      throw denied(request, `use of ${CLIENT_SIGNER} signer with system:masters group is not allowed`);
  },
};
