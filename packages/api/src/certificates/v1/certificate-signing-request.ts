import type { CertificateSigningRequest as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, bytes, int32, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { certificateSigningRequestColumns } from './certificate-signing-request-columns.ts';
import { certificateSigningRequestRules } from './certificate-signing-request-rules.ts';

export const CertificateSigningRequestSpec = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequestSpec',
  {
    expirationSeconds: int32({
      description: 'Wanted lifetime in seconds, 600 or more. The signer may choose another.',
    }),
    extra: map(array(string()), { description: 'Further facts about the user. Set by the server.' }),
    groups: array(string(), { listType: 'atomic', description: 'Groups of the user. Set by the server.' }),
    request: bytes({ required: true, description: 'A PKCS#10 request in PEM, base64.' }),
    signerName: string({ required: true, description: 'Signer that is asked, as domain/name.' }),
    uid: string({ description: 'Id of the user. Set by the server.' }),
    usages: array(string(), {
      listType: 'atomic',
      description: 'What the key is for, such as digital signature and client auth.',
    }),
    username: string({ description: 'Name of the user who made the request. Set by the server.' }),
  },
  { description: 'A request for a certificate.' },
);

export const CertificateSigningRequestCondition = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequestCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    lastUpdateTime: time({ description: 'When the condition was last written.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({
      required: true,
      description: 'True, False or Unknown. Approved, Denied and Failed can only be True.',
    }),
    type: string({ required: true, description: 'Approved, Denied or Failed.' }),
  },
  { description: 'A decision about a request.' },
);

export const CertificateSigningRequestStatus = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequestStatus',
  {
    certificate: bytes({
      description: 'The certificate chain in PEM, base64. Set by the signer; can not change.',
    }),
    conditions: array(
      ref(() => CertificateSigningRequestCondition),
      { listType: 'map', listMapKeys: ['type'], description: 'Decisions about the request.' },
    ),
  },
  { description: 'Approval, and the certificate.' },
);

export const CertificateSigningRequest = struct(
  'io.k8s.api.certificates.v1.CertificateSigningRequest',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CertificateSigningRequestSpec, {
      required: true,
      description: 'The request and who made it. Can not change.',
    }),
    status: ref(() => CertificateSigningRequestStatus, {
      description: 'Approval, and the certificate once it is issued.',
    }),
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
  resetFields: {
    '': { 'f:spec': {}, 'f:status': {} },
    status: { 'f:spec': {}, 'f:status': { 'f:conditions': {} } },
    approval: { 'f:spec': {}, 'f:status': { 'f:certificate': {} } },
  },
  columns: certificateSigningRequestColumns,
  selectableFields: { 'spec.signerName': ({ spec }: Stored) => spec.signerName },
  type: CertificateSigningRequest,
  rules: certificateSigningRequestRules,
});
