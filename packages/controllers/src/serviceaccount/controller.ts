import type { Namespace, ServiceAccount } from '@gantry/api/generated/types';
import { namespaces, serviceAccounts } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE, isNamespaceTerminating } from '../shared/outcomes.ts';

const NAME = 'default';

/** Every namespace has a ServiceAccount `default`. */
export const serviceAccountController = (): Controller => ({
  name: 'serviceaccount-controller',
  inputs: [
    input<Namespace>(namespaces),
    input<ServiceAccount>(serviceAccounts, (account) =>
      account.metadata.name === NAME ? [account.metadata.namespace ?? ''] : [],
    ),
  ],
  outputs: [{ resource: serviceAccounts, verbs: ['create'] }],
  async reconcile(key, { client, informers }) {
    const namespace = informers.informer(namespaces).get('', key);
    if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return DONE;
    if (informers.informer(serviceAccounts).get(key, NAME) !== undefined) return DONE;
    const account: ServiceAccount = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: NAME, namespace: key },
    };
    try {
      await client.create(serviceAccounts, account);
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists') && !isNamespaceTerminating(error)) throw error;
    }
    return DONE;
  },
});
