import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int64, ref, string, struct } from '../../schema/dsl.ts';
import { validatingAdmissionPolicyColumns } from './admission-columns.ts';
import { validatingAdmissionPolicyRules } from './admission-policy-rules.ts';
import { MatchResources, matchConditions } from './types/match.ts';
import { ParamKind, Variable } from './types/policy.ts';

export const Validation = struct(
  'io.k8s.api.admissionregistration.v1.Validation',
  {
    expression: string({ required: true, description: 'CEL expression; false fails the validation.' }),
    message: string({ description: 'What is told when it fails. Default: that the expression failed.' }),
    messageExpression: string({ description: 'CEL expression for the message; wins over message.' }),
    reason: string({
      description:
        'Unauthorized, Forbidden, Invalid or RequestEntityTooLarge: the reason of the refusal. Default: Invalid.',
    }),
  },
  { description: 'Something that must be true of a request.' },
);

export const AuditAnnotation = struct(
  'io.k8s.api.admissionregistration.v1.AuditAnnotation',
  {
    key: string({
      required: true,
      description: 'Key of the annotation; the name of the policy goes before it.',
    }),
    valueExpression: string({
      required: true,
      description: 'CEL expression for the value: text, or null for no annotation.',
    }),
  },
  { description: 'An annotation of the audit event.' },
);

export const ExpressionWarning = struct(
  'io.k8s.api.admissionregistration.v1.ExpressionWarning',
  {
    fieldRef: string({ required: true, description: 'Path of the expression in the policy.' }),
    warning: string({ required: true, description: 'What is wrong with it.' }),
  },
  { description: 'A problem with the types of an expression.' },
);

export const TypeChecking = struct(
  'io.k8s.api.admissionregistration.v1.TypeChecking',
  {
    expressionWarnings: array(
      ref(() => ExpressionWarning),
      { listType: 'atomic', description: 'The problems found.' },
    ),
  },
  { description: 'What a check of the types of expressions found.' },
);

export const ValidatingAdmissionPolicySpec = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec',
  {
    auditAnnotations: array(
      ref(() => AuditAnnotation),
      {
        listType: 'atomic',
        description: 'Annotations that the audit event gets. Needed when there are no validations.',
      },
    ),
    failurePolicy: string({
      default: 'Fail',
      description: 'When an expression fails: Fail refuses the request, Ignore goes on. Default: Fail.',
    }),
    matchConditions,
    matchConstraints: ref(() => MatchResources, { description: 'Requests that the policy is about.' }),
    paramKind: ref(() => ParamKind, {
      description: 'Kind of the objects that the expressions read as params. Unset: none.',
    }),
    validations: array(
      ref(() => Validation),
      { listType: 'atomic', description: 'What must be true. Needed when there are no auditAnnotations.' },
    ),
    variables: array(
      ref(() => Variable),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Named expressions that the others can use as variables.NAME, in order.',
      },
    ),
  },
  { description: 'Which requests are checked, and how.' },
);

export const ValidatingAdmissionPolicyStatus = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus',
  {
    conditions: array(
      ref(() => Condition),
      { listType: 'map', listMapKeys: ['type'], description: 'What is going on.' },
    ),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
    typeChecking: ref(() => TypeChecking, { description: 'Problems with the types of expressions.' }),
  },
  { description: 'What a check of a policy found.' },
);

export const ValidatingAdmissionPolicy = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ValidatingAdmissionPolicySpec, {
      description: 'Which requests, and what must be true of them.',
    }),
    status: ref(() => ValidatingAdmissionPolicyStatus, {
      description: 'What a check of the expressions found.',
    }),
  },
  { description: 'Expressions that accept or refuse objects.' },
);

export const validatingAdmissionPolicy = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  singular: 'validatingadmissionpolicy',
  namespaced: false,
  categories: ['api-extensions'],
  subresources: { status: true },
  generation: true,
  columns: validatingAdmissionPolicyColumns,
  type: ValidatingAdmissionPolicy,
  rules: validatingAdmissionPolicyRules,
});
