import type { PersistentVolumeClaim, Pod, StatefulSet } from '@gantry/api/generated/types';
import type { KubeObject, OwnerReference } from '@gantry/machinery/object';
import { controllerRef } from '../shared/owners.ts';
import { ordinalOf, replicasOf, startOf } from './identity.ts';

const refersTo = ({ apiVersion, kind, name }: OwnerReference, object: KubeObject): boolean =>
  apiVersion === object.apiVersion && kind === object.kind && name === object.metadata.name;

/** Refers to an object that had the name before. */
const isStale = (ref: OwnerReference, object: KubeObject): boolean =>
  refersTo(ref, object) && ref.uid !== object.metadata.uid;

const ownersOf = (claim: PersistentVolumeClaim): readonly OwnerReference[] =>
  claim.metadata.ownerReferences ?? [];

const policyOf = ({ spec }: StatefulSet) => {
  const { whenDeleted, whenScaled } = spec.persistentVolumeClaimRetentionPolicy ?? {};
  return { whenDeleted: whenDeleted === 'Delete', whenScaled: whenScaled === 'Delete' };
};

/** Whether the set's size leaves the pod out. */
const isScaledAway = (set: StatefulSet, pod: Pod): boolean => {
  const ordinal = ordinalOf(set, pod);
  return ordinal < startOf(set) || ordinal >= startOf(set) + replicasOf(set);
};

/** Another than the set and the pod manages the claim, which a policy of deletion would take from it. */
export function hasOtherController(set: StatefulSet, pod: Pod, claim: PersistentVolumeClaim): boolean {
  const { whenDeleted, whenScaled } = policyOf(set);
  if (!whenDeleted && !whenScaled) return false;
  return ownersOf(claim).some((ref) => ref.controller === true && !refersTo(ref, set) && !refersTo(ref, pod));
}

/**
 * The owners that a claim should have by the set's retention policy, for the garbage collector to act on: of a pod that
 * is scaled away, the pod; else the set, or none. Undefined when they are right, or the claim is left from a set or a pod
 * that is gone and about to be collected.
 */
export function decideOwners(
  set: StatefulSet,
  pod: Pod,
  claim: PersistentVolumeClaim,
): readonly OwnerReference[] | undefined {
  const refs = ownersOf(claim);
  if (refs.some((ref) => isStale(ref, set) || isStale(ref, pod))) return undefined;
  const { whenDeleted, whenScaled } = policyOf(set);
  const owner = whenScaled && isScaledAway(set, pod) ? pod : whenDeleted ? set : undefined;
  const wanted = owner === undefined || hasOtherController(set, pod, claim) ? [] : [controllerRef(owner)];
  const isOurs = ({ uid }: OwnerReference): boolean => uid === set.metadata.uid || uid === pod.metadata.uid;
  const ours = refs.filter(isOurs);
  const isRight =
    ours.length === wanted.length &&
    ours.every(({ uid, controller }) => controller === true && uid === wanted[0]?.uid);
  return isRight ? undefined : [...refs.filter((ref) => !isOurs(ref)), ...wanted];
}

/** Whether a claim goes with a pod of the name that was scaled away: a new pod must not get it. */
export const goesWithOldPod = (set: StatefulSet, podName: string, claim: PersistentVolumeClaim): boolean =>
  policyOf(set).whenScaled &&
  ownersOf(claim).some(
    ({ apiVersion, kind, name }) => apiVersion === 'v1' && kind === 'Pod' && name === podName,
  );
