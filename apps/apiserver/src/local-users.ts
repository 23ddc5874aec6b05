import type { ApiServer } from '@gantry/server/api-server';
import type { MayImpersonate } from '@gantry/server/auth/local-users-api';

const PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Asks the server itself, so that every authorizer has its say. */
export const mayImpersonate =
  (server: () => ApiServer): MayImpersonate =>
  async (user, resource, name) => {
    const { status, body } = await server().dispatch(user, {
      method: 'POST',
      path: PATH,
      headers: { 'content-type': 'application/json' },
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb: 'impersonate', resource, name } },
      },
    });
    if (status !== 201) return false;
    const review = JSON.parse(String(body)) as { status?: { allowed?: boolean } };
    return review.status?.allowed === true;
  };
