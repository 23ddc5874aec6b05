import { isStatusError } from '@gantry/machinery/status';
import type { AdmissionPlugin } from '../../request.ts';
import { denied } from '../denial.ts';

/** Creates a namespace of this name. Throws StatusError. */
export type ProvisionNamespace = (name: string) => Promise<void>;

/** What is created in a namespace that does not exist brings it into being. */
export const createNamespaceAutoProvision = (provision: ProvisionNamespace): AdmissionPlugin => ({
  name: 'NamespaceAutoProvision',
  handles: (kind, operation) => kind.namespaced && operation === 'CREATE',
  mutate(request) {
    const { attributes, state, dryRun } = request;
    const { namespace } = attributes;
    if (dryRun || namespace === '' || state.get('namespaces', '', namespace) !== undefined) return undefined;
    return provision(namespace).catch((error: unknown) => {
      if (isStatusError(error, 'AlreadyExists')) return;
      throw denied(request, error instanceof Error ? error.message : String(error));
    });
  },
});
