import type { PersistentVolumeClaim, StorageClass } from '@gantry/api/generated/types';
import type { KubeObject } from '@gantry/machinery/object';
import { compareQuantities, parseQuantity } from '@gantry/machinery/quantity';
import { listObjects, readObject } from '../auth/state.ts';
import type { AdmissionPlugin } from '../request.ts';
import { denied, isResource } from './denial.ts';
import { newestDefault } from './newest-default.ts';

const CLASSES = 'storageclasses.storage.k8s.io';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** A claim that names no class gets the default one; '' means none, and stays. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'persistentvolumeclaims') && operation === 'CREATE' && subresource === '',
  mutate({ object, state }) {
    const claim = object as unknown as PersistentVolumeClaim;
    if (claim.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return;
    if (claim.spec.storageClassName !== undefined && claim.spec.storageClassName !== null) return;
    const found = newestDefault(listObjects<StorageClass>(state, CLASSES), DEFAULT_ANNOTATIONS);
    if (found !== undefined) claim.spec.storageClassName = found.metadata.name;
  },
};

const PROTECTION: Readonly<Record<string, string>> = {
  'persistentvolumeclaims.': 'kubernetes.io/pvc-protection',
  'persistentvolumes.': 'kubernetes.io/pv-protection',
  'volumeattributesclasses.storage.k8s.io': 'kubernetes.io/vac-protection',
};

/** What is in use is not removed: a finalizer that a controller lifts. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  handles: (kind, operation, subresource) =>
    operation === 'CREATE' && subresource === '' && PROTECTION[`${kind.plural}.${kind.group}`] !== undefined,
  mutate({ object, kind }) {
    const { metadata } = object as unknown as KubeObject;
    const finalizer = PROTECTION[`${kind.plural}.${kind.group}`];
    if (finalizer === undefined || metadata.finalizers?.includes(finalizer)) return;
    metadata.finalizers = [...(metadata.finalizers ?? []), finalizer];
  },
};

const classNameOf = ({ metadata, spec }: PersistentVolumeClaim): string =>
  metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '';

/** A claim grows only when it is bound and its class can grow. */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'persistentvolumeclaims') && operation === 'UPDATE' && subresource === '',
  validate(request) {
    const claim = request.object as unknown as PersistentVolumeClaim;
    const old = request.oldObject as unknown as PersistentVolumeClaim;
    const size = claim.spec.resources?.requests?.storage;
    const oldSize = old.spec.resources?.requests?.storage;
    if (size === undefined || oldSize === undefined || size === oldSize) return;
    if (compareQuantities(parseQuantity(size), parseQuantity(oldSize)) <= 0) return;
    if (old.status?.phase !== 'Bound') {
      throw denied(request, 'Only bound persistent volume claims can be expanded');
    }
    const name = classNameOf(claim);
    const found =
      name === '' || name !== classNameOf(old)
        ? undefined
        : readObject<StorageClass>(request.state, CLASSES, '', name);
    if (found?.allowVolumeExpansion !== true) {
      throw denied(
        request,
        'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
      );
    }
  },
};
