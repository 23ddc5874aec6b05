import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isObject } from '@gantry/machinery/json';
import { parseYaml } from '@gantry/machinery/yaml';
import type { PodSecurityOptions } from '@gantry/server/admission/pod-security/plugin';
import { type Defaults, isLevel, isVersion, NO_DEFAULTS } from '@gantry/server/admission/pod-security/policy';

/** What the file of `--admission-control-config-file` says, as far as plugins take it. */
export interface AdmissionConfig {
  readonly podSecurity?: PodSecurityOptions;
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
    if (!isObject(plugin) || plugin.name !== 'PodSecurity') continue;
    const { configuration, path } = plugin;
    const named = typeof path === 'string' && path !== '' ? resolve(dirname(file), path) : undefined;
    const value = named === undefined ? configuration : documentOf(await readFile(named, 'utf8'), named);
    if (isObject(value)) config = { ...config, podSecurity: podSecurityOf(value, named ?? file) };
  }
  return config;
}
