import {
  type FieldError,
  invalid,
  notSupported,
  notSupportedInOrder,
  required,
} from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { isDNS1123Subdomain, isPathSegmentName } from '@gantry/machinery/validation';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  Subject,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { check, type Errors, isUsableSelector, validateLabelSelector } from '../../validation/common.ts';
import { goTexts } from '../../validation/go-value.ts';

const ROLE_REF = { apiGroup: 'APIGroup', kind: 'Kind', name: 'Name' };
const GROUP = 'rbac.authorization.k8s.io';

export const roleRules: KindRules<Role> = {
  validate: (role) => validateRules(role.rules, true),
};

export const clusterRoleRules: KindRules<ClusterRole> = {
  validate(role) {
    const errors = validateRules(role.rules, false);
    if (role.aggregationRule === undefined) return errors;
    const selectors = role.aggregationRule.clusterRoleSelectors ?? [];
    if (selectors.length === 0)
      errors.push(
        required(
          'aggregationRule.clusterRoleSelectors',
          'at least one clusterRoleSelector required if aggregationRule is non-nil',
        ),
      );
    for (const [index, selector] of selectors.entries()) {
      const at = `aggregationRule.clusterRoleSelectors[${index}]`;
      validateLabelSelector(selector, at, errors);
      // The selector that could not be made is what is shown.
      if (!isUsableSelector(selector)) errors.push(invalid(at, null, 'invalid label selector.'));
    }
    return errors;
  },
};

function validateRules(rules: readonly PolicyRule[] | undefined, namespaced: boolean): FieldError[] {
  const errors: Errors = [];
  for (const [index, rule] of (rules ?? []).entries()) {
    const at = `rules[${index}]`;
    const has = (field: keyof PolicyRule): boolean => (rule[field] ?? []).length > 0;
    if (!has('verbs')) errors.push(required(`${at}.verbs`, 'verbs must contain at least one value'));
    if (has('nonResourceURLs')) {
      if (namespaced)
        errors.push(
          invalid(
            `${at}.nonResourceURLs`,
            rule.nonResourceURLs,
            'namespaced rules cannot apply to non-resource URLs',
          ),
        );
      if (has('apiGroups') || has('resources') || has('resourceNames'))
        errors.push(
          invalid(
            `${at}.nonResourceURLs`,
            rule.nonResourceURLs,
            'rules cannot apply to both regular resources and non-resource URLs',
          ),
        );
      continue;
    }
    if (!has('apiGroups'))
      errors.push(required(`${at}.apiGroups`, 'resource rules must supply at least one api group'));
    if (!has('resources'))
      errors.push(required(`${at}.resources`, 'resource rules must supply at least one resource'));
  }
  return errors;
}

function bindingRules<T extends RoleBinding | ClusterRoleBinding>(
  roleKinds: readonly string[],
): KindRules<T> {
  const namespaced = roleKinds.length > 1;
  return {
    defaults(binding) {
      for (const subject of binding.subjects ?? [])
        if (!subject.apiGroup && (subject.kind === 'User' || subject.kind === 'Group'))
          subject.apiGroup = GROUP;
    },
    validate(binding) {
      const errors: Errors = [];
      const { apiGroup = '', kind = '', name = '' } = binding.roleRef ?? {};
      if (apiGroup !== GROUP) errors.push(notSupported('roleRef.apiGroup', apiGroup, [GROUP]));
      if (!roleKinds.includes(kind)) errors.push(notSupportedInOrder('roleRef.kind', kind, roleKinds));
      if (name === '') errors.push(required('roleRef.name'));
      else check(isPathSegmentName(name), 'roleRef.name', name, errors);
      for (const [index, subject] of (binding.subjects ?? []).entries())
        validateSubject(subject, namespaced, `subjects[${index}]`, errors);
      return errors;
    },
    validateUpdate: (binding, old) =>
      deepEqual(binding.roleRef, old.roleRef)
        ? []
        : [invalid('roleRef', goTexts(binding.roleRef, ROLE_REF), 'cannot change roleRef')],
  };
}

export const roleBindingRules = bindingRules<RoleBinding>(['Role', 'ClusterRole']);
export const clusterRoleBindingRules = bindingRules<ClusterRoleBinding>(['ClusterRole']);

function validateSubject(subject: Subject, isNamespaced: boolean, path: string, errors: Errors): void {
  const { kind, name, apiGroup = '', namespace } = subject;
  if (!name) errors.push(required(`${path}.name`));
  if (kind === 'ServiceAccount') {
    if (name) check(isDNS1123Subdomain(name), `${path}.name`, name, errors);
    if (apiGroup !== '') errors.push(notSupported(`${path}.apiGroup`, apiGroup, ['']));
    if (!isNamespaced && !namespace) errors.push(required(`${path}.namespace`));
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== GROUP) errors.push(notSupported(`${path}.apiGroup`, apiGroup, [GROUP]));
  } else errors.push(notSupportedInOrder(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group']));
}
