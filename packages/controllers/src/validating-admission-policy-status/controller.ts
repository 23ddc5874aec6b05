import type { CustomResourceDefinition, ValidatingAdmissionPolicy } from '@gantry/api/generated/types';
import { customResourceDefinitions, validatingAdmissionPolicies } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { expressionWarnings, KindTypes } from './type-check.ts';

const NAME = 'validatingadmissionpolicy-status-controller';

/** Checks the expressions of each new generation of a policy against the kinds that it is about. */
export const validatingAdmissionPolicyStatusController = (): Controller => ({
  name: NAME,
  inputs: [
    input<ValidatingAdmissionPolicy>(validatingAdmissionPolicies),
    // The kinds of the moment are looked at; a policy is not checked again when they change.
    input<CustomResourceDefinition>(customResourceDefinitions, () => []),
  ],
  outputs: [{ resource: validatingAdmissionPolicies, verbs: ['patch'], subresource: 'status' }],
  async reconcile(key, { client, informers }) {
    const policy = informers.informer(validatingAdmissionPolicies).get('', key);
    if (policy === undefined) return DONE;
    const { generation = 0 } = policy.metadata;
    if (generation <= (policy.status?.observedGeneration ?? 0)) return DONE;
    const types = new KindTypes(informers.informer(customResourceDefinitions).list());
    const warnings = expressionWarnings(policy, types);
    const { apiVersion, kind } = policy;
    const typeChecking = warnings.length === 0 ? {} : { expressionWarnings: warnings };
    await client.patch(
      validatingAdmissionPolicies,
      '',
      key,
      { apiVersion, kind, metadata: { name: key }, status: { observedGeneration: generation, typeChecking } },
      { type: 'apply', fieldManager: NAME, force: true, subresource: 'status' },
    );
    return DONE;
  },
});
