import type { CertificateSigningRequest } from '@gantry/api/generated/types';
import { type CertificateRequest, parseCertificateRequest } from '@gantry/pki/certificate-request';

export const KUBELET_SERVING = 'kubernetes.io/kubelet-serving';
export const KUBELET_CLIENT = 'kubernetes.io/kube-apiserver-client-kubelet';
export const API_CLIENT = 'kubernetes.io/kube-apiserver-client';
export const LEGACY_UNKNOWN = 'kubernetes.io/legacy-unknown';

const NODE_PREFIX = 'system:node:';

/** The PKCS #10 request that an object holds. Throws an Error when it holds none. */
export const requestOf = ({ spec }: CertificateSigningRequest): CertificateRequest =>
  parseCertificateRequest(pemOf(spec.request));

export const pemOf = (base64: string): string => Buffer.from(base64, 'base64').toString();

/** Whether the object has a condition of the type, whatever its status. */
export const hasCondition = ({ status }: CertificateSigningRequest, type: string): boolean =>
  (status?.conditions ?? []).some((condition) => condition.type === type);

/** Whether it has one that holds. */
export const hasTrueCondition = ({ status }: CertificateSigningRequest, type: string): boolean =>
  (status?.conditions ?? []).some(
    (condition) => condition.type === type && (condition.status === '' || condition.status === 'True'),
  );

const equals = (usages: readonly string[], wanted: readonly string[]): boolean =>
  new Set(usages).size === wanted.length && wanted.every((usage) => usages.includes(usage));

const fits = (usages: readonly string[], auth: string): boolean =>
  equals(usages, ['digital signature', 'key encipherment', auth]) ||
  equals(usages, ['digital signature', auth]);

const isOfNodes = ({ organizations }: CertificateRequest): boolean =>
  organizations.length === 1 && organizations[0] === 'system:nodes';

/** Why a request is no kubelet's for its own serving certificate; undefined when it is. */
export function servingFault(request: CertificateRequest, usages: readonly string[]): string | undefined {
  if (!isOfNodes(request)) return 'subject organization is not system:nodes';
  if (request.dnsNames.length === 0 && request.ipAddresses.length === 0)
    return 'DNS or IP subjectAltName is required';
  if (request.emailAddresses.length > 0) return 'Email subjectAltNames are not allowed';
  if (request.uris.length > 0) return 'URI subjectAltNames are not allowed';
  if (!fits(usages, 'server auth'))
    return 'usages did not match [digital signature key encipherment server auth]';
  return request.commonName.startsWith(NODE_PREFIX)
    ? undefined
    : 'subject common name does not begin with system:node:';
}

/** Why a request is no kubelet's for its client certificate; undefined when it is. */
export function kubeletClientFault(
  request: CertificateRequest,
  usages: readonly string[],
): string | undefined {
  if (!isOfNodes(request)) return 'subject organization is not system:nodes';
  if (request.dnsNames.length > 0) return 'DNS subjectAltNames are not allowed';
  if (request.emailAddresses.length > 0) return 'Email subjectAltNames are not allowed';
  if (request.ipAddresses.length > 0) return 'IP subjectAltNames are not allowed';
  if (request.uris.length > 0) return 'URI subjectAltNames are not allowed';
  if (!request.commonName.startsWith(NODE_PREFIX))
    return 'subject common name does not begin with system:node:';
  return fits(usages, 'client auth')
    ? undefined
    : 'usages did not match [client auth digital signature key encipherment]';
}

/** Why the usages are not those of a client certificate; undefined when they are. */
export function clientUsageFault(usages: readonly string[]): string | undefined {
  const allowed = ['digital signature', 'key encipherment', 'client auth'];
  const wrong = usages.find((usage) => !allowed.includes(usage));
  if (wrong !== undefined) return `invalid usage for client certificate: ${wrong}`;
  return usages.includes('client auth')
    ? undefined
    : 'missing required usage for client certificate: client auth';
}
