import type { FlowSchema } from '@gantry/api/generated/types';
import type { RequestAttributes, UserInfo } from '../request.ts';

type Rule = NonNullable<FlowSchema['spec']['rules']>[number];
type Subject = NonNullable<Rule['subjects']>[number];
type ResourceRule = NonNullable<Rule['resourceRules']>[number];
type NonResourceRule = NonNullable<Rule['nonResourceRules']>[number];

/** Whether a request belongs to a FlowSchema. */
export type Matcher = (user: UserInfo, attributes: RequestAttributes) => boolean;

const SERVICE_ACCOUNT = 'system:serviceaccount:';

/** `*` counts only where it is the one member, as validation demands. */
function oneOf(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined) return false;
  return (list.length === 1 && list[0] === '*') || list.includes(value);
}

function subjectMatcher({ kind, user, group, serviceAccount }: Subject): (who: UserInfo) => boolean {
  if (kind === 'User' && user !== undefined) {
    const { name } = user;
    return name === '*' ? () => true : (who) => who.name === name;
  }
  if (kind === 'Group' && group !== undefined) {
    const { name } = group;
    return name === '*' ? () => true : ({ groups }) => groups.includes(name);
  }
  if (kind === 'ServiceAccount' && serviceAccount !== undefined) {
    const prefix = `${SERVICE_ACCOUNT}${serviceAccount.namespace}:`;
    const { name } = serviceAccount;
    if (name === '*') return (who) => who.name.startsWith(prefix);
    return (who) => who.name === prefix + name;
  }
  return () => false;
}

function matchesResource(rule: ResourceRule, attributes: RequestAttributes): boolean {
  const { verb, group, resource, subresource, namespace } = attributes;
  if (!oneOf(rule.verbs, verb)) return false;
  if (!oneOf(rule.resources, subresource === '' ? resource : `${resource}/${subresource}`)) return false;
  if (!oneOf(rule.apiGroups, group)) return false;
  return namespace === '' ? rule.clusterScope === true : oneOf(rule.namespaces, namespace);
}

/** A URL covers itself and what lies below it; `/x/*` covers what lies below `/x/`. */
function matchesPath(urls: readonly string[] | undefined, path: string): boolean {
  for (const url of urls ?? []) {
    if (url === '*' || url === path) return true;
    const stem = url.endsWith('*') ? url.slice(0, -1) : url;
    if (path.startsWith(stem.endsWith('/') ? stem : `${stem}/`)) return true;
  }
  return false;
}

const matchesNonResource = (rule: NonResourceRule, { verb, path }: RequestAttributes): boolean =>
  oneOf(rule.verbs, verb) && matchesPath(rule.nonResourceURLs, path);

function ruleMatcher(rule: Rule): Matcher {
  const subjects = (rule.subjects ?? []).map(subjectMatcher);
  const { resourceRules = [], nonResourceRules = [] } = rule;
  return (user, attributes) => {
    if (!subjects.some((matches) => matches(user))) return false;
    return attributes.isResourceRequest
      ? resourceRules.some((one) => matchesResource(one, attributes))
      : nonResourceRules.some((one) => matchesNonResource(one, attributes));
  };
}

/** One function for a FlowSchema's rules: any rule, with any of its subjects and any of its resource rules. */
export function flowSchemaMatcher(schema: FlowSchema): Matcher {
  const rules = (schema.spec.rules ?? []).map(ruleMatcher);
  return (user, attributes) => rules.some((matches) => matches(user, attributes));
}

/** What tells flows of one FlowSchema apart: the user, the namespace, or nothing. */
export function flowDistinguisher(schema: FlowSchema, user: UserInfo, attributes: RequestAttributes): string {
  switch (schema.spec.distinguisherMethod?.type) {
    case 'ByUser':
      return user.name;
    case 'ByNamespace':
      return attributes.namespace;
    default:
      return '';
  }
}
