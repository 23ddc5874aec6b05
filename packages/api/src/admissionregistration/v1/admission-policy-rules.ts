import { duplicate, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isQualifiedName } from '@gantry/machinery/validation';
import type {
  AuditAnnotation,
  MutatingAdmissionPolicy,
  Mutation,
  ValidatingAdmissionPolicy,
  Validation,
  Variable,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors } from '../../validation/common.ts';
import { validateConditions } from '../../validation/conditions.ts';
import {
  FAILURE_POLICIES,
  validateMatchConditions,
  validateMatchResources,
  validateParamKind,
} from './match-rules.ts';
import { type PolicyExpression, PolicyExpressions } from './policy-expressions.ts';

type Policy = ValidatingAdmissionPolicy | MutatingAdmissionPolicy;

const MAX_AUDIT_ANNOTATIONS = 20;
const MAX_VALUE_EXPRESSION_BYTES = 5 * 1024;
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
/** What a mutating policy can change: nothing of a delete. */
const MUTABLE_OPERATIONS = ['*', 'CONNECT', 'CREATE', 'UPDATE'];
const REINVOCATION_POLICIES = ['IfNeeded', 'Never'];
const PATCH_TYPES = ['ApplyConfiguration', 'JSONPatch'];

export const validatingAdmissionPolicyRules: KindRules<ValidatingAdmissionPolicy> = {
  validate(policy, _context, old) {
    const errors: Errors = [];
    const { spec } = policy;
    validateCommon(policy, old, errors);
    const expressions = expressionsOf(policy);
    for (const [index, variable] of (spec.variables ?? []).entries())
      validateVariable(variable, `spec.variables[${index}]`, expressions, errors);
    const validations = spec.validations ?? [];
    const annotations = spec.auditAnnotations ?? [];
    if (validations.length === 0 && annotations.length === 0)
      for (const field of ['validations', 'auditAnnotations'])
        errors.push(
          required(`spec.${field}`, 'validations or auditAnnotations must contain at least one item'),
        );
    for (const [index, validation] of validations.entries())
      validateValidation(validation, `spec.validations[${index}]`, expressions, errors);
    validateAuditAnnotations(annotations, policy.metadata.name, expressions, errors);
    return errors;
  },
  validateStatusUpdate({ status }) {
    const errors: Errors = [];
    for (const [index, { warning, fieldRef }] of (status?.typeChecking?.expressionWarnings ?? []).entries()) {
      const at = `status.typeChecking.expressionWarnings[${index}]`;
      if (warning === '') errors.push(required(`${at}.warning`));
      fieldRefErrors(fieldRef.trim(), `${at}.fieldRef`, errors);
    }
    validateConditions(status?.conditions, 'status.conditions', errors);
    return errors;
  },
};

/** No JSON path begins so. */
const NO_PATH = /^(?:\.\.)?([^\w\s.[\]'"$@*,+?()|\\-])/;

function fieldRefErrors(path: string, at: string, errors: Errors): void {
  if (path === '') {
    errors.push(required(at));
    return;
  }
  const [, odd] = NO_PATH.exec(path) ?? [];
  if (odd === undefined) return;
  const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  errors.push(invalid(at, path, `invalid JSONPath: unrecognized character in action: U+${code} '${odd}'`));
}

export const mutatingAdmissionPolicyRules: KindRules<MutatingAdmissionPolicy> = {
  validate(policy, _context, old) {
    const errors: Errors = [];
    const { spec } = policy;
    validateCommon(policy, old, errors);
    for (const rule of spec.matchConstraints?.resourceRules ?? [])
      for (const operation of rule.operations ?? [])
        if (!MUTABLE_OPERATIONS.includes(operation))
          errors.push(
            notSupported('spec.matchConstraints.resourceRules.operations', operation, MUTABLE_OPERATIONS),
          );
    const expressions = expressionsOf(policy);
    for (const [index, variable] of (spec.variables ?? []).entries())
      validateVariable(variable, `spec.variables[${index}]`, expressions, errors);
    const mutations = spec.mutations ?? [];
    if (mutations.length === 0)
      errors.push(required('spec.mutations', 'mutations must contain at least one item'));
    for (const [index, mutation] of mutations.entries())
      validateMutation(mutation, `spec.mutations[${index}]`, expressions, errors);
    const policyOfReinvocation = spec.reinvocationPolicy ?? '';
    if (policyOfReinvocation === '') errors.push(required('spec.reinvocationPolicy'));
    else if (!REINVOCATION_POLICIES.includes(policyOfReinvocation))
      errors.push(notSupported('spec.reinvocationPolicy', policyOfReinvocation, REINVOCATION_POLICIES));
    return errors;
  },
};

/** What both kinds of policies say of the requests that they are about. */
function validateCommon({ spec }: Policy, old: Policy | undefined, errors: Errors): void {
  const { failurePolicy, paramKind, matchConstraints } = spec;
  if (failurePolicy === undefined) errors.push(required('spec.failurePolicy'));
  else if (!FAILURE_POLICIES.includes(failurePolicy))
    errors.push(notSupported('spec.failurePolicy', failurePolicy, FAILURE_POLICIES));
  validateParamKind(paramKind, 'spec.paramKind', errors);
  if (matchConstraints === undefined) errors.push(required('spec.matchConstraints'));
  else {
    validateMatchResources(matchConstraints, 'spec.matchConstraints', errors);
    if ((matchConstraints.resourceRules ?? []).length === 0)
      errors.push(required('spec.matchConstraints.resourceRules'));
  }
  const isUnchanged =
    old !== undefined &&
    semanticEqual(paramKind, old.spec.paramKind) &&
    semanticEqual(spec.matchConditions, old.spec.matchConditions);
  if (!isUnchanged) validateMatchConditions(spec.matchConditions, 'spec.matchConditions', errors);
}

const CEL_RESERVED: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** `variables` are there only if the policy has some. */
const expressionsOf = ({ spec }: Policy): PolicyExpressions =>
  new PolicyExpressions({
    hasParams: spec.paramKind !== undefined,
    variables: (spec.variables ?? []).length === 0 ? undefined : spec.variables,
  });

function checkExpression({ expression, error }: PolicyExpression, path: string, errors: Errors): void {
  if (error !== undefined) errors.push(invalid(path, expression, error));
}

function validateVariable(
  { name, expression }: Variable,
  path: string,
  expressions: PolicyExpressions,
  errors: Errors,
): void {
  if (name.trim() === '') errors.push(required(`${path}.name`, 'name is not specified'));
  else if (!/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) || CEL_RESERVED.has(name))
    errors.push(invalid(`${path}.name`, name, 'must be a valid CEL identifier'));
  const compiled = expressions.variables.get(name);
  if (expression.trim() === '') errors.push(required(`${path}.expression`, 'expression is not specified'));
  else if (compiled !== undefined) checkExpression(compiled, `${path}.expression`, errors);
}

function validateValidation(
  validation: Validation,
  path: string,
  expressions: PolicyExpressions,
  errors: Errors,
): void {
  const { expression, message = '', messageExpression = '', reason } = validation;
  if (expression.trim() === '') errors.push(required(`${path}.expression`, 'expression is not specified'));
  else checkExpression(expressions.compile('condition', expression), `${path}.expression`, errors);
  if (messageExpression !== '' && messageExpression.trim() === '')
    errors.push(invalid(`${path}.messageExpression`, messageExpression, 'must be non-empty if specified'));
  else if (messageExpression !== '')
    checkExpression(expressions.compile('message', messageExpression), `${path}.messageExpression`, errors);
  if (message !== '' && message.trim() === '')
    errors.push(invalid(`${path}.message`, message, 'must be non-empty if specified'));
  else if (/[\n\r]/.test(message.trim()))
    errors.push(invalid(`${path}.message`, message, 'must not contain line breaks'));
  if (reason !== undefined && !REASONS.includes(reason))
    errors.push(notSupported(`${path}.reason`, reason, REASONS));
}

function validateAuditAnnotations(
  annotations: readonly AuditAnnotation[],
  policyName: string,
  expressions: PolicyExpressions,
  errors: Errors,
): void {
  const path = 'spec.auditAnnotations';
  if (annotations.length > MAX_AUDIT_ANNOTATIONS)
    errors.push(
      invalid(path, annotations, `must not have more than ${MAX_AUDIT_ANNOTATIONS} auditAnnotations`),
    );
  const keys = new Set<string>();
  for (const [index, { key, valueExpression }] of annotations.entries()) {
    const at = `${path}[${index}]`;
    const name = `${policyName}/${key}`;
    if (policyName === '') errors.push(invalid(`${at}.key`, key, 'requires metadata.name be non-empty'));
    else check(isQualifiedName(name), `${at}.key`, name, errors);
    const expression = valueExpression.trim();
    if (expression === '') errors.push(required(`${at}.valueExpression`, 'valueExpression is not specified'));
    else if (Buffer.byteLength(expression) > MAX_VALUE_EXPRESSION_BYTES)
      errors.push(
        required(`${at}.valueExpression`, `must not exceed ${MAX_VALUE_EXPRESSION_BYTES} bytes in length`),
      );
    else checkExpression(expressions.compile('auditAnnotation', expression), `${at}.valueExpression`, errors);
    if (keys.has(key)) errors.push(duplicate(`${at}.key`, key));
    keys.add(key);
  }
}

function validateMutation(
  mutation: Mutation,
  path: string,
  expressions: PolicyExpressions,
  errors: Errors,
): void {
  const { patchType, jsonPatch, applyConfiguration } = mutation;
  if (patchType === '') errors.push(required(`${path}.patchType`));
  else if (!PATCH_TYPES.includes(patchType))
    errors.push(notSupported(`${path}.patchType`, patchType, PATCH_TYPES));
  else {
    const isJson = patchType === 'JSONPatch';
    const [field, other] = isJson ? ['jsonPatch', 'applyConfiguration'] : ['applyConfiguration', 'jsonPatch'];
    const [wanted, unwanted] = isJson ? [jsonPatch, applyConfiguration] : [applyConfiguration, jsonPatch];
    if (wanted === undefined)
      errors.push(required(`${path}.${field}`, `must be specified when patchType is ${patchType}`));
    else if ((wanted.expression ?? '').trim() === '') errors.push(required(`${path}.${field}.expression`));
    else {
      const compiled = expressions.compile(
        isJson ? 'jsonPatch' : 'applyConfiguration',
        (wanted.expression ?? '').trim(),
      );
      checkExpression(compiled, `${path}.${field}.expression`, errors);
    }
    if (unwanted !== undefined)
      errors.push(
        invalid(`${path}.${other}`, `{${other}}`, `must not be specified when patchType is ${patchType}`),
      );
  }
}
