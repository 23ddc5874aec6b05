import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Label, isDNS1123Subdomain, isQualifiedName } from '@gantry/machinery/validation';
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  TypedLocalObjectReference,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors, validateLabelSelector } from '../../validation/common.ts';
import { goDifference } from '../../validation/go-difference.ts';
import { PersistentVolumeClaimSpec as ClaimSpec } from './types/persistent-volume-claim-spec.ts';
import { validateAccessModes } from './volume-access-modes.ts';

const RESIZE_STATES = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizePending',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
];

export const persistentVolumeClaimRules: KindRules<PersistentVolumeClaim> = {
  prepareForCreate(claim) {
    claim.status = { phase: 'Pending' };
    dropDataSources(claim.spec, undefined);
    equalDataSources(claim.spec);
  },
  prepareForUpdate(claim, old) {
    dropDataSources(claim.spec, old.spec);
    equalDataSources(claim.spec);
  },
  validate(claim) {
    const errors: Errors = [];
    validateClaimSpec(claim.spec, 'spec', errors);
    return errors;
  },
  validateStatusUpdate(claim) {
    const errors: Errors = [];
    const { allocatedResourceStatuses = {}, allocatedResources = {} } = claim.status ?? {};
    const path = 'status.allocatedResourceStatuses';
    for (const [name, state] of Object.entries(allocatedResourceStatuses)) {
      validateResourceKey(name, path, errors);
      if (!RESIZE_STATES.includes(state)) errors.push(notSupported(path, name, RESIZE_STATES));
    }
    for (const name of Object.keys(allocatedResources))
      validateResourceKey(name, 'status.allocatedResources', errors);
    return errors;
  },
  validateUpdate(claim, old) {
    const errors: Errors = [];
    const isBound = old.status?.phase === 'Bound';
    const munged: PersistentVolumeClaimSpec = structuredClone(claim.spec);
    const before = { ...old.spec };
    if (!before.volumeName && munged.volumeName !== undefined) before.volumeName = munged.volumeName;
    // A class may still be given to a claim that has none.
    if (old.spec.storageClassName === undefined) delete munged.storageClassName;
    const requested = old.spec.resources?.requests?.storage;
    if (isBound) {
      if (munged.resources?.requests !== undefined && requested !== undefined)
        munged.resources.requests.storage = requested;
      if (old.spec.volumeAttributesClassName === undefined) delete munged.volumeAttributesClassName;
      else munged.volumeAttributesClassName = old.spec.volumeAttributesClassName;
    }
    if (!semanticEqual(munged, before))
      errors.push(
        forbidden(
          'spec',
          `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${goDifference(ClaimSpec, before, munged)}`,
        ),
      );
    const now = quantityNano(claim.spec.resources?.requests?.storage);
    if (now < quantityNano(requested) && now <= quantityNano(old.status?.capacity?.storage))
      errors.push(forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'));
    if (claim.spec.volumeMode !== old.spec.volumeMode)
      errors.push(invalid('volumeMode', claim.spec.volumeMode ?? null, 'field is immutable'));
    const wanted = claim.spec.volumeAttributesClassName;
    if (
      wanted !== old.spec.volumeAttributesClassName &&
      !wanted &&
      old.status?.currentVolumeAttributesClassName !== undefined
    )
      errors.push(
        forbidden(
          'spec.volumeAttributesClassName',
          `update to ${wanted === undefined ? 'nil' : 'empty string'} is forbidden when status.currentVolumeAttributesClassName is not nil`,
        ),
      );
    return errors;
  },
};

/** Without a prefix, or with that of the original, only storage is a resource of claims. */
function validateResourceKey(name: string, path: string, errors: Errors): void {
  const wrong = isQualifiedName(name);
  check(wrong, path, name, errors);
  const isNative = !name.includes('/') || name.includes('kubernetes.io/');
  if (wrong.length === 0 && isNative && name !== 'storage')
    errors.push(notSupported(path, name, ['storage']));
}

export function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: string, errors: Errors): void {
  validateAccessModes(spec.accessModes, path, errors);
  validateLabelSelector(spec.selector, `${path}.selector`, errors);
  const storage = spec.resources?.requests?.storage;
  if (storage === undefined) errors.push(required(`${path}.resources[storage]`));
  else if (quantityNano(storage) <= 0n)
    errors.push(invalid(`${path}.resources[storage]`, storage, 'must be greater than zero'));
  if (spec.storageClassName)
    check(
      isDNS1123Subdomain(spec.storageClassName),
      `${path}.storageClassName`,
      spec.storageClassName,
      errors,
    );
  if (spec.volumeMode !== undefined && !['Block', 'Filesystem'].includes(spec.volumeMode))
    errors.push(notSupported(`${path}.volumeMode`, spec.volumeMode, ['Block', 'Filesystem']));
  validateDataSources(spec, path, errors);
  const attributes = spec.volumeAttributesClassName;
  if (attributes)
    check(isDNS1123Subdomain(attributes), `${path}.volumeAttributesClassName`, attributes, errors);
}

const isClaimOrSnapshot = ({ apiGroup = '', kind }: TypedLocalObjectReference): boolean =>
  (kind === 'PersistentVolumeClaim' && apiGroup === '') ||
  (kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io');

/** What older clients sent in vain stays without effect; sources in other namespaces (KEP-3294) are not served. */
function dropDataSources(spec: PersistentVolumeClaimSpec, old: PersistentVolumeClaimSpec | undefined): void {
  if (spec.dataSourceRef?.namespace && old?.dataSourceRef === undefined) delete spec.dataSourceRef;
  if (old?.dataSource !== undefined || old?.dataSourceRef !== undefined) return;
  if (
    spec.dataSourceRef === undefined &&
    spec.dataSource !== undefined &&
    !isClaimOrSnapshot(spec.dataSource)
  )
    delete spec.dataSource;
}

/** KEP-1495: a new claim that has one of the two gets the other. */
function equalDataSources(spec: PersistentVolumeClaimSpec): void {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource !== undefined && dataSourceRef === undefined) spec.dataSourceRef = { ...dataSource };
  else if (dataSource === undefined && dataSourceRef !== undefined && !dataSourceRef.namespace) {
    const { namespace: _, ...source } = dataSourceRef;
    spec.dataSource = source;
  }
}

/** KEP-1495: `dataSource` and the newer `dataSourceRef` name the same, but for references to other namespaces. */
function validateDataSources(spec: PersistentVolumeClaimSpec, path: string, errors: Errors): void {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource !== undefined) validateDataSource(dataSource, `${path}.dataSource`, errors);
  if (dataSourceRef !== undefined) validateDataSource(dataSourceRef, `${path}.dataSourceRef`, errors);
  const namespace = dataSourceRef?.namespace;
  if (namespace) check(isDNS1123Label(namespace), `${path}.dataSourceRef.namespace`, namespace, errors);
  if (dataSource === undefined || dataSourceRef === undefined) return;
  if (namespace)
    errors.push(
      invalid(path, `${path}.dataSource`, 'may not be specified when dataSourceRef.namespace is specified'),
    );
  else if (
    dataSource.apiGroup !== dataSourceRef.apiGroup ||
    dataSource.kind !== dataSourceRef.kind ||
    dataSource.name !== dataSourceRef.name
  )
    errors.push(invalid(path, `${path}.dataSource`, 'must match dataSourceRef'));
}

function validateDataSource(
  source: { readonly apiGroup?: string; readonly kind?: string; readonly name?: string },
  path: string,
  errors: Errors,
): void {
  const { apiGroup = '', kind = '' } = source;
  if (!source.name) errors.push(required(`${path}.name`));
  if (kind === '') errors.push(required(`${path}.kind`));
  if (apiGroup !== '') check(isDNS1123Subdomain(apiGroup), `${path}.apiGroup`, apiGroup, errors);
  else if (kind !== 'PersistentVolumeClaim')
    errors.push(invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
}
