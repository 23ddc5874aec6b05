import type { Secret, ServiceAccount } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import { secrets, serviceAccounts } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { TokenSigner } from '@gantry/pki/jwt';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { accountOf, isFor, isTokenSecret, NAME_ANNOTATION, UID_ANNOTATION } from './token-secret.ts';

export interface TokenOptions {
  readonly sign: TokenSigner;
  /** PEM, put beside each token. */
  readonly rootCa?: string;
}

const ISSUER = 'kubernetes/serviceaccount';
const keyOf = ({ metadata }: Secret): string => `${metadata.namespace ?? ''}/${metadata.name}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Someone else was faster: their change brings the key back. */
async function ignoreLost(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'NotFound')) throw error;
  }
}

/** What a Secret of the account should hold; undefined when it does already. */
function filled(secret: Secret, account: ServiceAccount, { sign, rootCa }: TokenOptions): Secret | undefined {
  const { namespace = '', name } = secret.metadata;
  const data = { ...secret.data };
  const ca = rootCa === undefined ? undefined : base64(rootCa);
  const complete = (ca === undefined || data['ca.crt'] === ca) && data.namespace && data.token;
  if (complete) return undefined;
  if (ca !== undefined) data['ca.crt'] = ca;
  data.namespace ||= base64(namespace);
  data.token ||= base64(
    sign({
      iss: ISSUER,
      'kubernetes.io/serviceaccount/namespace': namespace,
      'kubernetes.io/serviceaccount/secret.name': name,
      'kubernetes.io/serviceaccount/service-account.name': account.metadata.name,
      'kubernetes.io/serviceaccount/service-account.uid': account.metadata.uid ?? '',
      sub: `system:serviceaccount:${namespace}:${account.metadata.name}`,
    }),
  );
  const annotations = {
    ...secret.metadata.annotations,
    [NAME_ANNOTATION]: account.metadata.name,
    [UID_ANNOTATION]: account.metadata.uid ?? '',
  };
  return { ...secret, metadata: { ...secret.metadata, annotations }, data };
}

/** The account of a Secret as it is now; undefined when it is gone. */
async function liveAccount(
  client: Client,
  secret: Secret,
  name: string,
): Promise<ServiceAccount | undefined> {
  try {
    const account = await client.get(serviceAccounts, secret.metadata.namespace ?? '', name);
    return isFor(secret, account) ? account : undefined;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** An account must not name a Secret that is gone. */
async function forget(
  { client, informers }: ControllerContext,
  namespace: string,
  secretName: string,
): Promise<void> {
  for (const account of informers.informer(serviceAccounts).list(namespace)) {
    const left = account.secrets?.filter(({ name }) => name !== secretName);
    if (left === undefined || left.length === account.secrets?.length) continue;
    await ignoreLost(client.update(serviceAccounts, { ...account, secrets: left }));
  }
}

/**
 * Fills Secrets of type kubernetes.io/service-account-token, and removes those whose account is gone.
 * https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#token-controller
 */
export const tokenController = (options: TokenOptions): Controller => ({
  name: 'serviceaccount-token-controller',
  inputs: [
    input<Secret>(secrets, (secret) => (isTokenSecret(secret) ? [keyOf(secret)] : [])),
    input<ServiceAccount>(serviceAccounts, ({ metadata }, _old, { informers }) =>
      informers
        .informer(secrets)
        .list(metadata.namespace ?? '')
        .filter((secret) => isTokenSecret(secret) && accountOf(secret) === metadata.name)
        .map(keyOf),
    ),
  ],
  outputs: [
    { resource: secrets, verbs: ['update', 'delete'] },
    { resource: serviceAccounts, verbs: ['update'] },
  ],
  async reconcile(key, context) {
    const { client, informers } = context;
    const { namespace, name } = splitKey(key);
    const secret = informers.informer(secrets).get(namespace, name);
    if (secret === undefined) {
      await forget(context, namespace, name);
      return DONE;
    }
    if (!isTokenSecret(secret) || secret.metadata.deletionTimestamp !== undefined) return DONE;
    const accountName = accountOf(secret);
    if (accountName === undefined) return DONE;
    const cached = informers.informer(serviceAccounts).get(namespace, accountName);
    const account =
      cached !== undefined && isFor(secret, cached) ? cached : await liveAccount(client, secret, accountName);
    if (account === undefined) {
      const { uid } = secret.metadata;
      await ignoreLost(
        client.delete(secrets, namespace, name, uid === undefined ? {} : { preconditions: { uid } }),
      );
      return DONE;
    }
    const next = filled(secret, account, options);
    if (next !== undefined) await ignoreLost(client.update(secrets, next));
    return DONE;
  },
});
