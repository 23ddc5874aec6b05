import type { PolicyRule } from '@gantry/api/generated/types';
import { isObject, parseJson } from '@gantry/machinery/json';
import type { Decision, RequestAttributes, UserInfo } from '../../request.ts';
import { AUTHENTICATED } from '../users.ts';

/** Rules of a policy file, in which the first that fits allows. */
export interface AbacPolicies {
  readonly type: 'ABAC';
  authorize(user: UserInfo, attributes: RequestAttributes): Decision;
  /** What the policies allow in a namespace. */
  rulesFor(user: UserInfo, namespace: string): readonly PolicyRule[];
}

/** '' is no condition on user and group, and matches only '' elsewhere; '*' matches everything. */
interface PolicySpec {
  readonly user: string;
  readonly group: string;
  readonly readonly: boolean;
  readonly apiGroup: string;
  readonly resource: string;
  readonly namespace: string;
  readonly nonResourcePath: string;
}

const GROUP = 'abac.authorization.kubernetes.io';
const MAX_POLICIES = 100_000;
const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);
const ALLOWED: Decision = Object.freeze({ allowed: true, reason: '' });
const NO_MATCH: Decision = Object.freeze({ allowed: false, reason: 'No policy matched.' });

function textOf(fields: Readonly<Record<string, unknown>>, name: string, at = ''): string {
  const value = fields[name] ?? '';
  if (typeof value !== 'string') throw new Error(`${at}${name} must be a string`);
  return value;
}

function flagOf(fields: Readonly<Record<string, unknown>>, at = ''): boolean {
  const value = fields.readonly ?? false;
  if (typeof value !== 'boolean') throw new Error(`${at}readonly must be true or false`);
  return value;
}

/** A policy without version: what it leaves out matches everything. */
function oldPolicy(fields: Readonly<Record<string, unknown>>): PolicySpec {
  const [user, group] = [textOf(fields, 'user'), textOf(fields, 'group')];
  const [namespace, resource] = [textOf(fields, 'namespace'), textOf(fields, 'resource')];
  const everybody = (user === '' && group === '') || user === '*' || group === '*';
  return {
    user: user === '*' || group === '*' ? '' : user,
    group: everybody ? AUTHENTICATED : group,
    readonly: flagOf(fields),
    apiGroup: '*',
    namespace: namespace === '' ? '*' : namespace,
    resource: resource === '' ? '*' : resource,
    nonResourcePath: namespace === '' && resource === '' ? '*' : '',
  };
}

function policy(value: unknown): PolicySpec {
  if (!isObject(value)) throw new Error('expected a JSON object');
  const { apiVersion = '', kind = '' } = value;
  // The form before versions is known by what it lacks.
  if (apiVersion === '' || kind === '' || (apiVersion === `${GROUP}/v0` && kind === 'Policy'))
    return oldPolicy(value);
  if (apiVersion !== `${GROUP}/v1beta1` || kind !== 'Policy')
    throw new Error(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`,
    );
  const fields = value.spec ?? {};
  if (!isObject(fields)) throw new Error('spec must be an object');
  const text = (name: string): string => textOf(fields, name, 'spec.');
  const [user, group] = [text('user'), text('group')];
  const everybody = user === '*' || group === '*';
  return {
    user: everybody ? '' : user,
    group: everybody ? AUTHENTICATED : group,
    readonly: flagOf(fields, 'spec.'),
    apiGroup: text('apiGroup'),
    resource: text('resource'),
    namespace: text('namespace'),
    nonResourcePath: text('nonResourcePath'),
  };
}

function matchesSubject({ user, group }: PolicySpec, who: UserInfo): boolean {
  if (user === '' && group === '') return false;
  return (user === '' || user === who.name) && (group === '' || who.groups.includes(group));
}

const fits = (wanted: string, value: string): boolean => wanted === '*' || wanted === value;

function matchesPath(wanted: string, path: string): boolean {
  return fits(wanted, path) || (wanted.endsWith('*') && path.startsWith(wanted.replace(/\*+$/, '')));
}

function matches(spec: PolicySpec, who: UserInfo, attributes: RequestAttributes): boolean {
  if (!matchesSubject(spec, who) || (spec.readonly && !READS.has(attributes.verb))) return false;
  if (!attributes.isResourceRequest) return matchesPath(spec.nonResourcePath, attributes.path);
  return (
    fits(spec.namespace, attributes.namespace) &&
    fits(spec.resource, attributes.resource) &&
    fits(spec.apiGroup, attributes.group)
  );
}

function* rulesOf(spec: PolicySpec): Iterable<PolicyRule> {
  const verbs = spec.readonly ? [...READS] : ['*'];
  if (spec.resource !== '') yield { verbs, apiGroups: [spec.apiGroup], resources: [spec.resource] };
  if (spec.nonResourcePath !== '') yield { verbs, nonResourceURLs: [spec.nonResourcePath] };
}

/**
 * Reads a policy file: a JSON object a line, blank lines and lines that begin with # aside. Throws an Error that names
 * the line. https://kubernetes.io/docs/reference/access-authn-authz/abac/
 */
export function parseAbacPolicies(text: string, file: string): AbacPolicies {
  const specs: PolicySpec[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    try {
      if (specs.length >= MAX_POLICIES) throw new Error(`more than ${MAX_POLICIES} policies`);
      specs.push(policy(parseJson(trimmed, { maxDepth: 16 })));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `error reading policy file ${file}, line ${index + 1}: ${line.slice(0, 1_000)}: ${reason}`,
      );
    }
  }
  return {
    type: 'ABAC',
    authorize: (user, attributes) =>
      specs.some((spec) => matches(spec, user, attributes)) ? ALLOWED : NO_MATCH,
    rulesFor: (user, namespace) =>
      specs
        .filter((spec) => matchesSubject(spec, user) && fits(spec.namespace, namespace))
        .flatMap((spec) => [...rulesOf(spec)]),
  };
}
