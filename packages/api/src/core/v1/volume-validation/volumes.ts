import { duplicate, forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Label, isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { CSIVolumeSource, Volume } from '../../../generated/types.ts';
import { quantityNano } from '../../../schema/canonical-quantity.ts';
import { check, type Errors } from '../../../validation/common.ts';
import { validateEphemeral } from './ephemeral.ts';
import { validateDownwardFile, validateItems, validateMode } from './files.ts';
import { validateProjected } from './projected.ts';
import {
  podOnlySources,
  type SourceRule,
  sharedSources,
  type VolumeSource,
  validateDriverName,
} from './source-table.ts';

type Sources = { [K in keyof VolumeSource]-?: SourceRule<NonNullable<VolumeSource[K]>> };

const emptyDir: Sources['emptyDir'] = ({ sizeLimit }, path, errors) => {
  if (sizeLimit !== undefined && quantityNano(sizeLimit) < 0n)
    errors.push(forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity'));
};

const secret: Sources['secret'] = (source, path, errors) => {
  if (!source.secretName) errors.push(required(`${path}.secretName`));
  validateMode(source.defaultMode, `${path}.defaultMode`, errors);
  validateItems(source.items, `${path}.items`, errors);
};

const configMap: Sources['configMap'] = (source, path, errors) => {
  if (!source.name) errors.push(required(`${path}.name`));
  validateMode(source.defaultMode, `${path}.defaultMode`, errors);
  validateItems(source.items, `${path}.items`, errors);
};

const downwardAPI: Sources['downwardAPI'] = (source, path, errors) => {
  validateMode(source.defaultMode, `${path}.defaultMode`, errors);
  for (const file of source.items ?? []) validateDownwardFile(file, path, errors);
};

const persistentVolumeClaim: Sources['persistentVolumeClaim'] = ({ claimName }, path, errors) => {
  if (!claimName) errors.push(required(`${path}.claimName`));
};

const csi = ({ driver, nodePublishSecretRef: ref }: CSIVolumeSource, path: string, errors: Errors): void => {
  validateDriverName(driver, `${path}.driver`, errors);
  if (ref === undefined) return;
  if (!ref.name) errors.push(required(`${path}.nodePublishSecretRef.name`));
  else check(isDNS1123Subdomain(ref.name), `${path}.name`, ref.name, errors);
};

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

const image: Sources['image'] = ({ reference = '', pullPolicy }, path, errors) => {
  // A template may leave the image to whoever fills it in.
  if (reference === '' && path.startsWith('spec.volumes')) errors.push(required(`${path}.reference`));
  if (pullPolicy !== undefined && !PULL_POLICIES.includes(pullPolicy))
    errors.push(notSupported(`${path}.pullPolicy`, pullPolicy, PULL_POLICIES));
};

/** In the order in which the original looks at them: the second source of a volume is the one that is one too many. */
const SOURCES: readonly (readonly [keyof VolumeSource, SourceRule<never>])[] = [
  ['emptyDir', emptyDir],
  ['hostPath', sharedSources.hostPath],
  ['gitRepo', podOnlySources.gitRepo],
  ['gcePersistentDisk', sharedSources.gcePersistentDisk],
  ['awsElasticBlockStore', sharedSources.awsElasticBlockStore],
  ['secret', secret],
  ['nfs', sharedSources.nfs],
  ['iscsi', sharedSources.iscsi],
  ['glusterfs', sharedSources.glusterfs],
  ['flocker', sharedSources.flocker],
  ['persistentVolumeClaim', persistentVolumeClaim],
  ['rbd', sharedSources.rbd],
  ['cinder', sharedSources.cinder],
  ['cephfs', sharedSources.cephfs],
  ['quobyte', sharedSources.quobyte],
  ['downwardAPI', downwardAPI],
  ['fc', sharedSources.fc],
  ['flexVolume', sharedSources.flexVolume],
  ['configMap', configMap],
  ['azureFile', sharedSources.azureFile],
  ['vsphereVolume', sharedSources.vsphereVolume],
  ['photonPersistentDisk', sharedSources.photonPersistentDisk],
  ['portworxVolume', sharedSources.portworxVolume],
  ['azureDisk', sharedSources.azureDisk],
  ['storageos', sharedSources.storageos],
  ['projected', validateProjected],
  ['scaleIO', sharedSources.scaleIO],
  ['csi', csi],
  ['ephemeral', validateEphemeral],
  ['image', image],
];

/** Names by which the original's messages call a source, where they are not the field's. */
const SHOWN_AS: Partial<Record<keyof VolumeSource, string>> = {
  gcePersistentDisk: 'persistentDisk',
};
const FORBIDDEN_AS: Partial<Record<keyof VolumeSource, string>> = {
  cephfs: 'cephFS',
  downwardAPI: 'downwarAPI',
};
const ISCSI_NAME_MAX = 64;

/**
 * Volumes by name, without those that are wrong in themselves: mounts of those are not found, as in the original.
 * `pod` is the pod's name, '' in a template.
 */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  path: string,
  errors: Errors,
  pod = '',
): ReadonlyMap<string, Volume> {
  const byName = new Map<string, Volume>();
  const claims = new Set<string>();
  if (pod !== '')
    for (const { name, ephemeral } of volumes ?? [])
      if (ephemeral !== undefined) claims.add(`${pod}-${name}`);
  for (const [index, volume] of (volumes ?? []).entries()) {
    const at = `${path}[${index}]`;
    const before = errors.length;
    validateSource(volume, at, errors, pod);
    if (!volume.name) errors.push(required(`${at}.name`));
    else check(isDNS1123Label(volume.name), `${at}.name`, volume.name, errors);
    if (byName.has(volume.name)) errors.push(duplicate(`${at}.name`, volume.name));
    if (errors.length === before) byName.set(volume.name, volume);
    const claim = volume.persistentVolumeClaim?.claimName ?? '';
    if (claims.has(claim))
      errors.push(
        invalid(
          `${at}.persistentVolumeClaim.claimName`,
          claim,
          'must not reference a PVC that gets created for an ephemeral volume',
        ),
      );
  }
  return byName;
}

function validateSource(volume: Volume, path: string, errors: Errors, pod: string): void {
  let found = false;
  for (const [field, rule] of SOURCES) {
    const source = volume[field];
    if (source === undefined) continue;
    if (found)
      errors.push(
        forbidden(`${path}.${FORBIDDEN_AS[field] ?? field}`, 'may not specify more than 1 volume type'),
      );
    else (rule as SourceRule<unknown>)(source, `${path}.${SHOWN_AS[field] ?? field}`, errors, false);
    if (field === 'iscsi') checkIscsiName(volume, path, errors);
    if (field === 'ephemeral' && !found) checkClaimName(volume.name, path, errors, pod);
    found = true;
  }
  if (!found) errors.push(required(path, 'must specify a volume type'));
}

function checkIscsiName({ name, iscsi }: Volume, path: string, errors: Errors): void {
  if (iscsi?.initiatorName === undefined) return;
  if (`${name}:${iscsi.targetPortal}`.length > ISCSI_NAME_MAX)
    errors.push(
      invalid(
        `${path}.name`,
        name,
        'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
      ),
    );
}

/** The claim of an ephemeral volume is named after the pod and the volume. */
function checkClaimName(name: string, path: string, errors: Errors, pod: string): void {
  if (pod === '' || !name) return;
  const claim = `${pod}-${name}`;
  for (const message of isDNS1123Subdomain(claim))
    errors.push(invalid(`${path}.name`, name, `PVC name ${JSON.stringify(claim)}: ${message}`));
}
