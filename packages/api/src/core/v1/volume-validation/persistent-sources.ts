import { forbidden, required } from '@gantry/machinery/field-error';
import { isDNS1123Label, isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { PersistentVolumeSpec } from '../../../generated/types.ts';
import { check, type Errors, noBacksteps } from '../../../validation/common.ts';
import { type SourceRule, sharedSources, validateDriverName } from './source-table.ts';

type Spec = PersistentVolumeSpec;
type Csi = NonNullable<Spec['csi']>;

const local: SourceRule<NonNullable<Spec['local']>> = ({ path: file }, path, errors) => {
  if (!file) errors.push(required(`${path}.path`));
  else noBacksteps(file, `${path}.path`, errors);
};

const CSI_SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const satisfies (keyof Csi)[];

const csi: SourceRule<Csi> = (source, path, errors) => {
  validateDriverName(source.driver, `${path}.driver`, errors);
  if (!source.volumeHandle) errors.push(required(`${path}.volumeHandle`));
  for (const field of CSI_SECRETS) {
    const secret = source[field];
    if (secret === undefined) continue;
    const at = `${path}.${field}`;
    if (!secret.name) errors.push(required(`${at}.name`));
    else check(isDNS1123Subdomain(secret.name), `${at}.name`, secret.name, errors);
    if (!secret.namespace) errors.push(required(`${at}.namespace`));
    else check(isDNS1123Label(secret.namespace), `${at}.namespace`, secret.namespace, errors);
  }
};

/** In the order in which the original looks at them: the second source of a volume is the one that is one too many. */
const SOURCES: readonly (readonly [keyof Spec, SourceRule<never>])[] = [
  ['hostPath', sharedSources.hostPath],
  ['gcePersistentDisk', sharedSources.gcePersistentDisk],
  ['awsElasticBlockStore', sharedSources.awsElasticBlockStore],
  ['glusterfs', sharedSources.glusterfs],
  ['flocker', sharedSources.flocker],
  ['nfs', sharedSources.nfs],
  ['rbd', sharedSources.rbd],
  ['quobyte', sharedSources.quobyte],
  ['cephfs', sharedSources.cephfs],
  ['iscsi', sharedSources.iscsi],
  ['cinder', sharedSources.cinder],
  ['fc', sharedSources.fc],
  ['flexVolume', sharedSources.flexVolume],
  ['azureFile', sharedSources.azureFile],
  ['vsphereVolume', sharedSources.vsphereVolume],
  ['photonPersistentDisk', sharedSources.photonPersistentDisk],
  ['portworxVolume', sharedSources.portworxVolume],
  ['azureDisk', sharedSources.azureDisk],
  ['scaleIO', sharedSources.scaleIO],
  ['local', local],
  ['storageos', sharedSources.storageos],
  ['csi', csi],
];

/** Paths whose name in errors is not the field's: clients see them so. */
const RULE_PATHS: Readonly<Record<string, string>> = { gcePersistentDisk: 'persistentDisk' };
const SURPLUS_PATHS: Readonly<Record<string, string>> = { cephfs: 'cephFS' };

export const persistentSourceFields = SOURCES.map(([field]) => field);

/** Exactly one source; a local one says on which nodes it is. */
export function validatePersistentSource(spec: Spec, path: string, errors: Errors): void {
  let seen = 0;
  for (const [field, rule] of SOURCES) {
    const source = spec[field];
    if (source === undefined) continue;
    // The original looks into a flexVolume even when another source stands before it.
    if (seen > 0 && field !== 'flexVolume') {
      const at = SURPLUS_PATHS[field] ?? field;
      errors.push(forbidden(`${path}.${at}`, 'may not specify more than 1 volume type'));
      continue;
    }
    seen += 1;
    (rule as SourceRule<unknown>)(source, `${path}.${RULE_PATHS[field] ?? field}`, errors, true);
    if (field === 'local' && spec.nodeAffinity === undefined)
      errors.push(required(`${path}.nodeAffinity`, 'Local volume requires node affinity'));
  }
  if (seen === 0) errors.push(required(path, 'must specify a volume type'));
}
