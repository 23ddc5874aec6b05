import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { policyBindingColumns } from './admission-columns.ts';
import { validatingAdmissionPolicyBindingRules } from './policy-binding-rules.ts';
import { MatchResources } from './types/match.ts';
import { ParamRef } from './types/policy.ts';

export const ValidatingAdmissionPolicyBindingSpec = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec',
  {
    matchResources: ref(() => MatchResources, {
      description: 'Requests to which the policy is bound, of those that it matches. Unset: all.',
    }),
    paramRef: ref(() => ParamRef, {
      description: 'Objects that the expressions read as params. Needed when the policy has paramKind.',
    }),
    policyName: string({
      required: true,
      published: null,
      description: 'Name of the ValidatingAdmissionPolicy. Without it, nothing happens.',
    }),
    validationActions: array(string(), {
      required: true,
      listType: 'set',
      description:
        'What to do when a validation fails: Deny, Warn and Audit. Deny and Warn exclude each other.',
    }),
  },
  { description: 'Puts a policy into force.' },
);

export const ValidatingAdmissionPolicyBinding = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ValidatingAdmissionPolicyBindingSpec, {
      required: true,
      description: 'Which policy, with which parameters, for which requests.',
    }),
  },
  { description: 'Puts a validating policy into force, with its parameters.' },
);

export const validatingAdmissionPolicyBinding = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  singular: 'validatingadmissionpolicybinding',
  namespaced: false,
  categories: ['api-extensions'],
  generation: true,
  columns: policyBindingColumns,
  type: ValidatingAdmissionPolicyBinding,
  rules: validatingAdmissionPolicyBindingRules,
});
