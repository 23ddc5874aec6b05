import { duplicate, invalid, notSupported, required, tooLong, tooMany } from '@gantry/machinery/field-error';
import { isQualifiedName } from '@gantry/machinery/validation';
import type {
  JobSpec,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from '../../generated/types.ts';
import { check, type Errors, nonNegative } from '../../validation/common.ts';
import { countIndexes } from './job-indexes.ts';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];
const MAX_RULES = 20;
const MAX_PATTERNS = 20;
const MAX_EXIT_CODES = 255;
const MAX_INDEXES_BYTES = 64 * 1024;

const listed = (values: readonly string[]): string =>
  `valid values: [${values.map((value) => JSON.stringify(value)).join(' ')}]`;

/** An error at a rule as a whole, without its value. */
const wholeRule = (path: string, detail: string): Errors[number] => ({
  type: 'FieldValueInvalid',
  field: path,
  message: `Invalid value: ${detail}`,
});

export function validateFailurePolicy(spec: JobSpec, path: string, errors: Errors): void {
  const rules = spec.podFailurePolicy?.rules ?? [];
  if (rules.length > MAX_RULES) errors.push(tooMany(`${path}.rules`, rules.length, MAX_RULES));
  const pod = spec.template?.spec;
  const names = new Set([...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].map(({ name }) => name));
  for (const [index, rule] of rules.entries())
    validateRule(rule, spec, names, `${path}.rules[${index}]`, errors);
}

function validateRule(
  rule: PodFailurePolicyRule,
  spec: JobSpec,
  names: ReadonlySet<string>,
  path: string,
  errors: Errors,
): void {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  if (action === '') errors.push(required(`${path}.action`, listed(ACTIONS)));
  else if (action === 'FailIndex') {
    if (spec.backoffLimitPerIndex === undefined)
      errors.push(invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set'));
  } else if (!ACTIONS.includes(action)) errors.push(notSupported(`${path}.action`, action, ACTIONS));
  if (onExitCodes !== undefined) validateExitCodes(onExitCodes, names, `${path}.onExitCodes`, errors);
  if (onPodConditions.length > 0) validatePatterns(onPodConditions, `${path}.onPodConditions`, errors);
  if (onExitCodes !== undefined && onPodConditions.length > 0)
    errors.push(wholeRule(path, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  if (onExitCodes === undefined && onPodConditions.length === 0)
    errors.push(wholeRule(path, 'specifying one of OnExitCodes and OnPodConditions is required'));
}

function validatePatterns(
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
  path: string,
  errors: Errors,
): void {
  if (patterns.length > MAX_PATTERNS) errors.push(tooMany(path, patterns.length, MAX_PATTERNS));
  for (const [index, { type, status = '' }] of patterns.entries()) {
    const at = `${path}[${index}]`;
    check(isQualifiedName(type), `${at}.type`, type, errors);
    if (status === '') errors.push(required(`${at}.status`, listed(STATUSES)));
    else if (!STATUSES.includes(status)) errors.push(notSupported(`${at}.status`, status, STATUSES));
  }
}

function validateExitCodes(
  requirement: PodFailurePolicyOnExitCodesRequirement,
  names: ReadonlySet<string>,
  path: string,
  errors: Errors,
): void {
  const { operator, containerName, values = [] } = requirement;
  if (operator === '') errors.push(required(`${path}.operator`, listed(OPERATORS)));
  else if (!OPERATORS.includes(operator)) errors.push(notSupported(`${path}.operator`, operator, OPERATORS));
  if (containerName !== undefined && !names.has(containerName))
    errors.push(
      invalid(
        `${path}.containerName`,
        containerName,
        'must be one of the container or initContainer names in the pod template',
      ),
    );
  const at = `${path}.values`;
  if (values.length === 0)
    errors.push(invalid(at, requirement.values ?? null, 'at least one value is required'));
  else if (values.length > MAX_EXIT_CODES) errors.push(tooMany(at, values.length, MAX_EXIT_CODES));
  const seen = new Set<number>();
  for (const [index, value] of values.entries()) {
    if (operator === 'In' && value === 0)
      errors.push(invalid(`${at}[${index}]`, value, 'must not be 0 for the In operator'));
    if (seen.has(value)) errors.push(duplicate(`${at}[${index}]`, value));
    seen.add(value);
  }
  if (values.some((value, index) => index > 0 && (values[index - 1] ?? value) > value))
    errors.push(invalid(at, values, 'must be ordered'));
}

/** When some indexes are enough. The Job is an indexed one. */
export function validateSuccessPolicy(spec: JobSpec, path: string, errors: Errors): void {
  const rules = spec.successPolicy?.rules ?? [];
  const at = `${path}.rules`;
  if (rules.length === 0)
    errors.push(required(at, 'at least one rules must be specified when the successPolicy is specified'));
  if (rules.length > MAX_RULES) errors.push(tooMany(at, rules.length, MAX_RULES));
  for (const [index, rule] of rules.entries())
    validateSuccessRule(rule, spec.completions ?? 0, `${at}[${index}]`, errors);
}

function validateSuccessRule(
  { succeededCount: count, succeededIndexes: indexes }: SuccessPolicyRule,
  completions: number,
  path: string,
  errors: Errors,
): void {
  if (count === undefined && indexes === undefined)
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'));
  let total = 0;
  if (indexes !== undefined) {
    const at = `${path}.succeededIndexes`;
    if (Buffer.byteLength(indexes) > MAX_INDEXES_BYTES) errors.push(tooLong(at, MAX_INDEXES_BYTES));
    const counted = countIndexes(indexes, completions);
    if (typeof counted === 'number') total = counted;
    else errors.push(invalid(at, indexes, `error parsing succeededIndexes: ${counted.problem}`));
  }
  if (count === undefined) return;
  const at = `${path}.succeededCount`;
  nonNegative(count, at, errors);
  const above = (limit: number, what: string): void => {
    if (count > limit) errors.push(invalid(at, count, `must be less than or equal to ${limit} (${what})`));
  };
  above(completions, 'the number of specified completions');
  if (indexes !== undefined) above(total, 'the number of indexes in the specified succeededIndexes field');
}
