import type {
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  VolumeAttributesClass,
} from '@gantry/api/generated/types';
import { keyFor, keyOf, splitKey } from '@gantry/client/keys';
import type { Client, Resource } from '@gantry/client/port';
import {
  persistentVolumeClaims,
  persistentVolumes,
  pods,
  volumeAttributesClasses,
} from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { isFinished } from '../shared/pods.ts';

const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
const VOLUME_FINALIZER = 'kubernetes.io/pv-protection';
const CLASS_FINALIZER = 'kubernetes.io/vac-protection';
const BY_CLAIM = 'byClaim';
const BY_CLASS = 'byAttributesClass';

/** Claims that the pod uses, generic ephemeral ones (`POD-VOLUME`) among them. */
const claimKeys = (pod: Pod): string[] =>
  (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    const claim =
      persistentVolumeClaim?.claimName ??
      (ephemeral === undefined ? undefined : `${pod.metadata.name}-${name}`);
    return claim === undefined ? [] : [keyFor(pod.metadata.namespace, claim)];
  });

async function setFinalizer(
  client: Client,
  resource: Resource,
  object: KubeObject,
  finalizer: string,
  isInUse: boolean,
): Promise<void> {
  const { namespace = '', name, uid, resourceVersion, finalizers = [], deletionTimestamp } = object.metadata;
  const isThere = finalizers.includes(finalizer);
  const isLeaving = deletionTimestamp !== undefined;
  if (isLeaving ? !isThere || isInUse : isThere) return;
  const next = isLeaving ? finalizers.filter((one) => one !== finalizer) : [...finalizers, finalizer];
  const metadata = { uid, resourceVersion, finalizers: next.length === 0 ? null : next };
  await ignoreNotFound(client.patch(resource, namespace, name, { metadata }, { type: 'merge' }));
}

/** A claim that is deleted stays until no pod uses it. */
export const claimProtectionController = (): Controller => ({
  name: 'persistentvolumeclaim-protection-controller',
  inputs: [
    input<PersistentVolumeClaim>(persistentVolumeClaims),
    input<Pod>(pods, (pod, old) => (old === undefined || isFinished(pod) ? claimKeys(pod) : [])),
  ],
  outputs: [{ resource: persistentVolumeClaims, verbs: ['patch'] }],
  setup({ informers }) {
    informers.informer(pods).addIndex(BY_CLAIM, claimKeys);
  },
  async reconcile(key, { client, informers }) {
    const { namespace, name } = splitKey(key);
    const claim = informers.informer(persistentVolumeClaims).get(namespace, name);
    if (claim === undefined) return DONE;
    const users = informers.informer(pods).byIndex(BY_CLAIM, keyOf(claim));
    const isInUse = users.some((pod) => !isFinished(pod));
    await setFinalizer(client, persistentVolumeClaims, claim, CLAIM_FINALIZER, isInUse);
    return DONE;
  },
});

/** A volume that is deleted stays while it is bound. */
export const volumeProtectionController = (): Controller => ({
  name: 'persistentvolume-protection-controller',
  inputs: [input<PersistentVolume>(persistentVolumes)],
  outputs: [{ resource: persistentVolumes, verbs: ['patch'] }],
  async reconcile(key, { client, informers }) {
    const volume = informers.informer(persistentVolumes).get('', key);
    if (volume === undefined) return DONE;
    await setFinalizer(client, persistentVolumes, volume, VOLUME_FINALIZER, volume.status?.phase === 'Bound');
    return DONE;
  },
});

/** Classes that the claim has, wants, or is being brought to. */
const classesOfClaim = ({ spec, status }: PersistentVolumeClaim): string[] =>
  [
    spec.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  ].flatMap((name) => (name === undefined || name === '' ? [] : [name]));

const classesOfVolume = ({ spec }: PersistentVolume): string[] =>
  spec.volumeAttributesClassName === undefined ? [] : [spec.volumeAttributesClassName];

/** A class of volume attributes that is deleted stays until no claim and no volume names it. */
export const attributesClassProtectionController = (): Controller => ({
  name: 'volumeattributesclass-protection-controller',
  inputs: [
    input<VolumeAttributesClass>(volumeAttributesClasses),
    input<PersistentVolumeClaim>(persistentVolumeClaims, (claim, old) =>
      [claim, ...(old === undefined ? [] : [old])].flatMap(classesOfClaim),
    ),
    input<PersistentVolume>(persistentVolumes, (volume, old) =>
      [volume, ...(old === undefined ? [] : [old])].flatMap(classesOfVolume),
    ),
  ],
  outputs: [{ resource: volumeAttributesClasses, verbs: ['patch'] }],
  setup({ informers }) {
    informers.informer(persistentVolumeClaims).addIndex(BY_CLASS, classesOfClaim);
    informers.informer(persistentVolumes).addIndex(BY_CLASS, classesOfVolume);
  },
  async reconcile(key, { client, informers }) {
    const attributes = informers.informer(volumeAttributesClasses).get('', key);
    if (attributes === undefined) return DONE;
    const isInUse =
      informers.informer(persistentVolumeClaims).byIndex(BY_CLASS, key).length > 0 ||
      informers.informer(persistentVolumes).byIndex(BY_CLASS, key).length > 0;
    await setFinalizer(client, volumeAttributesClasses, attributes, CLASS_FINALIZER, isInUse);
    return DONE;
  },
});
