import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { policyBindingColumns } from './admission-columns.ts';
import { mutatingAdmissionPolicyBindingRules } from './policy-binding-rules.ts';
import { MatchResources } from './types/match.ts';
import { ParamRef } from './types/policy.ts';

export const MutatingAdmissionPolicyBindingSpec = struct(
  'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec',
  {
    matchResources: ref(() => MatchResources, {
      description: 'Requests to which the policy is bound, of those that it matches. Unset: all.',
    }),
    paramRef: ref(() => ParamRef, {
      description: 'Objects that the expressions read as params. Needed when the policy has paramKind.',
    }),
    policyName: string({ description: 'Name of the MutatingAdmissionPolicy. Without it, nothing happens.' }),
  },
  { description: 'Puts a policy into force.' },
);

export const MutatingAdmissionPolicyBinding = struct(
  'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => MutatingAdmissionPolicyBindingSpec, {
      description: 'Which policy, with which parameters, for which requests.',
    }),
  },
  { description: 'Puts a mutating policy into force, with its parameters.' },
);

export const mutatingAdmissionPolicyBinding = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicyBinding',
  plural: 'mutatingadmissionpolicybindings',
  singular: 'mutatingadmissionpolicybinding',
  namespaced: false,
  categories: ['api-extensions'],
  generation: true,
  columns: policyBindingColumns,
  type: MutatingAdmissionPolicyBinding,
  rules: mutatingAdmissionPolicyBindingRules,
});
