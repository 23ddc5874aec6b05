import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { PersistentVolume, PersistentVolumeSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors } from '../../validation/common.ts';
import { indented } from '../../validation/go-difference.ts';
import { goStruct } from '../../validation/go-struct.ts';
import { unifiedDiff } from '../../validation/unified-diff.ts';
import { validateNodeSelector } from './pod-spec-validation/scheduling.ts';
import { PersistentVolumeSpec as VolumeSpec } from './types/persistent-volume-spec.ts';
import { validateAccessModes } from './volume-access-modes.ts';
import { persistentSourceFields, validatePersistentSource } from './volume-validation/persistent-sources.ts';

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];
const VOLUME_MODES = ['Block', 'Filesystem'];

const sourcesOf = (spec: PersistentVolumeSpec): Record<string, unknown> =>
  Object.fromEntries(
    persistentSourceFields.flatMap((field) => (spec[field] === undefined ? [] : [[field, spec[field]]])),
  );

const timestamp = (now: Date): string => `${now.toISOString().slice(0, 19)}Z`;

export const persistentVolumeRules: KindRules<PersistentVolume> = {
  // Not of volumes that are inline elsewhere.
  defaults({ spec }) {
    spec.persistentVolumeReclaimPolicy ||= 'Retain';
    spec.volumeMode ??= 'Filesystem';
  },
  prepareForCreate(volume, { now }) {
    volume.status = { phase: 'Pending', lastPhaseTransitionTime: timestamp(now) };
  },
  prepareForUpdate(volume, old, { now, subresource }) {
    if (subresource !== 'status' || volume.status === undefined) return;
    const { status } = volume;
    const before = old.status?.lastPhaseTransitionTime;
    const said = status.lastPhaseTransitionTime;
    if (status.phase !== old.status?.phase) {
      if (said === undefined || said === before) status.lastPhaseTransitionTime = timestamp(now);
    } else if (said === undefined && before !== undefined) status.lastPhaseTransitionTime = before;
  },
  validate(volume) {
    const errors: Errors = [];
    const { spec } = volume;
    validateAccessModes(spec.accessModes, 'spec', errors, '');
    validateCapacity(spec.capacity, errors);
    const policy = spec.persistentVolumeReclaimPolicy ?? '';
    if (policy !== '' && !RECLAIM_POLICIES.includes(policy))
      errors.push(notSupported('spec.persistentVolumeReclaimPolicy', policy, RECLAIM_POLICIES));
    validateNodeAffinity(spec.nodeAffinity, errors);
    validatePersistentSource(spec, 'spec', errors);
    // A recycler would empty the node's own disk.
    if (spec.hostPath !== undefined && /^\/+$/.test(spec.hostPath.path) && policy === 'Recycle')
      errors.push(
        forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'"),
      );
    validateClasses(spec, errors);
    return errors;
  },
  validateUpdate(volume, old) {
    const errors: Errors = [];
    const now = sourcesOf(volume.spec);
    const was = sourcesOf(old.spec);
    const csi = volume.spec.csi;
    // The secret for expansion may still be named later.
    if (csi !== undefined && old.spec.csi !== undefined && !old.spec.csi.controllerExpandSecretRef) {
      const { controllerExpandSecretRef: _, ...rest } = csi;
      now.csi = rest;
    }
    if (!semanticEqual(now, was))
      errors.push(
        forbidden(
          'spec.persistentvolumesource',
          `spec.persistentvolumesource is immutable after creation\n${unifiedDiff(sourceInGo(was), sourceInGo(now))}`,
        ),
      );
    if (volume.spec.volumeMode !== old.spec.volumeMode)
      errors.push(invalid('volumeMode', volume.spec.volumeMode ?? null, 'field is immutable'));
    const affinity = volume.spec.nodeAffinity;
    if (old.spec.nodeAffinity !== undefined && !semanticEqual(affinity, old.spec.nodeAffinity))
      errors.push(
        invalid(
          'nodeAffinity',
          affinity ?? null,
          'field is immutable, except for updating from beta label to GA',
        ),
      );
    if (
      old.spec.volumeAttributesClassName !== undefined &&
      volume.spec.volumeAttributesClassName === undefined
    )
      errors.push(
        forbidden('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'),
      );
    return errors;
  },
};

/** All sources, but nothing else of a volume. */
function sourceInGo(sources: object): string {
  const { Capacity: _capacity, ...fields } = goStruct(VolumeSpec, sources);
  const names = Object.keys(fields);
  return indented(
    Object.fromEntries(names.slice(0, names.indexOf('AccessModes')).map((name) => [name, fields[name]])),
  );
}

function validateCapacity(capacity: PersistentVolumeSpec['capacity'], errors: Errors): void {
  const entries = Object.entries(capacity ?? {});
  if (entries.length === 0) errors.push(required('spec.capacity'));
  if (capacity?.storage === undefined || entries.length > 1)
    errors.push(notSupported('spec.capacity', capacity ?? null, ['storage']));
  for (const [resource, amount] of entries) {
    const nano = quantityNano(amount);
    const at = `spec.capacity[${resource}]`;
    if (nano < 0n) errors.push(invalid(at, amount, 'must be a valid resource quantity'));
    if (nano <= 0n) errors.push(invalid(at, amount, 'must be greater than zero'));
  }
}

function validateNodeAffinity(affinity: PersistentVolumeSpec['nodeAffinity'], errors: Errors): void {
  if (affinity === undefined) return;
  if (affinity.required === undefined)
    errors.push(required('spec.nodeAffinity.required', 'must specify required node constraints'));
  else validateNodeSelector(affinity.required, 'spec.nodeAffinity.required', errors);
}

function validateClasses(spec: PersistentVolumeSpec, errors: Errors): void {
  const { storageClassName: storage, volumeAttributesClassName: attributes, volumeMode } = spec;
  if (storage) check(isDNS1123Subdomain(storage), 'spec.storageClassName', storage, errors);
  if (volumeMode !== undefined && !VOLUME_MODES.includes(volumeMode))
    errors.push(notSupported('spec.volumeMode', volumeMode, VOLUME_MODES));
  if (attributes === undefined) return;
  if (attributes === '')
    errors.push(required('spec.volumeAttributesClassName', 'an empty string is disallowed'));
  else check(isDNS1123Subdomain(attributes), 'spec.volumeAttributesClassName', attributes, errors);
  if (spec.csi === undefined)
    errors.push(required('spec.csi', 'has to be specified when using volumeAttributesClassName'));
}
