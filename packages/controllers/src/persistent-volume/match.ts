import type { PersistentVolume, PersistentVolumeClaim } from '@gantry/api/generated/types';
import { compareQuantities, parseQuantity } from '@gantry/machinery/quantity';
import { matchesSelector } from '../shared/labels.ts';

export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** The class by the old annotation or the field; '' is the class of volumes without one. */
export const classOf = (object: PersistentVolume | PersistentVolumeClaim): string =>
  object.metadata.annotations?.[BETA_CLASS] ?? object.spec.storageClassName ?? '';

const storage = (list: Readonly<Record<string, string | number>> | undefined) =>
  parseQuantity(list?.storage ?? '0');

export const isPreBound = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean => {
  const ref = volume.spec.claimRef;
  return (
    ref !== undefined &&
    ref.namespace === claim.metadata.namespace &&
    ref.name === claim.metadata.name &&
    (!ref.uid || ref.uid === claim.metadata.uid)
  );
};

/** Whether the volume could serve the claim; says nothing of whom it is bound to. */
export function fits(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const modes = volume.spec.accessModes ?? [];
  return (
    volume.metadata.deletionTimestamp === undefined &&
    classOf(volume) === classOf(claim) &&
    (volume.spec.volumeAttributesClassName ?? '') === (claim.spec.volumeAttributesClassName ?? '') &&
    (volume.spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem') &&
    (claim.spec.accessModes ?? []).every((mode) => modes.includes(mode)) &&
    compareQuantities(storage(volume.spec.capacity), storage(claim.spec.resources?.requests)) >= 0
  );
}

/**
 * The volume for a claim that names none: one that an administrator reserved for it, else the smallest available one
 * that fits. With `onlyReserved` (the class waits for a consumer) none but a reserved one.
 */
export function findVolume(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  onlyReserved: boolean,
): PersistentVolume | undefined {
  const candidates = volumes.filter((volume) => fits(volume, claim));
  const reserved = candidates.find((volume) => isPreBound(volume, claim));
  if (reserved !== undefined || onlyReserved) return reserved;
  return candidates
    .filter(
      (volume) =>
        volume.spec.claimRef === undefined &&
        volume.status?.phase === 'Available' &&
        (claim.spec.selector === undefined || matchesSelector(claim.spec.selector, volume.metadata.labels)),
    )
    .sort((a, b) => compareQuantities(storage(a.spec.capacity), storage(b.spec.capacity)))[0];
}
