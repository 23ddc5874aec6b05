import type { PersistentVolume, PersistentVolumeClaim, Pod } from '@gantry/api/generated/types';
import { keyFor, keyOf, splitKey } from '@gantry/client/keys';
import type { Client, Resource } from '@gantry/client/port';
import { persistentVolumeClaims, persistentVolumes, pods } from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { isFinished } from '../shared/pods.ts';

const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
const VOLUME_FINALIZER = 'kubernetes.io/pv-protection';
const BY_CLAIM = 'byClaim';

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
