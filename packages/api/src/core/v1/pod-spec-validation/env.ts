import { invalid, notSupported, required } from '@gantry/machinery/field-error';
import {
  isConfigMapKey,
  isDNS1123Label,
  isDNS1123Subdomain,
  isQualifiedName,
  isRelaxedEnvVarName,
} from '@gantry/machinery/validation';
import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from '../../../generated/types.ts';
import { check, type Errors, noBacksteps } from '../../../validation/common.ts';

const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
export const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const HUGE_PAGES = /^(limits|requests)\.hugepages-/;
/** Fields of a pod that the downward API knows at all; others can't be converted. */
const KNOWN_FIELDS = new Set([
  ...ENV_FIELDS,
  ...VOLUME_FIELDS,
  'spec.restartPolicy',
  'status.phase',
  'spec.schedulerName',
  'spec.hostNetwork',
  'status.nominatedNodeName',
]);

export function validateEnv(vars: readonly EnvVar[] | undefined, path: string, errors: Errors): void {
  for (const [index, env] of (vars ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (!env.name) errors.push(required(`${at}.name`));
    else check(isRelaxedEnvVarName(env.name), `${at}.name`, env.name, errors);
    if (env.valueFrom !== undefined) validateSource(env.valueFrom, env.value, `${at}.valueFrom`, errors);
  }
}

function validateSource(source: EnvVarSource, value: string | undefined, path: string, errors: Errors): void {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  if (fieldRef !== undefined) validateFieldRef(fieldRef, ENV_FIELDS, `${path}.fieldRef`, errors);
  if (resourceFieldRef !== undefined)
    validateResourceFieldRef(resourceFieldRef, false, `${path}.resourceFieldRef`, errors);
  if (configMapKeyRef !== undefined) validateKeyRef(configMapKeyRef, `${path}.configMapKeyRef`, errors);
  if (secretKeyRef !== undefined) validateKeyRef(secretKeyRef, `${path}.secretKeyRef`, errors);
  if (fileKeyRef !== undefined) {
    const { key, volumeName, path: file } = fileKeyRef;
    const at = `${path}.fileKeyRef`;
    if (!key) errors.push(required(`${at}.key`));
    else check(isRelaxedEnvVarName(key), `${at}.key`, key, errors);
    if (!volumeName) errors.push(required(`${at}.volumeName`));
    else check(isDNS1123Label(volumeName), `${at}.volumeName`, volumeName, errors);
    if (!file) errors.push(required(`${at}.path`));
    else noBacksteps(file, `${at}.path`, errors);
  }
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(
    (one) => one !== undefined,
  ).length;
  if (sources === 0)
    errors.push(
      invalid(
        path,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    );
  else if (value) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  else if (sources > 1)
    errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
}

function validateKeyRef(ref: { name?: string; key?: string }, path: string, errors: Errors): void {
  check(isDNS1123Subdomain(ref.name ?? ''), `${path}.name`, ref.name ?? '', errors);
  if (!ref.key) errors.push(required(`${path}.key`));
  else check(isConfigMapKey(ref.key), `${path}.key`, ref.key, errors);
}

export function validateFieldRef(
  ref: ObjectFieldSelector,
  allowed: readonly string[],
  path: string,
  errors: Errors,
): void {
  if (!ref.fieldPath) {
    errors.push(required(`${path}.fieldPath`));
    return;
  }
  const subscript = /^(.*)\['([^']*)'\]$/.exec(ref.fieldPath);
  if (subscript !== null) {
    const [, field = '', key = ''] = subscript;
    if (field === 'metadata.annotations') check(isQualifiedName(key.toLowerCase()), path, key, errors);
    else if (field === 'metadata.labels') check(isQualifiedName(key), path, key, errors);
    else errors.push(invalid(path, field, 'does not support subscript'));
    return;
  }
  if (!KNOWN_FIELDS.has(ref.fieldPath))
    errors.push(
      invalid(
        `${path}.fieldPath`,
        ref.fieldPath,
        `error converting fieldPath: field label not supported: ${ref.fieldPath}`,
      ),
    );
  else if (!allowed.includes(ref.fieldPath))
    errors.push(notSupported(`${path}.fieldPath`, ref.fieldPath, allowed));
}

export function validateResourceFieldRef(
  ref: ResourceFieldSelector,
  inVolume: boolean,
  path: string,
  errors: Errors,
): void {
  if (inVolume && !ref.containerName) errors.push(required(`${path}.containerName`));
  else if (!ref.resource) errors.push(required(`${path}.resource`));
  else if (!RESOURCES.includes(ref.resource) && !HUGE_PAGES.test(ref.resource))
    errors.push(notSupported(`${path}.resource`, ref.resource, RESOURCES));
}

export function validateEnvFrom(
  sources: readonly EnvFromSource[] | undefined,
  path: string,
  errors: Errors,
): void {
  for (const [index, source] of (sources ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (source.prefix) check(isRelaxedEnvVarName(source.prefix), `${at}.prefix`, source.prefix, errors);
    const { configMapRef, secretRef } = source;
    for (const [field, ref] of [
      ['configMapRef', configMapRef],
      ['secretRef', secretRef],
    ] as const)
      if (ref !== undefined && !ref.name) errors.push(required(`${at}.${field}.name`));
      else if (ref?.name) check(isDNS1123Subdomain(ref.name), `${at}.${field}.name`, ref.name, errors);
    if (configMapRef === undefined && secretRef === undefined)
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    else if (configMapRef !== undefined && secretRef !== undefined)
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
  }
}
