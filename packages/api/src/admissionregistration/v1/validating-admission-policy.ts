import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int64, ref, string, struct } from '../../schema/dsl.ts';
import { validatingAdmissionPolicyColumns } from './admission-columns.ts';
import { validatingAdmissionPolicyRules } from './admission-policy-rules.ts';
import { MatchCondition, MatchResources } from './types/match.ts';
import { ParamKind, Variable } from './types/policy.ts';

export const Validation = struct('io.k8s.api.admissionregistration.v1.Validation', {
  expression: string({ required: true }),
  message: string(),
  messageExpression: string(),
  reason: string(),
});

export const AuditAnnotation = struct('io.k8s.api.admissionregistration.v1.AuditAnnotation', {
  key: string({ required: true }),
  valueExpression: string({ required: true }),
});

export const ExpressionWarning = struct('io.k8s.api.admissionregistration.v1.ExpressionWarning', {
  fieldRef: string({ required: true }),
  warning: string({ required: true }),
});

export const TypeChecking = struct('io.k8s.api.admissionregistration.v1.TypeChecking', {
  expressionWarnings: array(
    ref(() => ExpressionWarning),
    { listType: 'atomic' },
  ),
});

export const ValidatingAdmissionPolicySpec = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec',
  {
    auditAnnotations: array(
      ref(() => AuditAnnotation),
      { listType: 'atomic' },
    ),
    failurePolicy: string({ default: 'Fail' }),
    matchConditions: array(
      ref(() => MatchCondition),
      { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
    ),
    matchConstraints: ref(() => MatchResources),
    paramKind: ref(() => ParamKind),
    validations: array(
      ref(() => Validation),
      { listType: 'atomic' },
    ),
    variables: array(
      ref(() => Variable),
      { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
    ),
  },
);

export const ValidatingAdmissionPolicyStatus = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus',
  {
    conditions: array(
      ref(() => Condition),
      { listType: 'map', listMapKeys: ['type'] },
    ),
    observedGeneration: int64(),
    typeChecking: ref(() => TypeChecking),
  },
);

export const ValidatingAdmissionPolicy = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ValidatingAdmissionPolicySpec),
    status: ref(() => ValidatingAdmissionPolicyStatus),
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
