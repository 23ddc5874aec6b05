import { duplicate, forbidden, invalid, required } from '@gantry/machinery/field-error';
import { isDNS1123Label } from '@gantry/machinery/validation';
import type {
  DownwardAPIVolumeFile,
  HostPathVolumeSource,
  KeyToPath,
  ProjectedVolumeSource,
  Volume,
  VolumeProjection,
} from '../../../generated/types.ts';
import { quantityNano } from '../../../schema/canonical-quantity.ts';
import { check, type Errors, noBacksteps, relativePath } from '../../../validation/common.ts';
import { VOLUME_FIELDS, validateFieldRef, validateResourceFieldRef } from './env.ts';

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** Volumes by name, without those that are wrong in themselves: mounts of those are not found, as in the original. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  path: string,
  errors: Errors,
): ReadonlyMap<string, Volume> {
  const byName = new Map<string, Volume>();
  for (const [index, volume] of (volumes ?? []).entries()) {
    const at = `${path}[${index}]`;
    const before = errors.length;
    validateSource(volume, at, errors);
    if (!volume.name) errors.push(required(`${at}.name`));
    else check(isDNS1123Label(volume.name), `${at}.name`, volume.name, errors);
    if (byName.has(volume.name)) errors.push(duplicate(`${at}.name`, volume.name));
    if (errors.length === before) byName.set(volume.name, volume);
  }
  return byName;
}

function validateSource(volume: Volume, path: string, errors: Errors): void {
  const [first, ...others] = Object.keys(volume).filter((key) => key !== 'name');
  if (first === undefined) {
    errors.push(required(path, 'must specify a volume type'));
    return;
  }
  for (const other of others)
    errors.push(forbidden(`${path}.${other}`, 'may not specify more than 1 volume type'));
  const { emptyDir, hostPath, secret, configMap, downwardAPI, projected, persistentVolumeClaim, nfs } =
    volume;
  if (emptyDir?.sizeLimit !== undefined && quantityNano(emptyDir.sizeLimit) < 0n)
    errors.push(forbidden(`${path}.emptyDir.sizeLimit`, 'SizeLimit field must be a valid resource quantity'));
  if (hostPath !== undefined) validateHostPath(hostPath, `${path}.hostPath`, errors);
  if (secret !== undefined) {
    if (!secret.secretName) errors.push(required(`${path}.secret.secretName`));
    validateMode(secret.defaultMode, `${path}.secret.defaultMode`, errors);
    validateItems(secret.items, `${path}.secret.items`, errors);
  }
  if (configMap !== undefined) {
    if (!configMap.name) errors.push(required(`${path}.configMap.name`));
    validateMode(configMap.defaultMode, `${path}.configMap.defaultMode`, errors);
    validateItems(configMap.items, `${path}.configMap.items`, errors);
  }
  if (downwardAPI !== undefined) {
    validateMode(downwardAPI.defaultMode, `${path}.downwardAPI.defaultMode`, errors);
    validateDownward(downwardAPI.items, `${path}.downwardAPI`, errors);
  }
  if (projected !== undefined) validateProjected(projected, `${path}.projected`, errors);
  if (persistentVolumeClaim !== undefined && !persistentVolumeClaim.claimName)
    errors.push(required(`${path}.persistentVolumeClaim.claimName`));
  if (nfs !== undefined) {
    if (!nfs.server) errors.push(required(`${path}.nfs.server`));
    if (!nfs.path) errors.push(required(`${path}.nfs.path`));
    else if (!nfs.path.startsWith('/'))
      errors.push(invalid(`${path}.nfs.path`, nfs.path, 'must be an absolute path'));
  }
}

function validateHostPath(source: HostPathVolumeSource, path: string, errors: Errors): void {
  if (!source.path) {
    errors.push(required(`${path}.path`));
    return;
  }
  noBacksteps(source.path, `${path}.path`, errors);
  const type = source.type ?? '';
  if (!HOST_PATH_TYPES.includes(type))
    errors.push({
      type: 'FieldValueNotSupported',
      field: `${path}.type`,
      message: `Unsupported value: ${JSON.stringify(type)}: supported values: ${HOST_PATH_TYPES.map((one) => JSON.stringify(one)).join(', ')}`,
    });
}

function validateMode(mode: number | undefined, path: string, errors: Errors): void {
  if (mode !== undefined && (mode < 0 || mode > 0o777)) errors.push(invalid(path, mode, MODE));
}

function validateItems(items: readonly KeyToPath[] | undefined, path: string, errors: Errors): void {
  for (const [index, item] of (items ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (!item.key) errors.push(required(`${at}.key`));
    if (!item.path) errors.push(required(`${at}.path`));
    nonReservedPath(item.path, `${at}.path`, errors);
    validateMode(item.mode, `${at}.mode`, errors);
  }
}

/** Names that begin with `..` are how the node agent replaces a volume's content at once. */
function nonReservedPath(value: string, path: string, errors: Errors): void {
  relativePath(value, path, errors);
  if (value.startsWith('..') && !value.startsWith('../'))
    errors.push(invalid(path, value, "must not start with '..'"));
}

function validateDownward(
  items: readonly DownwardAPIVolumeFile[] | undefined,
  path: string,
  errors: Errors,
): void {
  for (const [index, file] of (items ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (!file.path) errors.push(required(`${path}.path`));
    nonReservedPath(file.path ?? '', `${path}.path`, errors);
    if (file.fieldRef !== undefined) {
      validateFieldRef(file.fieldRef, VOLUME_FIELDS, `${path}.fieldRef`, errors);
      if (file.resourceFieldRef !== undefined)
        errors.push(
          invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'),
        );
    } else if (file.resourceFieldRef !== undefined)
      validateResourceFieldRef(file.resourceFieldRef, true, `${path}.resourceFieldRef`, errors);
    else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
    validateMode(file.mode, `${at}.mode`, errors);
  }
}

function validateProjected(source: ProjectedVolumeSource, path: string, errors: Errors): void {
  validateMode(source.defaultMode, `${path}.defaultMode`, errors);
  const paths = new Set<string>();
  for (const [index, one] of (source.sources ?? []).entries()) {
    const at = `${path}.sources[${index}]`;
    if (one.secret !== undefined) {
      if (!one.secret.name) errors.push(required(`${at}.secret.name`));
      validateItems(one.secret.items, `${at}.secret.items`, errors);
    }
    if (one.configMap !== undefined) {
      if (!one.configMap.name) errors.push(required(`${at}.configMap.name`));
      validateItems(one.configMap.items, `${at}.configMap.items`, errors);
    }
    if (one.downwardAPI !== undefined) validateDownward(one.downwardAPI.items, `${at}.downwardAPI`, errors);
    const token = one.serviceAccountToken;
    if (token !== undefined) {
      const seconds = token.expirationSeconds ?? 3600;
      if (seconds < 600)
        errors.push(
          invalid(
            `${at}.serviceAccountToken.expirationSeconds`,
            seconds,
            'may not specify a duration less than 10 minutes',
          ),
        );
      if (!token.path) errors.push(required(`${at}.serviceAccountToken.path`));
    }
    const kinds = Object.keys(one);
    if (kinds.length > 1)
      errors.push(forbidden(`${at}.${kinds[1]}`, 'may not specify more than 1 volume type'));
    for (const [name, item] of namedItems(one)) {
      if (paths.has(item.path)) errors.push(invalid(path, name, 'conflicting duplicate paths'));
      paths.add(item.path);
    }
  }
}

function namedItems(source: VolumeProjection): [string, KeyToPath][] {
  const { secret, configMap } = source;
  return [
    ...(secret?.items ?? []).map((item): [string, KeyToPath] => [secret?.name ?? '', item]),
    ...(configMap?.items ?? []).map((item): [string, KeyToPath] => [configMap?.name ?? '', item]),
  ];
}
