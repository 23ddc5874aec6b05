import { formatType, typeOf } from '@gantry/cel/check/types';
import { createEnvironment } from '@gantry/cel/environment';
import type { CelProgram, CelType } from '@gantry/cel/port';
import {
  duplicate,
  type FieldError,
  formatFieldError,
  invalid,
  notSupported,
  required,
  tooMany,
} from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import { parseYamlText } from '../../http/yaml.ts';
import { compileFault } from '../compile-fault.ts';
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

const BUILT_IN = ['Node', 'RBAC', 'ABAC', 'AlwaysAllow', 'AlwaysDeny'] as const;
export type BuiltInMode = (typeof BUILT_IN)[number];
const TYPES = [...BUILT_IN, 'Webhook'];

const VERSIONS = ['v1', 'v1beta1', 'v1alpha1'].map((version) => `apiserver.config.k8s.io/${version}`);
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const MAX_TIMEOUT_MS = 30_000;
const MAX_CONDITIONS = 64;
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
  return (review) => {
    try {
      return program.evaluate({ request: review }, { cost: COST }).value === true;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`cel evaluation error: expression '${program.source}' resulted in error: ${cause}`);
    }
  };
}

/** Reads one webhook, and takes note of what is wrong with it. */
class WebhookReader {
  readonly #path: string;
  readonly #errors: FieldError[];

  constructor(path: string, errors: FieldError[]) {
    this.#path = path;
    this.#errors = errors;
  }

  read(name: string, value: Readonly<Record<string, unknown>>): WebhookConfiguration {
    const timeoutMs = this.#duration(value, 'timeout', 0);
    if (timeoutMs > MAX_TIMEOUT_MS)
      this.#errors.push(invalid(this.#at('timeout'), value.timeout, 'must be > 0s and <= 30s'));
    const authorizedMs = this.#duration(value, 'authorizedTTL', AUTHORIZED_MS);
    const unauthorizedMs = this.#duration(value, 'unauthorizedTTL', UNAUTHORIZED_MS);
    const version = this.#oneOf(value, 'subjectAccessReviewVersion', ['v1', 'v1beta1']);
    this.#matchVersion(value);
    const failure = this.#oneOf(value, 'failurePolicy', ['NoOpinion', 'Deny']);
    return {
      ...{ name, timeoutMs, version, failure },
      kubeConfigFile: this.#kubeConfigFile(value),
      authorizedMs: value.cacheAuthorizedRequests === false ? 0 : authorizedMs,
      unauthorizedMs: value.cacheUnauthorizedRequests === false ? 0 : unauthorizedMs,
      conditions: this.#conditions(value.matchConditions),
    };
  }

  readonly #at = (field: string): string => `${this.#path}.${field}`;

  #duration(fields: Readonly<Record<string, unknown>>, field: string, fallback: number): number {
    const value = fields[field];
    if (value === undefined || value === '' || value === '0s') {
      if (fallback === 0) this.#errors.push(required(this.#at(field)));
      return fallback;
    }
    if (typeof value !== 'string' || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value)) {
      this.#errors.push(invalid(this.#at(field), value, 'must be a duration > 0s'));
      return fallback;
    }
    let total = 0;
    for (const [, amount = '0', , unit = ''] of value.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g))
      total += Number(amount) * (UNITS[unit] ?? 0);
    return total;
  }

  #oneOf<T extends string>(
    fields: Readonly<Record<string, unknown>>,
    field: string,
    known: readonly [T, ...T[]],
  ): T {
    const value = fields[field] ?? '';
    const found = known.find((one) => one === value);
    if (found === undefined)
      this.#errors.push(
        value === '' ? required(this.#at(field)) : notSupported(this.#at(field), value, known),
      );
    return found ?? known[0];
  }

  #matchVersion({ matchConditionSubjectAccessReviewVersion: version = '', matchConditions }: Fields): void {
    const field = 'matchConditionSubjectAccessReviewVersion';
    if (version === '') {
      if (Array.isArray(matchConditions) && matchConditions.length > 0)
        this.#errors.push(required(this.#at(field), 'required if match conditions are specified'));
    } else if (version !== 'v1') this.#errors.push(notSupported(this.#at(field), version, ['v1']));
  }

  #kubeConfigFile({ connectionInfo }: Fields): string {
    const info = isObject(connectionInfo) ? connectionInfo : {};
    const { type = '', kubeConfigFile } = info;
    if (type === '') this.#errors.push(required(this.#at('connectionInfo.type')));
    else if (type !== 'KubeConfigFile')
      this.#errors.push(notSupported(this.#at('connectionInfo.type'), type, ['KubeConfigFile']));
    const at = this.#at('connectionInfo.kubeConfigFile');
    if (typeof kubeConfigFile !== 'string' || kubeConfigFile === '') {
      this.#errors.push(required(at));
      return '';
    }
    if (!kubeConfigFile.startsWith('/'))
      this.#errors.push(invalid(at, kubeConfigFile, 'must be an absolute path'));
    return kubeConfigFile;
  }

  #conditions(value: unknown): WebhookConfiguration['conditions'] {
    const list = Array.isArray(value) ? value : [];
    if (list.length > MAX_CONDITIONS) {
      this.#errors.push(tooMany(this.#at('matchConditions'), list.length, MAX_CONDITIONS));
      return [];
    }
    const seen = new Set<unknown>();
    return list.flatMap((one, index) => {
      const at = this.#at(`matchConditions[${index}].expression`);
      const expression = isObject(one) ? one.expression : undefined;
      if (typeof expression !== 'string' || expression.trim() === '') this.#errors.push(required(at));
      else if (seen.has(expression)) this.#errors.push(duplicate(at, expression));
      else {
        seen.add(expression);
        const compiled = compileCondition(expression);
        if (typeof compiled !== 'string') return [compiled];
        this.#errors.push(invalid(at, expression, compiled));
      }
      return [];
    });
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** The test of a condition, or why there is none. */
function compileCondition(expression: string): WebhookConfiguration['conditions'][number] | string {
  const compiled = environment.compile(expression);
  if (!compiled.ok) return compileFault(expression, compiled.issues);
  const { resultType } = compiled.program;
  return resultType.kind === 'bool'
    ? holds(compiled.program)
    : `must evaluate to bool but got ${formatType(typeOf(resultType))}`;
}

function authorizerOf(
  value: unknown,
  index: number,
  seen: { readonly types: Set<unknown>; readonly names: Set<unknown> },
  errors: FieldError[],
): BuiltInMode | WebhookConfiguration | undefined {
  const path = `authorizers[${index}]`;
  const { type = '', name = '', webhook } = isObject(value) ? value : {};
  if (type === '') errors.push(required(`${path}.type`));
  else if (typeof type !== 'string' || !TYPES.includes(type))
    errors.push(notSupported(`${path}.type`, type, TYPES));
  else if (type !== 'Webhook' && seen.types.has(type)) errors.push(duplicate(`${path}.type`, type));
  else {
    seen.types.add(type);
    const wrong = typeof name === 'string' && name !== '' ? isDNS1123Subdomain(name) : [];
    if (typeof name !== 'string' || name === '') errors.push(required(`${path}.name`));
    else if (seen.names.has(name)) errors.push(duplicate(`${path}.name`, name));
    else if (wrong.length > 0)
      errors.push(invalid(`${path}.name`, name, `authorizer name is invalid: ${wrong.join(', ')}`));
    seen.names.add(name);
    const builtIn = BUILT_IN.find((one) => one === type);
    if (builtIn === undefined) {
      if (isObject(webhook)) return new WebhookReader(path, errors).read(String(name), webhook);
      errors.push(required(`${path}.webhook`, 'required when type=Webhook'));
    } else if (webhook !== undefined && webhook !== null)
      errors.push(invalid(`${path}.webhook`, 'non-null', 'may only be specified when type=Webhook'));
    return builtIn;
  }
  return undefined;
}

/** One error as it is, several in brackets. */
function refuse(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`);
}

/** Reads an AuthorizationConfiguration file's text. Throws an Error that names the fields at fault. */
export function parseAuthorizationConfiguration(
  text: string,
): readonly (BuiltInMode | WebhookConfiguration)[] {
  const value = parseYamlText(text);
  if (!isObject(value) || value.kind !== 'AuthorizationConfiguration')
    throw new Error('expected an AuthorizationConfiguration');
  if (!VERSIONS.includes(String(value.apiVersion)))
    throw new Error(`unknown apiVersion ${JSON.stringify(value.apiVersion)}, expected ${VERSIONS[0]}`);
  const list = Array.isArray(value.authorizers) ? value.authorizers : [];
  const errors: FieldError[] = [];
  if (list.length === 0)
    errors.push(required('authorizers', 'at least one authorization mode must be defined'));
  const seen = { types: new Set(), names: new Set() };
  const read = list.map((one, index) => authorizerOf(one, index, seen, errors));
  refuse(errors.map(formatFieldError));
  const wrongNames = list.flatMap((one) => {
    const { type, name } = one as { type: string; name: string };
    const wanted = type.toLowerCase();
    return type === 'Webhook' || name === wanted
      ? []
      : [`expected name ${wanted} for authorizer ${type} instead of ${name}`];
  });
  refuse(wrongNames);
  return read.filter((one) => one !== undefined);
}
