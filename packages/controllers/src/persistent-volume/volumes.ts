import type { PersistentVolume } from '@gantry/api/generated/types';
import { persistentVolumeClaims, persistentVolumes } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { ControllerContext, Outcome } from '@gantry/runtime/port';
import { DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { LOCAL_PATH, PROVISIONED_BY } from './local-path.ts';
import { BOUND_BY_CONTROLLER } from './match.ts';

/** A volume's phase from its claim, and what its reclaim policy asks for once the claim is gone. */
export async function syncVolume(volume: PersistentVolume, context: ControllerContext): Promise<Outcome> {
  const { client, informers } = context;
  const ref = volume.spec.claimRef;
  if (ref === undefined || !ref.uid) return setPhase(volume, 'Available', context);
  const { namespace = '', name = '' } = ref;
  let claim = informers.informer(persistentVolumeClaims).get(namespace, name);
  if (claim?.metadata.uid !== ref.uid) {
    // The cache may be behind: data is only given up on the server's own word.
    claim = await client.get(persistentVolumeClaims, namespace, name).catch((error: unknown) => {
      if (isStatusError(error, 'NotFound')) return undefined;
      throw error;
    });
  }
  if (claim?.metadata.uid !== ref.uid) {
    if (volume.status?.phase !== 'Failed') await setPhase(volume, 'Released', context);
    return reclaim(volume, context);
  }
  if (claim.spec.volumeName === volume.metadata.name) return setPhase(volume, 'Bound', context);
  if (claim.spec.volumeName && volume.metadata.annotations?.[BOUND_BY_CONTROLLER] !== undefined)
    return unbind(volume, context);
  return DONE;
}

async function setPhase(
  volume: PersistentVolume,
  phase: string,
  { client }: ControllerContext,
): Promise<Outcome> {
  if (volume.status?.phase !== phase)
    await client.update(persistentVolumes, { ...volume, status: { phase } }, { subresource: 'status' });
  return DONE;
}

/** The claim chose another volume meanwhile. */
async function unbind(volume: PersistentVolume, { client }: ControllerContext): Promise<Outcome> {
  const { claimRef: _, ...spec } = volume.spec;
  const { [BOUND_BY_CONTROLLER]: __, ...annotations } = volume.metadata.annotations ?? {};
  await client.update(persistentVolumes, { ...volume, metadata: { ...volume.metadata, annotations }, spec });
  return DONE;
}

async function reclaim(volume: PersistentVolume, { client, events }: ControllerContext): Promise<Outcome> {
  if (volume.metadata.deletionTimestamp !== undefined) return DONE;
  if (volume.spec.persistentVolumeReclaimPolicy !== 'Delete') return DONE;
  const provisioner = volume.metadata.annotations?.[PROVISIONED_BY];
  if (provisioner === LOCAL_PATH) {
    const { uid, name } = volume.metadata;
    await ignoreNotFound(
      client.delete(persistentVolumes, '', name, uid === undefined ? {} : { preconditions: { uid } }),
    );
  } else if (provisioner === undefined)
    events.event(
      volume,
      'Warning',
      'VolumeFailedDelete',
      'error getting deleter volume plugin for volume: no deletable volume plugin matched',
    );
  return DONE;
}
