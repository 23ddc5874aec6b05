import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  notSupportedInOrder,
  required,
} from '@gantry/machinery/field-error';
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isLabelValue,
  isQualifiedName,
} from '@gantry/machinery/validation';
import type {
  Affinity,
  LabelSelector,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
  PodSpec,
  Toleration,
  TopologySpreadConstraint,
} from '../../../generated/types.ts';
import { check, type Errors, validateLabelSelector } from '../../../validation/common.ts';

const INCLUSION = ['Honor', 'Ignore'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(
  tolerations: readonly Toleration[] | undefined,
  path: string,
  errors: Errors,
): void {
  for (const [index, toleration] of (tolerations ?? []).entries())
    validateToleration(toleration, `${path}[${index}]`, errors);
}

function validateToleration(toleration: Toleration, path: string, errors: Errors): void {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  if (key !== '') check(isQualifiedName(key), `${path}.key`, key, errors);
  else if (operator !== 'Exists')
    errors.push(
      invalid(
        `${path}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    );
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    errors.push(
      invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"),
    );
  if (operator === '' || operator === 'Equal') {
    const problems = isLabelValue(value);
    if (problems.length > 0) errors.push(invalid(`${path}.operator`, value, problems.join(';')));
  } else if (operator === 'Exists') {
    if (value !== '')
      errors.push(invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'"));
  } else errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
  if (effect !== '' && !EFFECTS.includes(effect))
    errors.push(notSupportedInOrder(`${path}.effect`, effect, EFFECTS));
}

export function validateAffinity(affinity: Affinity | undefined, path: string, errors: Errors): void {
  const node = affinity?.nodeAffinity;
  const required_ = node?.requiredDuringSchedulingIgnoredDuringExecution;
  if (required_ !== undefined)
    validateNodeSelector(
      required_,
      `${path}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`,
      errors,
    );
  for (const [index, term] of (node?.preferredDuringSchedulingIgnoredDuringExecution ?? []).entries()) {
    const at = `${path}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
    validateWeight(term.weight, at, errors);
    validateNodeTerm(term.preference, `${at}.preference`, errors, true);
  }
  for (const name of ['podAffinity', 'podAntiAffinity'] as const) {
    const rules = affinity?.[name];
    for (const [index, term] of (rules?.requiredDuringSchedulingIgnoredDuringExecution ?? []).entries())
      validatePodTerm(
        term,
        `${path}.${name}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`,
        errors,
      );
    for (const [index, term] of (rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).entries()) {
      const at = `${path}.${name}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
      validateWeight(term.weight, at, errors);
      validatePodTerm(term.podAffinityTerm ?? { topologyKey: '' }, `${at}.podAffinityTerm`, errors);
    }
  }
}

export function validateNodeSelector(selector: NodeSelector, path: string, errors: Errors): void {
  const at = `${path}.nodeSelectorTerms`;
  const terms = selector.nodeSelectorTerms ?? [];
  if (terms.length === 0) errors.push(required(at, 'must have at least one node selector term'));
  for (const [index, term] of terms.entries()) validateNodeTerm(term, `${at}[${index}]`, errors);
}

function validateWeight(weight: number, path: string, errors: Errors): void {
  if (weight <= 0 || weight > 100)
    errors.push(invalid(`${path}.weight`, weight, 'must be in the range 1-100'));
}

/** In preferences the original lets wrong label values pass. */
function validateNodeTerm(
  term: NodeSelectorTerm | undefined,
  path: string,
  errors: Errors,
  anyValues = false,
): void {
  for (const [index, rule] of (term?.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${index}]`;
    const values = rule.values ?? [];
    if (rule.operator === 'In' || rule.operator === 'NotIn') {
      if (values.length === 0)
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (rule.operator === 'Exists' || rule.operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.push(
          forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
    } else if (rule.operator === 'Gt' || rule.operator === 'Lt') {
      if (values.length !== 1)
        errors.push(
          required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"),
        );
    } else errors.push(invalid(`${at}.operator`, rule.operator, 'not a valid selector operator'));
    check(isQualifiedName(rule.key), `${at}.key`, rule.key, errors);
    for (const [number, value] of anyValues ? [] : values.entries())
      check(isLabelValue(value), `${at}.values[${number}]`, value, errors);
  }
  for (const [index, rule] of (term?.matchFields ?? []).entries())
    validateNodeField(rule, `${path}.matchFields[${index}]`, errors);
}

function validateNodeField(rule: NodeSelectorRequirement, path: string, errors: Errors): void {
  const { key = '', operator = '', values = [] } = rule;
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  else if (values.length !== 1)
    errors.push(
      required(
        `${path}.values`,
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      ),
    );
  if (key !== 'metadata.name') errors.push(invalid(`${path}.key`, key, 'not a valid field selector key'));
  else
    for (const [number, value] of values.entries())
      check(isDNS1123Subdomain(value), `${path}.values[${number}]`, value, errors);
}

/** KEP-3633, KEP-3243: keys whose values come from the pod's own labels. */
function validateLabelKeys(
  match: readonly string[],
  mismatch: readonly string[],
  selector: LabelSelector | undefined,
  path: string,
  errors: Errors,
): void {
  for (const [field, keys] of [
    ['matchLabelKeys', match],
    ['mismatchLabelKeys', mismatch],
  ] as const) {
    if (keys.length === 0) continue;
    if (selector === undefined)
      errors.push(forbidden(`${path}.${field}`, 'must not be specified when labelSelector is not set'));
    else
      for (const [index, key] of keys.entries())
        check(isQualifiedName(key), `${path}.${field}[${index}]`, key, errors);
  }
  const seen = new Set(Object.keys(selector?.matchLabels ?? {}));
  for (const { key } of selector?.matchExpressions ?? []) {
    const index = match.indexOf(key);
    if (index >= 0 && seen.has(key))
      errors.push(invalid(`${path}[${index}]`, key, 'exists in both matchLabelKeys and labelSelector'));
    seen.add(key);
  }
  for (const [index, key] of match.entries())
    if (mismatch.includes(key))
      errors.push(
        invalid(
          `${path}.matchLabelKeys[${index}]`,
          key,
          'exists in both matchLabelKeys and mismatchLabelKeys',
        ),
      );
}

function validatePodTerm(term: PodAffinityTerm, path: string, errors: Errors): void {
  validateLabelSelector(term.labelSelector, `${path}.labelSelector`, errors);
  validateLabelSelector(term.namespaceSelector, `${path}.namespaceSelector`, errors);
  for (const name of term.namespaces ?? []) check(isDNS1123Label(name), `${path}.namespace`, name, errors);
  validateLabelKeys(
    term.matchLabelKeys ?? [],
    term.mismatchLabelKeys ?? [],
    term.labelSelector,
    path,
    errors,
  );
  if (!term.topologyKey) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
  check(isQualifiedName(term.topologyKey ?? ''), `${path}.topologyKey`, term.topologyKey ?? '', errors);
}

export function validateSpread(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  path: string,
  errors: Errors,
): void {
  const seen = new Set<string>();
  for (const [index, one] of (constraints ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (one.maxSkew <= 0) errors.push(invalid(`${at}.maxSkew`, one.maxSkew, 'must be greater than zero'));
    if (!one.topologyKey) errors.push(required(`${at}.topologyKey`, 'can not be empty'));
    const actions = ['DoNotSchedule', 'ScheduleAnyway'];
    if (!actions.includes(one.whenUnsatisfiable))
      errors.push(notSupported(`${at}.whenUnsatisfiable`, one.whenUnsatisfiable, actions));
    const key = `{${one.topologyKey}, ${one.whenUnsatisfiable}}`;
    if (seen.has(key)) errors.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, key));
    seen.add(key);
    if (one.minDomains !== undefined) {
      if (one.minDomains <= 0)
        errors.push(invalid(`${at}.minDomains`, one.minDomains, 'must be greater than zero'));
      if (one.whenUnsatisfiable !== 'DoNotSchedule')
        errors.push(
          invalid(
            `${at}.minDomains`,
            one.minDomains,
            `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${one.whenUnsatisfiable}`,
          ),
        );
    }
    for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = one[field];
      if (policy !== undefined && !INCLUSION.includes(policy))
        errors.push(notSupported(`${at}.${field}`, policy, INCLUSION));
    }
    validateLabelKeys(one.matchLabelKeys ?? [], [], one.labelSelector, at, errors);
    validateLabelSelector(one.labelSelector, `${at}.labelSelector`, errors);
  }
}

/** Names of scheduling gates: qualified, and each once. */
export function validateGates(spec: PodSpec, path: string, errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, gate] of (spec.schedulingGates ?? []).entries()) {
    check(isQualifiedName(gate.name), `${path}[${index}]`, gate.name, errors);
    if (seen.has(gate.name)) errors.push(duplicate(`${path}[${index}]`, gate.name));
    seen.add(gate.name);
  }
}
