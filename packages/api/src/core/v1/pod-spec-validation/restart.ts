import { duplicate, invalid, notSupported, required, tooMany } from '@gantry/machinery/field-error';
import type { Container, EphemeralContainer } from '../../../generated/types.ts';
import type { Errors } from '../../../validation/common.ts';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const ACTIONS = ['Restart', 'RestartAllContainers'];
const OPERATORS = ['In', 'NotIn'];
const MAX_RULES = 20;
const MAX_CODES = 255;
const RESOURCES = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

/** KEP-5307: restart policy and rules of one container. An init container without a policy has the pod's. */
export function validateRestart(container: Container, path: string, errors: Errors): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  if (restartPolicy === undefined) {
    if (rules.length === 0) return;
    errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
  } else if (!POLICIES.includes(restartPolicy))
    errors.push(notSupported(`${path}.restartPolicy`, restartPolicy, POLICIES));
  if (rules.length > MAX_RULES) errors.push(tooMany(`${path}.restartPolicyRules`, rules.length, MAX_RULES));
  for (const [index, { action = '', exitCodes }] of rules.entries()) {
    const at = `${path}.restartPolicyRules[${index}]`;
    if (!ACTIONS.includes(action)) errors.push(notSupported(`${at}.action`, action, ACTIONS));
    if (exitCodes === undefined) {
      errors.push(required(`${at}.exitCodes`, 'must be specified'));
      continue;
    }
    const { operator = '', values = [] } = exitCodes;
    if (!OPERATORS.includes(operator))
      errors.push(notSupported(`${at}.exitCodes.operator`, operator, OPERATORS));
    if (values.length > MAX_CODES) errors.push(tooMany(`${at}.exitCodes.values`, values.length, MAX_CODES));
  }
}

/** As validateRestart; without a policy of its own, an init container has no rules to look at. */
export function validateInitRestart(container: Container, path: string, errors: Errors): void {
  if (container.restartPolicy !== undefined) validateRestart(container, path, errors);
  else if ((container.restartPolicyRules ?? []).length > 0)
    errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
}

/** KEP-1287: what a resize does to the container, by resource. The original names no index but for duplicates. */
export function validateResizePolicy(
  container: Container | EphemeralContainer,
  podRestartPolicy: string | undefined,
  path: string,
  errors: Errors,
): void {
  const seen = new Set<string>();
  for (const [index, { resourceName = '', restartPolicy = '' }] of (container.resizePolicy ?? []).entries()) {
    if (seen.has(resourceName)) errors.push(duplicate(`${path}[${index}]`, resourceName));
    seen.add(resourceName);
    for (const [value, allowed] of [
      [resourceName, RESOURCES],
      [restartPolicy, RESIZE_POLICIES],
    ] as const) {
      if (value === '') errors.push(required(path));
      else if (!allowed.includes(value)) errors.push(notSupported(path, value, allowed));
    }
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired')
      errors.push(invalid(path, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
  }
}
