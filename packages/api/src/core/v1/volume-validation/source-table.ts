import { invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Label, isDNS1123Subdomain, rangeMessage } from '@gantry/machinery/validation';
import type { PersistentVolumeSpec, Volume } from '../../../generated/types.ts';
import { check, type Errors, noBacksteps, relativePath } from '../../../validation/common.ts';
import { validateAzureDisk } from './azure-disk.ts';
import { validateIscsi } from './iscsi.ts';

/** What a volume of a pod is made of: one of these. */
export type VolumeSource = Omit<Volume, 'name'>;

/** Checks one source of a volume; `path` is the source's own. `persistent`: it stands in a PersistentVolume. */
export type SourceRule<T> = (source: T, path: string, errors: Errors, persistent: boolean) => void;

const DISK_PARTITION = rangeMessage(1, 255);
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
const HOST_PORTS = 'must be a host:port pair or multiple pairs separated by commas';
const RESERVED_OPTION = 'kubernetes.io and k8s.io namespaces are reserved';
const MAX_DRIVER = 63;
const MAX_TENANT = 64;
const MAX_LUN = 255;

/** Text fields that must not be empty. */
export const needs =
  <T extends object>(...fields: (keyof T & string)[]): SourceRule<T> =>
  (source, path, errors) => {
    for (const field of fields) if (!source[field]) errors.push(required(`${path}.${field}`));
  };

interface Reference {
  readonly name?: string;
  readonly namespace?: string;
}

/** A Secret by name; in a PersistentVolume by namespace too. */
function secretRef(ref: Reference | undefined, path: string, errors: Errors, namespaced: boolean): void {
  if (ref === undefined) return;
  if (!ref.name) errors.push(required(`${path}.secretRef.name`));
  if (namespaced && !ref.namespace) errors.push(required(`${path}.secretRef.namespace`));
}

const partition = (value: number | undefined, path: string, errors: Errors): void => {
  if (value !== undefined && (value < 0 || value > 255))
    errors.push(invalid(`${path}.partition`, value, DISK_PARTITION));
};

export const hostPath: SourceRule<NonNullable<VolumeSource['hostPath']>> = (source, path, errors) => {
  if (!source.path) {
    errors.push(required(`${path}.path`));
    return;
  }
  noBacksteps(source.path, `${path}.path`, errors);
  const type = source.type ?? '';
  if (!HOST_PATH_TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, HOST_PATH_TYPES));
};

const gitRepo: SourceRule<NonNullable<VolumeSource['gitRepo']>> = (source, path, errors) => {
  if (!source.repository) errors.push(required(`${path}.repository`));
  relativePath(source.directory ?? '', `${path}.directory`, errors);
};

const gcePersistentDisk: SourceRule<NonNullable<VolumeSource['gcePersistentDisk']>> = (
  source,
  path,
  errors,
) => {
  if (!source.pdName) errors.push(required(`${path}.pdName`));
  partition(source.partition, path, errors);
};

const awsElasticBlockStore: SourceRule<NonNullable<VolumeSource['awsElasticBlockStore']>> = (
  source,
  path,
  errors,
) => {
  if (!source.volumeID) errors.push(required(`${path}.volumeID`));
  partition(source.partition, path, errors);
};

const nfs: SourceRule<NonNullable<VolumeSource['nfs']>> = (source, path, errors) => {
  if (!source.server) errors.push(required(`${path}.server`));
  if (!source.path) errors.push(required(`${path}.path`));
  if (!source.path?.startsWith('/'))
    errors.push(invalid(`${path}.path`, source.path ?? '', 'must be an absolute path'));
};

const glusterfs: SourceRule<{ endpoints?: string; path?: string; endpointsNamespace?: string }> = (
  source,
  path,
  errors,
) => {
  if (!source.endpoints) errors.push(required(`${path}.endpoints`));
  if (!source.path) errors.push(required(`${path}.path`));
  const namespace = source.endpointsNamespace;
  if (namespace === '')
    errors.push(
      invalid(
        `${path}.endpointsNamespace`,
        '',
        'if the endpointnamespace is set, it must be a valid namespace name',
      ),
    );
  else if (namespace !== undefined)
    check(isDNS1123Label(namespace), `${path}.endpointsNamespace`, namespace, errors);
};

const flocker: SourceRule<NonNullable<VolumeSource['flocker']>> = (
  { datasetName = '', datasetUUID = '' },
  path,
  errors,
) => {
  if (datasetName === '' && datasetUUID === '')
    errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (datasetName !== '' && datasetUUID !== '')
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  if (datasetName.includes('/'))
    errors.push(invalid(`${path}.datasetName`, datasetName, "must not contain '/'"));
};

const rbd: SourceRule<{ monitors?: readonly string[]; image?: string }> = (source, path, errors) => {
  if ((source.monitors ?? []).length === 0) errors.push(required(`${path}.monitors`));
  if (!source.image) errors.push(required(`${path}.image`));
};

const cinder: SourceRule<{ volumeID?: string; secretRef?: Reference }> = (
  source,
  path,
  errors,
  persistent,
) => {
  if (!source.volumeID) errors.push(required(`${path}.volumeID`));
  secretRef(source.secretRef, path, errors, persistent);
};

const cephfs: SourceRule<{ monitors?: readonly string[] }> = (source, path, errors) => {
  if ((source.monitors ?? []).length === 0) errors.push(required(`${path}.monitors`));
};

const quobyte: SourceRule<NonNullable<VolumeSource['quobyte']>> = (source, path, errors) => {
  const registry = source.registry ?? '';
  if (registry === '') errors.push(required(`${path}.registry`, HOST_PORTS));
  else if ((source.tenant ?? '').length > MAX_TENANT)
    errors.push(required(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'));
  else
    for (const pair of registry.split(','))
      if (!/^(\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(pair))
        errors.push(invalid(`${path}.registry`, registry, HOST_PORTS));
  if (!source.volume) errors.push(required(`${path}.volume`));
};

const fc: SourceRule<NonNullable<VolumeSource['fc']>> = (
  { targetWWNs = [], wwids = [], lun },
  path,
  errors,
) => {
  const at = `${path}.targetWWNs`;
  if (targetWWNs.length === 0 && wwids.length === 0)
    errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
  if (targetWWNs.length > 0 && wwids.length > 0)
    errors.push(invalid(at, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'));
  if (targetWWNs.length === 0) return;
  if (lun === undefined) errors.push(required(`${path}.lun`, 'lun is required if targetWWNs is specified'));
  else if (lun < 0 || lun > MAX_LUN) errors.push(invalid(`${path}.lun`, lun, rangeMessage(0, MAX_LUN)));
};

const flexVolume: SourceRule<{ driver?: string; options?: Readonly<Record<string, string>> }> = (
  source,
  path,
  errors,
) => {
  if (!source.driver) errors.push(required(`${path}.driver`));
  for (const key of Object.keys(source.options ?? {})) {
    const owner = `.${(key.split('/', 2)[0] ?? '').toLowerCase()}`;
    if (owner.endsWith('.kubernetes.io') || owner.endsWith('.k8s.io'))
      errors.push(invalid(`${path}.options[${key}]`, key, RESERVED_OPTION));
  }
};

const azureFile: SourceRule<{ secretName?: string; shareName?: string; secretNamespace?: string }> = (
  source,
  path,
  errors,
) => {
  if (!source.secretName) errors.push(required(`${path}.secretName`));
  if (!source.shareName) errors.push(required(`${path}.shareName`));
  if (source.secretNamespace === '') errors.push(required(`${path}.secretNamespace`));
};

const storageos: SourceRule<{ volumeName?: string; volumeNamespace?: string; secretRef?: Reference }> = (
  source,
  path,
  errors,
  persistent,
) => {
  const { volumeName, volumeNamespace } = source;
  if (!volumeName) errors.push(required(`${path}.volumeName`));
  else check(isDNS1123Label(volumeName), `${path}.volumeName`, volumeName, errors);
  if (volumeNamespace)
    check(isDNS1123Label(volumeNamespace), `${path}.volumeNamespace`, volumeNamespace, errors);
  secretRef(source.secretRef, path, errors, persistent);
};

/** https://github.com/container-storage-interface/spec/blob/master/spec.md#getplugininfo */
export function validateDriverName(driver: string | undefined, path: string, errors: Errors): void {
  if (!driver) {
    errors.push(required(path));
    return;
  }
  if (driver.length > MAX_DRIVER)
    errors.push({
      type: 'FieldValueTooLong',
      field: path,
      message: `Too long: may not be more than ${MAX_DRIVER} bytes`,
    });
  check(isDNS1123Subdomain(driver.toLowerCase()), path, driver, errors);
}

/** Sources that pods and PersistentVolumes share, by field. */
export const sharedSources = {
  hostPath,
  gcePersistentDisk,
  awsElasticBlockStore,
  nfs,
  iscsi: validateIscsi,
  glusterfs,
  flocker,
  rbd,
  cinder,
  cephfs,
  quobyte,
  fc,
  flexVolume,
  azureFile,
  vsphereVolume: needs<NonNullable<VolumeSource['vsphereVolume']>>('volumePath'),
  photonPersistentDisk: needs<NonNullable<VolumeSource['photonPersistentDisk']>>('pdID'),
  portworxVolume: needs<NonNullable<VolumeSource['portworxVolume']>>('volumeID'),
  azureDisk: validateAzureDisk,
  storageos,
  scaleIO: needs<NonNullable<PersistentVolumeSpec['scaleIO']>>('gateway', 'system', 'volumeName'),
} as const;

export const podOnlySources = { gitRepo } as const;
