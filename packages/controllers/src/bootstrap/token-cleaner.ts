import type { Secret } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import { secrets } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { expiryOf, isBootstrapToken } from './token-secret.ts';

const DAY_MS = 86_400_000;

/** Removes bootstrap tokens whose time is over. */
export const tokenCleanerController = (): Controller => ({
  name: 'token-cleaner-controller',
  inputs: [
    input<Secret>(secrets, (secret) =>
      isBootstrapToken(secret) ? [`${secret.metadata.namespace ?? ''}/${secret.metadata.name}`] : [],
    ),
  ],
  outputs: [{ resource: secrets, verbs: ['delete'] }],
  async reconcile(key, { client, informers, clock }) {
    const { namespace, name } = splitKey(key);
    const secret = informers.informer(secrets).get(namespace, name);
    if (secret === undefined || !isBootstrapToken(secret)) return DONE;
    const expiry = expiryOf(secret);
    if (expiry === undefined) return DONE;
    const wait = expiry - clock.now();
    if (wait > 0) return { type: 'requeueAfter', ms: Math.min(wait, DAY_MS) };
    const { uid } = secret.metadata;
    try {
      await client.delete(secrets, namespace, name, uid === undefined ? {} : { preconditions: { uid } });
    } catch (error) {
      if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'NotFound')) throw error;
    }
    return DONE;
  },
});
