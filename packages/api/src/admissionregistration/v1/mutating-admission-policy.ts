import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { mutatingAdmissionPolicyColumns } from './admission-columns.ts';
import { mutatingAdmissionPolicyRules } from './admission-policy-rules.ts';
import { MatchCondition, MatchResources } from './types/match.ts';
import { ParamKind, Variable } from './types/policy.ts';

export const ApplyConfiguration = struct('io.k8s.api.admissionregistration.v1.ApplyConfiguration', {
  expression: string(),
});

export const JSONPatch = struct('io.k8s.api.admissionregistration.v1.JSONPatch', {
  expression: string(),
});

export const Mutation = struct('io.k8s.api.admissionregistration.v1.Mutation', {
  applyConfiguration: ref(() => ApplyConfiguration),
  jsonPatch: ref(() => JSONPatch),
  patchType: string({ required: true }),
});

export const MutatingAdmissionPolicySpec = struct(
  'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec',
  {
    failurePolicy: string({ default: 'Fail' }),
    matchConditions: array(
      ref(() => MatchCondition),
      { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
    ),
    matchConstraints: ref(() => MatchResources),
    mutations: array(
      ref(() => Mutation),
      { listType: 'atomic' },
    ),
    paramKind: ref(() => ParamKind),
    reinvocationPolicy: string(),
    variables: array(
      ref(() => Variable),
      { listType: 'atomic' },
    ),
  },
);

export const MutatingAdmissionPolicy = struct(
  'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => MutatingAdmissionPolicySpec),
  },
  { description: 'Expressions that change objects before they are stored.' },
);

export const mutatingAdmissionPolicy = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicy',
  plural: 'mutatingadmissionpolicies',
  singular: 'mutatingadmissionpolicy',
  namespaced: false,
  categories: ['api-extensions'],
  generation: true,
  columns: mutatingAdmissionPolicyColumns,
  type: MutatingAdmissionPolicy,
  rules: mutatingAdmissionPolicyRules,
});
