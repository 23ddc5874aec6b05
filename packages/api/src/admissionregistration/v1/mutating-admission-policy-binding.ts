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
    matchResources: ref(() => MatchResources),
    paramRef: ref(() => ParamRef),
    policyName: string(),
  },
);

export const MutatingAdmissionPolicyBinding = struct(
  'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => MutatingAdmissionPolicyBindingSpec),
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
