import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { PersistentVolume, PersistentVolumeSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors } from '../../validation/common.ts';
import { specDifference } from './pod-spec-validation/spec-difference.ts';
import { validateAccessModes } from './volume-access-modes.ts';

/** Fields of the spec that are not the source of the volume. */
const NOT_SOURCES = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);
const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

const sourcesOf = (spec: PersistentVolumeSpec): Record<string, unknown> =>
  Object.fromEntries(Object.entries(spec).filter(([field]) => !NOT_SOURCES.has(field)));

export const persistentVolumeRules: KindRules<PersistentVolume> = {
  prepareForCreate(volume, { now }) {
    volume.status = { phase: 'Pending', lastPhaseTransitionTime: `${now.toISOString().slice(0, 19)}Z` };
  },
  prepareForUpdate(volume, old, { now, subresource }) {
    if (subresource !== 'status' || volume.status === undefined) return;
    if (volume.status.phase !== old.status?.phase)
      volume.status.lastPhaseTransitionTime = `${now.toISOString().slice(0, 19)}Z`;
  },
  validate(volume) {
    const errors: Errors = [];
    const { spec } = volume;
    validateAccessModes(spec.accessModes, 'spec', errors);
    const storage = spec.capacity?.storage;
    if (spec.capacity === undefined || Object.keys(spec.capacity).length === 0)
      errors.push(required('spec.capacity'));
    if (storage === undefined || Object.keys(spec.capacity ?? {}).length > 1)
      errors.push(notSupported('spec.capacity', spec.capacity ?? null, ['storage']));
    else if (quantityNano(storage) <= 0n)
      errors.push(invalid('spec.capacity[storage]', storage, 'must be greater than zero'));
    const policy = spec.persistentVolumeReclaimPolicy ?? '';
    if (policy !== '' && !RECLAIM_POLICIES.includes(policy))
      errors.push(notSupported('spec.persistentVolumeReclaimPolicy', policy, RECLAIM_POLICIES));
    validateSource(spec, errors);
    if (spec.storageClassName)
      check(
        isDNS1123Subdomain(spec.storageClassName),
        'spec.storageClassName',
        spec.storageClassName,
        errors,
      );
    return errors;
  },
  validateUpdate(volume, old) {
    const errors: Errors = [];
    const now = sourcesOf(volume.spec);
    const was = sourcesOf(old.spec);
    if (!semanticEqual(now, was))
      errors.push(
        forbidden(
          'spec.persistentvolumesource',
          `spec.persistentvolumesource is immutable after creation\n${specDifference(was, now)}`,
        ),
      );
    if (volume.spec.volumeMode !== old.spec.volumeMode)
      errors.push(invalid('volumeMode', volume.spec.volumeMode ?? null, 'field is immutable'));
    return errors;
  },
};

function validateSource(spec: PersistentVolumeSpec, errors: Errors): void {
  const [first, ...others] = Object.keys(sourcesOf(spec));
  if (first === undefined) errors.push(required('spec', 'must specify a volume type'));
  for (const other of others)
    errors.push(forbidden(`spec.${other}`, 'may not specify more than 1 volume type'));
  if (spec.local !== undefined && spec.nodeAffinity?.required === undefined)
    errors.push(required('spec.nodeAffinity', 'Local volume requires node affinity'));
  if (spec.hostPath?.path === '/' && spec.persistentVolumeReclaimPolicy === 'Recycle')
    errors.push(
      forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'"),
    );
}
