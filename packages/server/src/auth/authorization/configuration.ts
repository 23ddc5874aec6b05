import { createEnvironment } from '@gantry/cel/environment';
import type { CelProgram, CelType } from '@gantry/cel/port';
import { isObject } from '@gantry/machinery/json';
import { parseYamlText } from '../../http/yaml.ts';
import type { SubjectAccessReviewSpec } from './webhook-authorizer.ts';

/** A webhook of an AuthorizationConfiguration. Times in milliseconds. */
export interface WebhookConfiguration {
  readonly name: string;
  readonly kubeConfigFile: string;
  readonly version: 'v1' | 'v1beta1';
  readonly timeoutMs: number;
  readonly authorizedMs: number;
  readonly unauthorizedMs: number;
  readonly failure: 'NoOpinion' | 'Deny';
  readonly conditions: readonly ((review: SubjectAccessReviewSpec) => boolean)[];
}

const BUILT_IN = ['Node', 'RBAC', 'AlwaysAllow', 'AlwaysDeny'] as const;
export type BuiltInMode = (typeof BUILT_IN)[number];

const VERSIONS = ['v1', 'v1beta1', 'v1alpha1'].map((version) => `apiserver.config.k8s.io/${version}`);
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const MAX_TIMEOUT_MS = 30_000;
const COST = 1_000_000;
const AUTHORIZED_MS = 5 * 60_000;
const UNAUTHORIZED_MS = 30_000;

const STRING: CelType = { kind: 'string' };
const DYN: CelType = { kind: 'dyn' };
const requestType: CelType = {
  kind: 'object',
  name: 'kubernetes.SubjectAccessReviewSpec',
  fields: () =>
    new Map([
      ['user', { type: STRING }],
      ['uid', { type: STRING }],
      ['groups', { type: { kind: 'list', element: STRING } }],
      ['extra', { type: { kind: 'map', key: STRING, value: { kind: 'list', element: STRING } } }],
      ['resourceAttributes', { type: DYN }],
      ['nonResourceAttributes', { type: DYN }],
    ]),
};
const environment = createEnvironment([{ name: 'request', type: requestType }]);

function holds(program: CelProgram): (review: SubjectAccessReviewSpec) => boolean {
  return (review) => program.evaluate({ request: review }, { cost: COST }).value === true;
}

function condition(expression: unknown, path: string): (review: SubjectAccessReviewSpec) => boolean {
  if (typeof expression !== 'string' || expression === '')
    throw new Error(`${path}.expression: Required value`);
  const compiled = environment.compile(expression, { resultTypes: [{ kind: 'bool' }] });
  if (!compiled.ok)
    throw new Error(
      `${path}.expression: Invalid value: ${JSON.stringify(expression)}: compilation failed: ${compiled.issues.map(({ message }) => message).join('; ')}`,
    );
  return holds(compiled.program);
}

function durationOf(value: unknown, path: string): number | undefined {
  if (value === undefined || value === '0s' || value === '') return undefined;
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value))
    throw new Error(`${path}: Invalid value: ${JSON.stringify(value)}: must be a duration`);
  let total = 0;
  for (const [, amount = '0', , unit = ''] of value.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g))
    total += Number(amount) * (UNITS[unit] ?? 0);
  return total;
}

function oneOf<T extends string>(value: unknown, known: readonly T[], path: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw new Error(
      `${path}: Unsupported value: ${JSON.stringify(value ?? '')}: supported values: ${known.map((one) => JSON.stringify(one)).join(', ')}`,
    );
  return found;
}

function webhookOf(name: string, value: unknown, path: string): WebhookConfiguration {
  if (!isObject(value)) throw new Error(`${path}: Required value`);
  const timeoutMs = durationOf(value.timeout, `${path}.timeout`);
  if (timeoutMs === undefined) throw new Error(`${path}.timeout: Required value`);
  if (timeoutMs > MAX_TIMEOUT_MS) throw new Error(`${path}.timeout: Invalid value: must be <= 30s`);
  const info = isObject(value.connectionInfo) ? value.connectionInfo : {};
  oneOf(info.type, ['KubeConfigFile'], `${path}.connectionInfo.type`);
  if (typeof info.kubeConfigFile !== 'string' || info.kubeConfigFile === '')
    throw new Error(`${path}.connectionInfo.kubeConfigFile: Required value`);
  const list = Array.isArray(value.matchConditions) ? value.matchConditions : [];
  if (list.length > 0)
    oneOf(
      value.matchConditionSubjectAccessReviewVersion,
      ['v1'],
      `${path}.matchConditionSubjectAccessReviewVersion`,
    );
  const keep = (ttl: unknown, cached: unknown, fallback: number, field: string): number =>
    cached === false ? 0 : (durationOf(ttl, `${path}.${field}`) ?? fallback);
  return {
    ...{ name, timeoutMs, kubeConfigFile: info.kubeConfigFile },
    version: oneOf(value.subjectAccessReviewVersion, ['v1', 'v1beta1'], `${path}.subjectAccessReviewVersion`),
    failure: oneOf(value.failurePolicy, ['NoOpinion', 'Deny'], `${path}.failurePolicy`),
    authorizedMs: keep(
      ...([value.authorizedTTL, value.cacheAuthorizedRequests, AUTHORIZED_MS, 'authorizedTTL'] as const),
    ),
    unauthorizedMs: keep(
      ...([
        value.unauthorizedTTL,
        value.cacheUnauthorizedRequests,
        UNAUTHORIZED_MS,
        'unauthorizedTTL',
      ] as const),
    ),
    conditions: list.map((one, index) =>
      condition(isObject(one) ? one.expression : undefined, `${path}.matchConditions[${index}]`),
    ),
  };
}

/** Reads an AuthorizationConfiguration file's text. Throws an Error that names the field at fault. */
export function parseAuthorizationConfiguration(
  text: string,
): readonly (BuiltInMode | WebhookConfiguration)[] {
  const value = parseYamlText(text);
  if (!isObject(value) || value.kind !== 'AuthorizationConfiguration')
    throw new Error('expected an AuthorizationConfiguration');
  if (!VERSIONS.includes(String(value.apiVersion)))
    throw new Error(`unknown apiVersion ${JSON.stringify(value.apiVersion)}, expected ${VERSIONS[0]}`);
  const list = Array.isArray(value.authorizers) ? value.authorizers : [];
  if (list.length === 0)
    throw new Error('authorizers: Required value: at least one authorization mode must be defined');
  const seen = new Set<string>();
  return list.map((one, index) => {
    const path = `authorizers[${index}]`;
    const { type, name, webhook } = isObject(one) ? one : {};
    if (typeof name !== 'string' || name === '') throw new Error(`${path}.name: Required value`);
    const key = type === 'Webhook' ? `Webhook ${name}` : String(type);
    if (seen.has(key)) throw new Error(`${path}: Duplicate value: ${JSON.stringify(key)}`);
    seen.add(key);
    return type === 'Webhook'
      ? webhookOf(name, webhook, `${path}.webhook`)
      : oneOf(type, [...BUILT_IN], `${path}.type`);
  });
}
