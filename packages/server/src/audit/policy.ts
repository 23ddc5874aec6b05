import { type FieldError, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import { parseYamlText } from '../http/yaml.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';

const LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'] as const;
const STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;

type AuditLevel = (typeof LEVELS)[number];
export type AuditStage = (typeof STAGES)[number];

interface GroupResources {
  readonly group?: string;
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface PolicyRule {
  readonly level: AuditLevel;
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly GroupResources[];
  readonly namespaces?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly omitStages?: readonly AuditStage[];
  readonly omitManagedFields?: boolean;
}

/** `Policy` of audit.k8s.io/v1. https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ */
export interface AuditPolicy {
  readonly rules: readonly PolicyRule[];
  readonly omitStages?: readonly AuditStage[];
  readonly omitManagedFields?: boolean;
}

/** What is recorded of a request; one shared object a rule. */
export interface AuditConfig {
  readonly level: Exclude<AuditLevel, 'None'>;
  readonly omit: ReadonlySet<AuditStage>;
  readonly omitManagedFields: boolean;
}

/** Undefined: nothing is recorded. */
export type PolicyEvaluator = (
  user: UserInfo | undefined,
  attributes: RequestAttributes,
) => AuditConfig | undefined;

const READS = ['get', 'list', 'watch'];

/**
 * What is recorded when no policy is given: who did what, without bodies, once a request. Left out is what the cluster's
 * own parts do all the time: health, discovery, leases, events, their reads.
 */
export const standardPolicy: AuditPolicy = {
  omitStages: ['RequestReceived'],
  rules: [
    {
      level: 'None',
      nonResourceURLs: [
        ...['/healthz*', '/livez*', '/readyz*', '/version', '/metrics*'],
        ...['/openapi/*', '/api', '/api/*', '/apis', '/apis/*'],
      ],
    },
    {
      level: 'None',
      resources: [
        { group: 'coordination.k8s.io', resources: ['leases'] },
        { group: '', resources: ['events'] },
        { group: 'events.k8s.io', resources: ['events'] },
      ],
    },
    { level: 'None', userGroups: ['system:nodes'], verbs: READS },
    { level: 'None', userGroups: ['system:nodes'], resources: [{ group: '', resources: ['nodes/status'] }] },
    {
      level: 'None',
      users: [
        'system:apiserver',
        'system:gantry-sync',
        'system:kube-controller-manager',
        'system:kube-proxy',
        'system:kube-scheduler',
        'system:simulated-nodes',
      ],
      verbs: READS,
    },
    { level: 'Metadata' },
  ],
};

const listed = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.length === 0 || list.includes(value);

const filled = (list: readonly unknown[] | undefined): boolean => (list?.length ?? 0) > 0;

function pathMatches(path: string, pattern: string): boolean {
  return (
    pattern === '*' ||
    pattern === path ||
    (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')))
  );
}

function resourceMatches(rule: PolicyRule, attributes: RequestAttributes): boolean {
  if (!attributes.isResourceRequest || !listed(rule.namespaces, attributes.namespace)) return false;
  if (!filled(rule.resources)) return true;
  const { group, resource, subresource, name } = attributes;
  const combined = subresource === '' ? resource : `${resource}/${subresource}`;
  return (rule.resources ?? []).some((one) => {
    if (one.group !== '*' && (one.group ?? '') !== group) return false;
    if (!filled(one.resources)) return true;
    if (!listed(one.resourceNames, name)) return false;
    return (one.resources ?? []).some(
      (wanted) =>
        wanted === combined ||
        wanted === '*' ||
        (subresource !== '' && wanted === `*/${subresource}`) ||
        wanted === `${resource}/*`,
    );
  });
}

function matches(rule: PolicyRule, user: UserInfo | undefined, attributes: RequestAttributes): boolean {
  if (filled(rule.users) && (user === undefined || !listed(rule.users, user.name))) return false;
  if (filled(rule.userGroups) && user?.groups.some((group) => rule.userGroups?.includes(group)) !== true)
    return false;
  if (!listed(rule.verbs, attributes.verb)) return false;
  if (filled(rule.namespaces) || filled(rule.resources)) return resourceMatches(rule, attributes);
  if (!filled(rule.nonResourceURLs)) return true;
  return (
    !attributes.isResourceRequest &&
    (rule.nonResourceURLs ?? []).some((pattern) => pathMatches(attributes.path, pattern))
  );
}

/** The first rule that matches decides; none: nothing is recorded. */
export function compilePolicy(policy: AuditPolicy): PolicyEvaluator {
  const rules = policy.rules.map((rule) => ({
    rule,
    config:
      rule.level === 'None'
        ? undefined
        : {
            level: rule.level,
            omit: new Set([...(policy.omitStages ?? []), ...(rule.omitStages ?? [])]),
            omitManagedFields: rule.omitManagedFields ?? policy.omitManagedFields ?? false,
          },
  }));
  return (user, attributes) => {
    for (const { rule, config } of rules) if (matches(rule, user, attributes)) return config;
    return undefined;
  };
}

function stageErrors(stages: readonly unknown[] | undefined, path: string): FieldError[] {
  return (stages ?? []).flatMap((stage, index) =>
    STAGES.includes(stage as AuditStage)
      ? []
      : [invalid(`${path}[${index}]`, stage, `allowed stages are ${STAGES.join(',')}`)],
  );
}

function urlErrors(urls: readonly string[], path: string): FieldError[] {
  return urls.flatMap((url, index) => {
    if (url === '*') return [];
    const errors: FieldError[] = [];
    const at = `${path}[${index}]`;
    if (!url.startsWith('/'))
      errors.push(invalid(at, url, "non-resource URL rules must begin with a '/' character"));
    if (url.slice(0, -1).includes('*'))
      errors.push(invalid(at, url, "non-resource URL wildcards '*' must be the final character of the rule"));
    return errors;
  });
}

function ruleErrors(rule: PolicyRule, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!rule.level) errors.push(required(`${path}.level`, ''));
  else if (!LEVELS.includes(rule.level)) errors.push(notSupported(`${path}.level`, rule.level, [...LEVELS]));
  errors.push(...urlErrors(rule.nonResourceURLs ?? [], `${path}.nonResourceURLs`));
  for (const { group = '', resources, resourceNames } of rule.resources ?? []) {
    if (group !== '' && group !== '*')
      for (const fault of isDNS1123Subdomain(group))
        errors.push(invalid(`${path}.resources.group`, group, fault));
    if (filled(resourceNames) && !filled(resources))
      errors.push(
        invalid(
          `${path}.resources.resourceNames`,
          resourceNames,
          'using resourceNames requires at least one resource',
        ),
      );
  }
  errors.push(...stageErrors(rule.omitStages, `${path}.omitStages`));
  if (filled(rule.nonResourceURLs) && (filled(rule.resources) || filled(rule.namespaces)))
    errors.push(
      invalid(
        `${path}.nonResourceURLs`,
        rule.nonResourceURLs,
        'rules cannot apply to both regular resources and non-resource URLs',
      ),
    );
  return errors;
}

/** Reads a policy file's text (YAML or JSON). Throws an Error that says what is wrong. */
export function parsePolicy(text: string): AuditPolicy {
  const value = parseYamlText(text);
  if (!isObject(value)) throw new Error('the audit policy must be a YAML object');
  if (value.apiVersion !== 'audit.k8s.io/v1' || value.kind !== 'Policy')
    throw new Error(
      `unknown group version field ${String(value.apiVersion)}, Kind=${String(value.kind)} in policy`,
    );
  const rules = Array.isArray(value.rules) ? value.rules : [];
  if (!rules.every(isObject)) throw new Error('rules of the audit policy must be objects');
  const policy = { ...value, rules } as unknown as AuditPolicy;
  const errors = [
    ...stageErrors(policy.omitStages, 'omitStages'),
    ...policy.rules.flatMap((rule, index) => ruleErrors(rule, `rules[${index}]`)),
  ];
  if (errors.length > 0)
    throw new Error(errors.map(({ field, message }) => `${field}: ${message}`).join('; '));
  if (policy.rules.length === 0) throw new Error('loaded illegal policy with 0 rules');
  return policy;
}
