import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int64, ref, string, struct, time } from '../../schema/dsl.ts';

export const BoundObjectReference = struct(
  'io.k8s.api.authentication.v1.BoundObjectReference',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Pod, Secret or Node.' }),
    name: string({ description: 'Name of the object.' }),
    uid: string({ description: 'Unique id of the object.' }),
  },
  { description: 'The object on which the life of a token hangs: once it is gone, the token is void.' },
);

export const TokenRequestSpec = struct(
  'io.k8s.api.authentication.v1.TokenRequestSpec',
  {
    audiences: array(string(), {
      listType: 'atomic',
      description: 'Who is to accept the token. Empty: the API server.',
    }),
    boundObjectRef: ref(() => BoundObjectReference, {
      description: 'Object that the token is bound to. Unset: only to the service account.',
    }),
    expirationSeconds: int64({
      description: 'Lifetime in seconds, 600 or more. The server may choose another. Default: 3600.',
    }),
  },
  { description: 'What a token should be like.' },
);

export const TokenRequestStatus = struct(
  'io.k8s.api.authentication.v1.TokenRequestStatus',
  {
    expirationTimestamp: time({ description: 'When the token expires.' }),
    token: string({ published: '', description: 'The token.' }),
  },
  { description: 'A token.' },
);

export const TokenRequest = struct(
  'io.k8s.api.authentication.v1.TokenRequest',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => TokenRequestSpec, { description: 'What the token should be like.' }),
    status: ref(() => TokenRequestStatus, { description: 'The token.' }),
  },
  { description: 'Asks for a token of a service account.' },
);
