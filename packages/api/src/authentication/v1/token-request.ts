import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int64, ref, string, struct, time } from '../../schema/dsl.ts';

export const BoundObjectReference = struct('io.k8s.api.authentication.v1.BoundObjectReference', {
  apiVersion: string(),
  kind: string(),
  name: string(),
  uid: string(),
});

export const TokenRequestSpec = struct('io.k8s.api.authentication.v1.TokenRequestSpec', {
  audiences: array(string(), { listType: 'atomic' }),
  boundObjectRef: ref(() => BoundObjectReference),
  expirationSeconds: int64(),
});

export const TokenRequestStatus = struct('io.k8s.api.authentication.v1.TokenRequestStatus', {
  expirationTimestamp: time(),
  token: string({ published: '' }),
});

export const TokenRequest = struct('io.k8s.api.authentication.v1.TokenRequest', {
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  spec: ref(() => TokenRequestSpec),
  status: ref(() => TokenRequestStatus),
});
