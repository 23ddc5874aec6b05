import { duplicate, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { nameIsDNSSubdomain } from '@gantry/machinery/validation';
import type { FlowSchema } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors } from '../../validation/common.ts';
import { mandatoryFlowSchemas } from './mandatory.ts';
import { validateFlowRule } from './policy-rules.ts';

const DISTINGUISHERS = ['ByNamespace', 'ByUser'];
const MAX_PRECEDENCE = 10_000;
const DEFAULT_PRECEDENCE = 1000;

export const flowSchemaRules: KindRules<FlowSchema> = {
  defaults({ spec }) {
    // A zero counts as absent.
    spec.matchingPrecedence ||= DEFAULT_PRECEDENCE;
  },
  validate(schema) {
    const errors: Errors = [];
    const { spec, metadata } = schema;
    const precedence = spec.matchingPrecedence ?? 0;
    const bad = (detail: string): void => {
      errors.push(invalid('spec.matchingPrecedence', precedence, detail));
    };
    if (precedence <= 0) bad('must be a positive value');
    if (precedence > MAX_PRECEDENCE) bad(`must not be greater than ${MAX_PRECEDENCE}`);
    if (precedence === 1 && metadata.name !== 'exempt')
      bad("only the schema named 'exempt' may have matchingPrecedence 1");
    const method = spec.distinguisherMethod;
    if (method !== undefined && !DISTINGUISHERS.includes(method.type))
      errors.push(notSupported('spec.distinguisherMethod.type', { Type: method.type ?? '' }, DISTINGUISHERS));
    const level = spec.priorityLevelConfiguration?.name ?? '';
    const path = 'spec.priorityLevelConfiguration.name';
    if (level === '') errors.push(required(path, 'must reference a priority level'));
    else check(nameIsDNSSubdomain(level, false), path, level, errors);
    for (const [index, rule] of (spec.rules ?? []).entries())
      validateFlowRule(rule, `spec.rules[${index}]`, errors);
    const fixed = Object.hasOwn(mandatoryFlowSchemas, metadata.name)
      ? mandatoryFlowSchemas[metadata.name]
      : undefined;
    if (fixed !== undefined && !semanticEqual(spec, fixed))
      errors.push(invalid('spec', spec, `spec of '${metadata.name}' must equal the fixed value`));
    return errors;
  },
  validateStatusUpdate: ({ status }) => conditionErrors(status?.conditions),
};

/** Conditions of both kinds of this group: their type is there, once. */
export function conditionErrors(conditions: readonly { readonly type?: string }[] | undefined): Errors {
  const errors: Errors = [];
  const seen = new Set<string>();
  for (const [index, { type = '' }] of (conditions ?? []).entries()) {
    const path = `status.conditions[${index}].type`;
    if (seen.has(type)) errors.push(duplicate(path, type));
    seen.add(type);
    if (type === '') errors.push(required(path));
  }
  return errors;
}
