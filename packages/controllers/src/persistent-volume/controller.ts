import type {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '@gantry/api/generated/types';
import { keyFor, keyOf, splitKey } from '@gantry/client/keys';
import { nodes, persistentVolumeClaims, persistentVolumes, storageClasses } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { syncClaim } from './claims.ts';
import { DEFAULT_ROOT } from './local-path.ts';
import { BIND_COMPLETED } from './match.ts';
import { syncVolume } from './volumes.ts';

const CLAIM = 'claim:';
const VOLUME = 'volume:';

const unboundClaims = ({ informers }: ControllerContext): string[] =>
  informers
    .informer(persistentVolumeClaims)
    .list()
    .filter((claim) => claim.metadata.annotations?.[BIND_COMPLETED] === undefined)
    .map((claim) => CLAIM + keyOf(claim));

/** Binds claims to volumes, and makes local-path volumes below `root` on the nodes. */
export const persistentVolumeController = (root = DEFAULT_ROOT): Controller => ({
  name: 'persistentvolume-binder-controller',
  eventSource: 'persistentvolume-controller',
  inputs: [
    input<PersistentVolumeClaim>(persistentVolumeClaims, (claim) => [
      CLAIM + keyOf(claim),
      ...(claim.spec.volumeName ? [VOLUME + claim.spec.volumeName] : []),
    ]),
    input<PersistentVolume>(persistentVolumes, (volume, old, context) => {
      const ref = volume.spec.claimRef;
      const own = VOLUME + volume.metadata.name;
      if (ref?.name !== undefined) return [own, CLAIM + keyFor(ref.namespace, ref.name)];
      return old?.status?.phase === volume.status?.phase ? [own] : [own, ...unboundClaims(context)];
    }),
    input<StorageClass>(storageClasses, (_storageClass, _old, context) => unboundClaims(context)),
  ],
  outputs: [
    { resource: persistentVolumes, verbs: ['create', 'update', 'delete'] },
    { resource: persistentVolumes, verbs: ['update'], subresource: 'status' },
    { resource: persistentVolumeClaims, verbs: ['update'] },
    { resource: persistentVolumeClaims, verbs: ['update'], subresource: 'status' },
  ],
  setup({ informers }) {
    informers.informer<Node>(nodes);
  },
  async reconcile(key, context) {
    const { informers } = context;
    if (key.startsWith(CLAIM)) {
      const { namespace, name } = splitKey(key.slice(CLAIM.length));
      const claim = informers.informer(persistentVolumeClaims).get(namespace, name);
      return claim === undefined ? DONE : syncClaim(claim, root, context);
    }
    const volume = informers.informer(persistentVolumes).get('', key.slice(VOLUME.length));
    return volume === undefined ? DONE : syncVolume(volume, context);
  },
});
