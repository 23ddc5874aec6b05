import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { mutatingAdmissionPolicyColumns } from './admission-columns.ts';
import { mutatingAdmissionPolicyRules } from './admission-policy-rules.ts';
import { MatchResources, matchConditions } from './types/match.ts';
import { ParamKind, Variable } from './types/policy.ts';

export const ApplyConfiguration = struct(
  'io.k8s.api.admissionregistration.v1.ApplyConfiguration',
  {
    expression: string({
      description: 'CEL expression whose value is an apply configuration: the fields to set.',
    }),
  },
  { description: 'Fields to set, merged as server-side apply does.' },
);

export const JSONPatch = struct(
  'io.k8s.api.admissionregistration.v1.JSONPatch',
  {
    expression: string({ description: 'CEL expression whose value is a list of JSONPatch operations.' }),
  },
  { description: 'Operations on the object, as in RFC 6902.' },
);

export const Mutation = struct(
  'io.k8s.api.admissionregistration.v1.Mutation',
  {
    applyConfiguration: ref(() => ApplyConfiguration, { description: 'A change made by server-side apply.' }),
    jsonPatch: ref(() => JSONPatch, { description: 'A change made by a JSON patch.' }),
    patchType: string({ required: true, description: 'ApplyConfiguration or JSONPatch.' }),
  },
  { description: 'One change of a request; the field of its type is set.' },
);

export const MutatingAdmissionPolicySpec = struct(
  'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec',
  {
    failurePolicy: string({
      default: 'Fail',
      description: 'When an expression fails: Fail refuses the request, Ignore goes on. Default: Fail.',
    }),
    matchConditions,
    matchConstraints: ref(() => MatchResources, { description: 'Requests that the policy is about.' }),
    mutations: array(
      ref(() => Mutation),
      { listType: 'atomic', description: 'Changes, made one after the other.' },
    ),
    paramKind: ref(() => ParamKind, {
      description: 'Kind of the objects that the expressions read as params. Unset: none.',
    }),
    reinvocationPolicy: string({
      description: 'IfNeeded: may run again when a later step changed the object; Never: once.',
    }),
    variables: array(
      ref(() => Variable),
      {
        listType: 'atomic',
        description: 'Named expressions that the others can use as variables.NAME, in order.',
      },
    ),
  },
  { description: 'Which requests are changed, and how.' },
);

export const MutatingAdmissionPolicy = struct(
  'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => MutatingAdmissionPolicySpec, {
      description: 'Which requests, and how they are changed.',
    }),
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
