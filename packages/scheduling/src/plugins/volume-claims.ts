import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '@gantry/api/generated/types';
import { type LabelSelectorObject, matchesSelectorObject } from '@gantry/machinery/label-selector';
import { compareQuantities, parseQuantity } from '@gantry/machinery/quantity';
import type { NodeInfo } from '../cache/node-info.ts';
import type { Cycle } from '../framework/plugin.ts';
import { matchesNodeSelector } from './node-selector.ts';

export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** Claims of a pod by what has to happen to them; or why the pod can't run at all. */
export interface PodClaims {
  readonly bound: readonly PersistentVolume[];
  /** To be bound once a node is chosen. */
  readonly waiting: readonly { readonly claim: PersistentVolumeClaim; readonly storageClass: StorageClass }[];
  readonly obstacle?: string;
}

const isBound = (claim: PersistentVolumeClaim): boolean =>
  Boolean(claim.spec.volumeName) && claim.metadata.annotations?.[BIND_COMPLETED] !== undefined;

const isEphemeralOf = (claim: PersistentVolumeClaim, uid: string): boolean =>
  claim.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === uid) === true;

interface ClaimName {
  readonly name: string;
  readonly ephemeral: boolean;
}

/** Claim names of a pod, with those that the ephemeral volume controller makes for it. */
export function claimNames(pod: Cycle['pod']['pod']): ClaimName[] {
  const names: ClaimName[] = [];
  for (const volume of pod.spec.volumes ?? [])
    if (volume.persistentVolumeClaim !== undefined)
      names.push({ name: volume.persistentVolumeClaim.claimName, ephemeral: false });
    else if (volume.ephemeral !== undefined)
      names.push({ name: `${pod.metadata.name}-${volume.name}`, ephemeral: true });
  return names;
}

export function podClaims({ pod, listers }: Cycle): PodClaims {
  const bound: PersistentVolume[] = [];
  const waiting: PodClaims['waiting'][number][] = [];
  const obstacle = (text: string): PodClaims => ({ bound, waiting, obstacle: text });
  let immediate = false;
  for (const { name, ephemeral } of claimNames(pod.pod)) {
    const quoted = JSON.stringify(name);
    const claim = listers.claims.get(pod.namespace, name);
    if (claim === undefined)
      return obstacle(
        ephemeral
          ? `waiting for ephemeral volume controller to create the persistentvolumeclaim ${quoted}`
          : `persistentvolumeclaim ${quoted} not found`,
      );
    if (claim.metadata.deletionTimestamp !== undefined)
      return obstacle(`persistentvolumeclaim ${quoted} is being deleted`);
    if (claim.status?.phase === 'Lost')
      return obstacle(
        `persistentvolumeclaim ${quoted} bound to non-existent persistentvolume ${JSON.stringify(claim.spec.volumeName ?? '')}`,
      );
    if (ephemeral && !isEphemeralOf(claim, pod.uid))
      return obstacle(`PVC ${pod.namespace}/${name} was not created for pod ${pod.key} (pod is not owner)`);
    if (isBound(claim)) {
      const volume = listers.volumes.get('', claim.spec.volumeName ?? '');
      if (volume === undefined)
        return obstacle('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
      bound.push(volume);
      continue;
    }
    const storageClass = listers.storageClasses.get('', claim.spec.storageClassName ?? '');
    if (storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec.volumeName)
      waiting.push({ claim, storageClass });
    else immediate = true;
  }
  return immediate ? obstacle('pod has unbound immediate PersistentVolumeClaims') : { bound, waiting };
}

export const fitsVolume = (volume: PersistentVolume, node: NodeInfo): boolean =>
  volume.spec.nodeAffinity?.required === undefined ||
  matchesNodeSelector(volume.spec.nodeAffinity.required, node);

const capacity = (of: Readonly<Record<string, unknown>> | undefined) =>
  parseQuantity((of?.storage as string | undefined) ?? '0');

/** The smallest free volume that satisfies a claim on a node. */
export function findVolume(
  claim: PersistentVolumeClaim,
  node: NodeInfo,
  { listers }: Cycle,
  taken: ReadonlySet<string>,
): PersistentVolume | undefined {
  const key = `${claim.metadata.namespace ?? ''}/${claim.metadata.name}`;
  const size = capacity(claim.spec.resources?.requests);
  const usable = listers.volumes.list().filter((volume) => {
    const { spec, metadata, status } = volume;
    const ref = spec.claimRef;
    const promised = listers.promisedVolumes.get(metadata.name);
    const reserved =
      ref !== undefined &&
      `${ref.namespace ?? ''}/${ref.name ?? ''}` === key &&
      (!ref.uid || ref.uid === claim.metadata.uid);
    return (
      !taken.has(metadata.name) &&
      (promised === undefined || promised === key) &&
      (reserved || (ref === undefined && status?.phase === 'Available')) &&
      metadata.deletionTimestamp === undefined &&
      (spec.storageClassName ?? '') === (claim.spec.storageClassName ?? '') &&
      (spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem') &&
      (claim.spec.accessModes ?? []).every((mode) => spec.accessModes?.includes(mode)) &&
      (claim.spec.selector === undefined ||
        matchesSelectorObject(claim.spec.selector as LabelSelectorObject, metadata.labels)) &&
      compareQuantities(capacity(spec.capacity), size) >= 0 &&
      fitsVolume(volume, node)
    );
  });
  return usable.sort((a, b) => compareQuantities(capacity(a.spec.capacity), capacity(b.spec.capacity)))[0];
}

/** True when the class can make a volume for this node. */
export function canProvision(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  node: NodeInfo,
): boolean {
  const selected = claim.metadata.annotations?.[SELECTED_NODE];
  if (storageClass.provisioner === NO_PROVISIONER || !storageClass.provisioner) return false;
  if (selected !== undefined && selected !== node.name) return false;
  const topologies = storageClass.allowedTopologies ?? [];
  return (
    topologies.length === 0 ||
    topologies.some((term) =>
      (term.matchLabelExpressions ?? []).every((e) => e.values.includes(node.labels[e.key] ?? '')),
    )
  );
}
