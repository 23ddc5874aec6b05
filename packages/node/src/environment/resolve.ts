import type { ConfigMap, Container, EnvVar, Pod, Secret, Service } from '@gantry/api/generated/types';
import { type AnyContainer, findContainer, namespaceOf } from '../kubelet/pod.ts';
import { expand } from './expand.ts';
import { fieldValue, type NodeFacts, resourceValue } from './field-ref.ts';
import { serviceEnvironment } from './service-env.ts';

/** Where values come from. A lookup answers undefined when the object does not exist. */
export interface ObjectLookup {
  configMap(namespace: string, name: string): Promise<ConfigMap | undefined>;
  secret(namespace: string, name: string): Promise<Secret | undefined>;
}

/** A container can't be configured; becomes the waiting reason CreateContainerConfigError. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** The variables of a container in the order of the original: envFrom, env, then Services. Throws `ConfigError`. */
export async function resolveEnvironment(options: {
  readonly pod: Pod;
  readonly container: AnyContainer;
  readonly objects: ObjectLookup;
  readonly services: readonly Service[];
  readonly node: NodeFacts;
  readonly podIps: readonly string[];
}): Promise<Map<string, string>> {
  const { pod, container, objects } = options;
  const result = new Map<string, string>();
  const services = serviceEnvironment(
    options.services,
    namespaceOf(pod),
    pod.spec.enableServiceLinks !== false,
  );
  await addFrom(result, pod, container, objects);
  const lookup = (name: string): string | undefined => result.get(name) ?? services.get(name);
  for (const variable of container.env ?? []) {
    const value = await variableValue(variable, options, lookup);
    if (value !== undefined) result.set(variable.name, value);
  }
  for (const [name, value] of services) if (!result.has(name)) result.set(name, value);
  return result;
}

async function addFrom(
  result: Map<string, string>,
  pod: Pod,
  container: AnyContainer,
  objects: ObjectLookup,
): Promise<void> {
  const namespace = namespaceOf(pod);
  for (const source of container.envFrom ?? []) {
    const prefix = source.prefix ?? '';
    if (source.configMapRef !== undefined) {
      const { name = '', optional } = source.configMapRef;
      const map = await objects.configMap(namespace, name);
      if (map === undefined && optional !== true) throw new ConfigError(`configmap "${name}" not found`);
      for (const [key, value] of Object.entries(map?.data ?? {})) result.set(prefix + key, value);
    } else if (source.secretRef !== undefined) {
      const { name = '', optional } = source.secretRef;
      const secret = await objects.secret(namespace, name);
      if (secret === undefined && optional !== true) throw new ConfigError(`secret "${name}" not found`);
      for (const [key, value] of Object.entries(secret?.data ?? {})) result.set(prefix + key, decode(value));
    }
  }
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

async function variableValue(
  variable: EnvVar,
  options: Parameters<typeof resolveEnvironment>[0],
  lookup: (name: string) => string | undefined,
): Promise<string | undefined> {
  const { pod, objects, node } = options;
  const from = variable.valueFrom;
  if (from === undefined) return expand(variable.value ?? '', lookup);
  const namespace = namespaceOf(pod);
  if (from.fieldRef !== undefined) {
    return configured(() => fieldValue(pod, from.fieldRef?.fieldPath ?? '', node, options.podIps));
  }
  if (from.resourceFieldRef !== undefined) {
    const { containerName, resource, divisor } = from.resourceFieldRef;
    const container =
      containerName === undefined || containerName === ''
        ? options.container
        : findContainer(pod.spec, containerName);
    if (container === undefined) throw new ConfigError(`container ${containerName} not found`);
    return configured(() => resourceValue(container as Container, resource, divisor, node));
  }
  if (from.configMapKeyRef !== undefined) {
    const { name = '', key, optional } = from.configMapKeyRef;
    const map = await objects.configMap(namespace, name);
    if (map === undefined && optional !== true) throw new ConfigError(`configmap "${name}" not found`);
    const value = map?.data?.[key];
    if (value === undefined && optional !== true) {
      throw new ConfigError(`couldn't find key ${key} in ConfigMap ${namespace}/${name}`);
    }
    return value;
  }
  if (from.secretKeyRef !== undefined) {
    const { name = '', key, optional } = from.secretKeyRef;
    const secret = await objects.secret(namespace, name);
    if (secret === undefined && optional !== true) throw new ConfigError(`secret "${name}" not found`);
    const value = secret?.data?.[key];
    if (value === undefined && optional !== true) {
      throw new ConfigError(`couldn't find key ${key} in Secret ${namespace}/${name}`);
    }
    return value === undefined ? undefined : decode(value);
  }
  return undefined;
}

function configured(read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}
