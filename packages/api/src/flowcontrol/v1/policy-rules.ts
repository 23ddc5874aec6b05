import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { nameIsDNSLabel, nameIsDNSSubdomain } from '@gantry/machinery/validation';
import type {
  FlowSubject,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
} from '../../generated/types.ts';
import { check, type Errors } from '../../validation/common.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];
const KINDS = { Group: 'group', ServiceAccount: 'serviceAccount', User: 'user' } as const;

/** Whose requests for what a schema takes. */
export function validateFlowRule(rule: PolicyRulesWithSubjects, path: string, errors: Errors): void {
  const subjects = rule.subjects ?? [];
  for (const [index, subject] of subjects.entries())
    validateSubject(subject, `${path}.subjects[${index}]`, errors);
  if (subjects.length === 0)
    errors.push(required(`${path}.subjects`, 'subjects must contain at least one value'));
  const resources = rule.resourceRules ?? [];
  const others = rule.nonResourceRules ?? [];
  if (resources.length === 0 && others.length === 0)
    errors.push(required(path, 'at least one of resourceRules and nonResourceRules has to be non-empty'));
  for (const [index, one] of resources.entries())
    validateResourceRule(one, `${path}.resourceRules[${index}]`, errors);
  for (const [index, one] of others.entries())
    validateNonResourceRule(one, `${path}.nonResourceRules[${index}]`, errors);
}

function validateSubject(subject: FlowSubject, path: string, errors: Errors): void {
  if (!Object.hasOwn(KINDS, subject.kind)) {
    errors.push(notSupported(`${path}.kind`, subject.kind, Object.keys(KINDS)));
    return;
  }
  const own = KINDS[subject.kind as keyof typeof KINDS];
  const named = subject[own];
  if (named === undefined)
    errors.push(required(`${path}.${own}`, `${own} is required when subject kind is '${subject.kind}'`));
  else if (named.name === '') errors.push(required(`${path}.${own}.name`));
  if (own === 'serviceAccount' && subject.serviceAccount !== undefined)
    validateServiceAccount(subject.serviceAccount, `${path}.serviceAccount`, errors);
  for (const [kind, field] of [
    ['ServiceAccount', 'serviceAccount'],
    ['User', 'user'],
    ['Group', 'group'],
  ] as const)
    if (field !== own && subject[field] !== undefined)
      errors.push(forbidden(`${path}.${field}`, `${field} is forbidden when subject kind is not '${kind}'`));
}

function validateServiceAccount(
  account: NonNullable<FlowSubject['serviceAccount']>,
  path: string,
  errors: Errors,
): void {
  const { name, namespace } = account;
  if (name !== '' && name !== '*') check(nameIsDNSSubdomain(name, false), `${path}.name`, name, errors);
  if (namespace === '')
    errors.push(required(`${path}.namespace`, 'must specify namespace for service account'));
  else check(nameIsDNSLabel(namespace, false), `${path}.namespace`, namespace, errors);
}

/** Whether the list is a lone wildcard, or holds none. */
function isPlain(list: readonly string[], path: string, what: string, errors: Errors): boolean {
  if (!list.includes('*')) return true;
  if (list.length > 1) errors.push(invalid(path, list, `if '*' is present, must not specify other ${what}`));
  return false;
}

function validateVerbs(verbs: readonly string[], path: string, errors: Errors): void {
  if (verbs.length === 0) errors.push(required(path, 'verbs must contain at least one value'));
  else if (isPlain(verbs, path, 'verbs', errors) && !verbs.every((verb) => VERBS.includes(verb)))
    errors.push(notSupported(path, verbs, VERBS));
}

function validateResourceRule(rule: ResourcePolicyRule, path: string, errors: Errors): void {
  validateVerbs(rule.verbs ?? [], `${path}.verbs`, errors);
  for (const [field, one, many] of [
    ['apiGroups', 'api group', 'api groups'],
    ['resources', 'resource', 'resources'],
  ] as const) {
    const list = rule[field] ?? [];
    if (list.length === 0)
      errors.push(required(`${path}.${field}`, `resource rules must supply at least one ${one}`));
    else isPlain(list, `${path}.${field}`, many, errors);
  }
  const namespaces = rule.namespaces ?? [];
  const at = `${path}.namespaces`;
  if (namespaces.length === 0 && rule.clusterScope !== true)
    errors.push(
      required(at, 'resource rules that are not cluster scoped must supply at least one namespace'),
    );
  else if (isPlain(namespaces, at, 'namespaces', errors))
    for (const [index, namespace] of namespaces.entries())
      for (const reason of nameIsDNSLabel(namespace, false))
        errors.push(
          invalid(
            `${at}[${index}]`,
            namespace,
            `each member of this list must be '*' or a DNS-1123 label; ${reason}`,
          ),
        );
}

function validateNonResourceRule(rule: NonResourcePolicyRule, path: string, errors: Errors): void {
  validateVerbs(rule.verbs ?? [], `${path}.verbs`, errors);
  const urls = rule.nonResourceURLs ?? [];
  const at = `${path}.nonResourceURLs`;
  if (urls.length === 0) errors.push(required(at, 'nonResourceURLs must contain at least one value'));
  else if (isPlain(urls, at, 'non-resource URLs', errors))
    for (const [index, url] of urls.entries()) {
      const reason = urlError(url);
      if (reason !== undefined) errors.push(invalid(`${at}[${index}]`, url, reason));
    }
}

function urlError(url: string): string | undefined {
  if (url === '') return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must start with slash';
  if (url.includes(' ')) return 'must not contain white-space';
  if (url.includes('//')) return 'must not contain double slash';
  const star = url.indexOf('*');
  return star < 0 || (star === url.length - 1 && url.endsWith('/*'))
    ? undefined
    : 'wildcard can only do suffix matching';
}
