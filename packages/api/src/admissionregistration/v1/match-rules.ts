import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  notSupportedInOrder,
  required,
  tooMany,
} from '@gantry/machinery/field-error';
import {
  isDNS1035Label,
  isDNS1123Subdomain,
  isPathSegmentName,
  isQualifiedName,
} from '@gantry/machinery/validation';
import type {
  MatchCondition,
  MatchResources,
  NamedRuleWithOperations,
  ParamKind,
  ParamRef,
} from '../../generated/types.ts';
import { check, type Errors, validateLabelSelector } from '../../validation/common.ts';
import { conditionEnvironment, conditionFault, paramsVariable } from './expressions.ts';
import { validateRuleWithOperations } from './resource-rules.ts';

export const FAILURE_POLICIES = ['Fail', 'Ignore'];
export const MATCH_POLICIES = ['Equivalent', 'Exact'];
const MAX_MATCH_CONDITIONS = 64;

/** Names, and expressions that compile to conditions. `params`: they may refer to parameters. */
export function validateMatchConditions(
  conditions: readonly MatchCondition[] | undefined,
  path: string,
  errors: Errors,
  params = false,
): void {
  const list = conditions ?? [];
  if (list.length > MAX_MATCH_CONDITIONS) errors.push(tooMany(path, list.length, MAX_MATCH_CONDITIONS));
  const names = new Set<string>();
  for (const [index, { name, expression }] of list.entries()) {
    const at = `${path}[${index}]`;
    validateCondition(expression.trim(), `${at}.expression`, params, errors);
    if (name === '') {
      errors.push(required(`${at}.name`));
      continue;
    }
    check(isQualifiedName(name), `${at}.name`, name, errors);
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
  }
}

function validateCondition(expression: string, path: string, params: boolean, errors: Errors): void {
  if (expression === '') {
    errors.push(required(path));
    return;
  }
  const environment = conditionEnvironment();
  const fault = conditionFault(params ? environment.extend([paramsVariable]) : environment, expression);
  if (fault !== undefined) errors.push(invalid(path, expression, fault));
}

export function validateMatchResources(
  match: MatchResources | undefined,
  path: string,
  errors: Errors,
): void {
  if (match === undefined) return;
  if (match.matchPolicy === undefined) errors.push(required(`${path}.matchPolicy`));
  else if (!MATCH_POLICIES.includes(match.matchPolicy))
    errors.push(notSupported(`${path}.matchPolicy`, match.matchPolicy, MATCH_POLICIES));
  for (const field of ['namespaceSelector', 'objectSelector'] as const)
    validateLabelSelector(match[field], `${path}.${field}`, errors);
  for (const field of ['resourceRules', 'excludeResourceRules'] as const)
    for (const [index, rule] of (match[field] ?? []).entries())
      validateNamedRule(rule, `${path}.${field}[${index}]`, errors);
}

function validateNamedRule(rule: NamedRuleWithOperations, path: string, errors: Errors): void {
  const names = new Set<string>();
  for (const [index, name] of (rule.resourceNames ?? []).entries()) {
    const at = `${path}.resourceNames[${index}]`;
    check(isPathSegmentName(name), at, name, errors);
    if (names.has(name)) errors.push(duplicate(at, name));
    names.add(name);
  }
  validateRuleWithOperations(rule, path, errors);
}

export function validateParamKind(param: ParamKind | undefined, path: string, errors: Errors): void {
  if (param === undefined) return;
  const { apiVersion = '', kind = '' } = param;
  if (apiVersion === '') errors.push(required(`${path}.apiVersion`));
  else validateGroupVersion(apiVersion, `${path}.apiVersion`, errors);
  if (kind === '') errors.push(required(`${path}.kind`));
  else {
    const reasons = isDNS1035Label(kind.toLowerCase());
    if (reasons.length > 0)
      errors.push(
        invalid(
          `${path}.kind`,
          kind,
          `may have mixed case, but should otherwise match: ${reasons.join(',')}`,
        ),
      );
  }
}

function validateGroupVersion(text: string, path: string, errors: Errors): void {
  const parts = text === '/' ? [''] : text.split('/');
  if (parts.length > 2) {
    errors.push(invalid(path, text, `unexpected GroupVersion string: ${text}`));
    return;
  }
  const version = parts.at(-1) ?? '';
  const group = parts.length === 2 ? (parts[0] ?? '') : '';
  const groupErrors = group === '' ? [] : isDNS1123Subdomain(group);
  if (groupErrors.length > 0) errors.push(invalid(path, group, groupErrors.join(',')));
  if (version === '') errors.push(invalid(path, text, 'version must be specified'));
  else {
    const reasons = isDNS1035Label(version);
    if (reasons.length > 0) errors.push(invalid(path, version, reasons.join(',')));
  }
}

export function validateParamRef(param: ParamRef | undefined, path: string, errors: Errors): void {
  if (param === undefined) return;
  const { name = '', selector, parameterNotFoundAction: action = '' } = param;
  const exclusive = (field: string): void => {
    errors.push(forbidden(`${path}.${field}`, 'name and selector are mutually exclusive'));
  };
  if (name !== '') {
    check(isPathSegmentName(name), `${path}.name`, name, errors);
    if (selector !== undefined) exclusive('name');
  }
  if (selector !== undefined) {
    validateLabelSelector(selector, `${path}.selector`, errors);
    if (name !== '') exclusive('selector');
  } else if (name === '') errors.push(required(path, 'one of name or selector must be specified'));
  if (action === '') errors.push(required(`${path}.parameterNotFoundAction`));
  else if (action !== 'Deny' && action !== 'Allow')
    errors.push(notSupportedInOrder(`${path}.parameterNotFoundAction`, action, ['Deny', 'Allow']));
}
