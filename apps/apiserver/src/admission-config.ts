import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { validateTolerations } from '@gantry/api/core/v1/pod-spec-validation/scheduling';
import type { Toleration } from '@gantry/api/generated/types';
import { type FieldError, formatFieldError, invalid, notSupported } from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import { parseYaml } from '@gantry/machinery/yaml';
import { EVENT_LIMIT_TYPES, type EventLimit } from '@gantry/server/admission/optional/event-rate-limit';
import type { PodTolerationOptions } from '@gantry/server/admission/optional/pod-toleration-restriction';
import type { PodSecurityOptions } from '@gantry/server/admission/pod-security/plugin';
import { type Defaults, isLevel, isVersion, NO_DEFAULTS } from '@gantry/server/admission/pod-security/policy';

/** What the file of `--admission-control-config-file` says, as far as plugins take it. */
export interface AdmissionConfig {
  readonly podSecurity?: PodSecurityOptions;
  readonly eventLimits?: readonly EventLimit[];
  readonly podTolerations?: PodTolerationOptions;
  readonly imagePolicy?: ImagePolicyConfig;
}

/** The server that decides on images, and how long its answers hold. */
export interface ImagePolicyConfig {
  readonly kubeConfigFile: string;
  readonly allowMs: number;
  readonly denyMs: number;
  readonly retryMs: number;
  readonly defaultAllow: boolean;
}

const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

function documentOf(text: string, file: string): Record<string, unknown> {
  const value = parseYaml(text).at(0)?.value;
  if (!isObject(value)) throw new Error(`${file}: an object was expected`);
  return value;
}

function defaultsOf(value: unknown, file: string): Defaults {
  const given = isObject(value) ? value : {};
  const mode = (name: keyof Defaults): Defaults[keyof Defaults] => {
    const { level: usual } = NO_DEFAULTS[name];
    const level = String(given[name] || usual);
    const version = String(given[`${name}-version`] || 'latest');
    if (!isLevel(level)) throw new Error(`${file}: defaults.${name}: ${JSON.stringify(level)} is no level`);
    if (!isVersion(version)) throw new Error(`${file}: defaults.${name}-version: must be "latest" or "v1.x"`);
    return { level, version };
  };
  return { enforce: mode('enforce'), audit: mode('audit'), warn: mode('warn') };
}

function podSecurityOf(value: Record<string, unknown>, file: string): PodSecurityOptions {
  const { defaults, exemptions } = value;
  const exempt = isObject(exemptions) ? exemptions : {};
  return {
    defaults: defaultsOf(defaults, file),
    exemptions: {
      usernames: names(exempt.usernames),
      namespaces: names(exempt.namespaces),
      runtimeClasses: names(exempt.runtimeClasses),
    },
  };
}

/** Throws Error unless the value is a list of tolerations. */
function tolerationsOf(value: unknown, path: string, file: string): Toleration[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? (value as Toleration[]) : undefined;
  if (list === undefined || !list.every(isObject)) throw new Error(`${file}: ${path}: a list was expected`);
  const errors: FieldError[] = [];
  validateTolerations(list, `podtolerationrestriction.${path}`, errors);
  const [first] = errors;
  if (first !== undefined) throw new Error(`${file}: invalid config: ${formatFieldError(first)}`);
  return list;
}

/** Limits of an eventratelimit.admission.k8s.io/v1alpha1 Configuration. Throws Error with the first fault. */
function eventLimitsOf({ limits }: Record<string, unknown>, file: string): EventLimit[] {
  const list = Array.isArray(limits) ? limits : [];
  if (list.length === 0) throw new Error(`${file}: limits: Invalid value: null: must not be empty`);
  return list.map((one, index): EventLimit => {
    const { type, qps, burst, cacheSize = 0 } = isObject(one) ? one : {};
    const path = `limits[${index}]`;
    const known = EVENT_LIMIT_TYPES.find((name) => name === type);
    const fault = (error: FieldError): Error => new Error(`${file}: ${formatFieldError(error)}`);
    if (known === undefined) throw fault(notSupported(`${path}.type`, type, EVENT_LIMIT_TYPES));
    if (!isCount(burst) || burst < 1) throw fault(invalid(`${path}.burst`, burst, 'must be positive'));
    if (!isCount(qps) || qps < 1) throw fault(invalid(`${path}.qps`, qps, 'must be positive'));
    if (!isCount(cacheSize)) throw fault(invalid(`${path}.cacheSize`, cacheSize, 'must not be negative'));
    return { type: known, qps, burst, cacheSize: Math.min(cacheSize, MAX_EVENT_KEYS) };
  });
}

const MAX_EVENT_KEYS = 1_000_000;
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

/** A time of the image policy in milliseconds: 0 = as usual, -1 = none. Throws Error. */
function imageTime(value: unknown, unitMs: number, usualMs: number, maxMs: number, file: string): number {
  if (value === undefined || value === 0) return usualMs;
  if (value === -1) return 0;
  const time = Number(value) * unitMs;
  if (!(time > 0 && time <= maxMs))
    throw new Error(`${file}: valid value is between 0 and ${maxMs / 1000}s, got ${String(value)}`);
  return time;
}

function imagePolicyOf({ imagePolicy }: Record<string, unknown>, file: string): ImagePolicyConfig {
  const { kubeConfigFile, allowTTL, denyTTL, retryBackoff, defaultAllow } = isObject(imagePolicy)
    ? imagePolicy
    : {};
  if (typeof kubeConfigFile !== 'string' || kubeConfigFile === '')
    throw new Error(`${file}: imagePolicy.kubeConfigFile: Required value`);
  return {
    kubeConfigFile: resolve(dirname(file), kubeConfigFile),
    allowMs: imageTime(allowTTL, 1_000, 5 * 60_000, 30 * 60_000, file),
    denyMs: imageTime(denyTTL, 1_000, 30_000, 30 * 60_000, file),
    retryMs: imageTime(retryBackoff, 1, 500, 5 * 60_000, file),
    defaultAllow: defaultAllow === true,
  };
}

type Configured = (value: Record<string, unknown>, file: string) => AdmissionConfig;

const CONFIGURED: Readonly<Record<string, Configured>> = {
  PodSecurity: (value, file) => ({ podSecurity: podSecurityOf(value, file) }),
  EventRateLimit: (value, file) => ({ eventLimits: eventLimitsOf(value, file) }),
  ImagePolicyWebhook: (value, file) => ({ imagePolicy: imagePolicyOf(value, file) }),
  PodTolerationRestriction: (value, file) => ({
    podTolerations: {
      default: tolerationsOf(value.default, 'default', file),
      whitelist: tolerationsOf(value.whitelist, 'whitelist', file),
    },
  }),
};

/**
 * Reads an AdmissionConfiguration with what it names, relative to its own folder. Throws Error with the file's name.
 * https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/
 */
export async function loadAdmissionConfig(file: string | undefined): Promise<AdmissionConfig> {
  if (file === undefined) return {};
  const { kind, plugins } = documentOf(await readFile(file, 'utf8'), file);
  if (kind !== 'AdmissionConfiguration') throw new Error(`${file}: no AdmissionConfiguration`);
  let config: AdmissionConfig = {};
  for (const plugin of Array.isArray(plugins) ? plugins : []) {
    const { name, configuration, path } = isObject(plugin) ? plugin : {};
    const read = typeof name === 'string' && Object.hasOwn(CONFIGURED, name) ? CONFIGURED[name] : undefined;
    if (read === undefined) continue;
    const named = typeof path === 'string' && path !== '' ? resolve(dirname(file), path) : undefined;
    const value = named === undefined ? configuration : documentOf(await readFile(named, 'utf8'), named);
    if (isObject(value)) config = { ...config, ...read(value, named ?? file) };
  }
  return config;
}
