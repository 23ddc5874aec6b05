import { type AdmissionRequest, type Authorizer, objectAttributes } from '../request.ts';
import { denied } from './denial.ts';

/** That an object makes use of a Secret of its namespace, and what for: where it is sent, or what is signed with it. */
export interface SecretUse {
  readonly field: string;
  readonly secret: string | undefined;
  readonly purpose: readonly unknown[];
}

const keyOf = ({ field, secret, purpose }: SecretUse): string => JSON.stringify([field, secret, purpose]);

/**
 * Whoever has the server use a Secret in a new way learns of what is in it, so that they have to be allowed to get it.
 * `name` and `namespace` are those of the object that refers to it. Throws Forbidden, which names the field.
 */
export function checkSecretUses(
  authorizer: Authorizer,
  request: AdmissionRequest,
  namespace: string,
  uses: readonly SecretUse[],
  before: readonly SecretUse[],
): void {
  const known = new Set(before.map(keyOf));
  for (const use of uses) {
    if (!use.secret || known.has(keyOf(use))) continue;
    const secrets = { group: '', version: 'v1', plural: 'secrets' };
    const attributes = objectAttributes(secrets, 'get', { namespace, name: use.secret });
    if (authorizer.authorize(request.user, attributes).allowed) continue;
    throw denied(
      request,
      `${use.field} has the Secret ${JSON.stringify(use.secret)} used: user ${JSON.stringify(request.user.name)} needs the verb get on it`,
    );
  }
}
