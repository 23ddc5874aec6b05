import type { CertificateSigningRequest as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, bytes, int32, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { certificateSigningRequestColumns } from './certificate-signing-request-columns.ts';
import { certificateSigningRequestRules } from './certificate-signing-request-rules.ts';

export const CertificateSigningRequestSpec = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequestSpec',
  {
    expirationSeconds: int32(),
    extra: map(array(string())),
    groups: array(string(), { listType: 'atomic' }),
    request: bytes({ required: true }),
    signerName: string({ required: true }),
    uid: string(),
    usages: array(string(), { listType: 'atomic' }),
    username: string(),
  },
);

export const CertificateSigningRequestCondition = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequestCondition',
  {
    lastTransitionTime: time(),
    lastUpdateTime: time(),
    message: string(),
    reason: string(),
    status: string({ required: true }),
    type: string({ required: true }),
  },
);

export const CertificateSigningRequestStatus = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequestStatus',
  {
    certificate: bytes(),
    conditions: array(
      ref(() => CertificateSigningRequestCondition),
      { listType: 'map', listMapKeys: ['type'] },
    ),
  },
);

export const CertificateSigningRequest = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequest',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CertificateSigningRequestSpec, { required: true }),
    status: ref(() => CertificateSigningRequestStatus),
  },
  { description: 'Asks a signer for a certificate.' },
);

export const certificateSigningRequest = defineKind({
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  singular: 'certificatesigningrequest',
  namespaced: false,
  nameRule: 'any',
  shortNames: ['csr'],
  subresources: {
    status: true,
    others: { approval: { verbs: ['get', 'patch', 'update'], kind: 'CertificateSigningRequest' } },
  },
  generation: false,
  columns: certificateSigningRequestColumns,
  selectableFields: { 'spec.signerName': ({ spec }: Stored) => spec.signerName },
  type: CertificateSigningRequest,
  rules: certificateSigningRequestRules,
});
