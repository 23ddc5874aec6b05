import { isDeepStrictEqual } from 'node:util';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '@gantry/api/generated/types';
import { nodes, persistentVolumeClaims, persistentVolumes, storageClasses } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { ControllerContext, Outcome } from '@gantry/runtime/port';
import { messageOf } from '../shared/batches.ts';
import { findCondition } from '../shared/conditions.ts';
import { DONE } from '../shared/outcomes.ts';
import { LOCAL_PATH, localPathVolume } from './local-path.ts';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER, classOf, findVolume, isPreBound } from './match.ts';

const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const BETA_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';

/** One claim brought a step further. `root` is where local-path volumes lie on nodes. */
export async function syncClaim(
  claim: PersistentVolumeClaim,
  root: string,
  context: ControllerContext,
): Promise<Outcome> {
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) return syncBound(claim, context);
  if (claim.metadata.deletionTimestamp !== undefined) return DONE;
  const volumes = context.informers.informer(persistentVolumes);
  const { volumeName } = claim.spec;
  if (volumeName) {
    const volume = volumes.get('', volumeName);
    if (volume === undefined) return setPhase(claim, 'Pending', context);
    if (volume.spec.claimRef === undefined || isPreBound(volume, claim)) return bind(volume, claim, context);
    context.events.event(
      claim,
      'Warning',
      'FailedBinding',
      `volume ${JSON.stringify(volumeName)} already bound to a different claim.`,
    );
    return setPhase(claim, 'Pending', context);
  }
  const className = classOf(claim);
  const storageClass = context.informers.informer(storageClasses).get('', className);
  const waits =
    storageClass?.volumeBindingMode === 'WaitForFirstConsumer' &&
    claim.metadata.annotations?.[SELECTED_NODE] === undefined;
  const found = findVolume(claim, volumes.list(), waits);
  if (found !== undefined) return bind(found, claim, context);
  if (waits)
    context.events.event(
      claim,
      'Normal',
      'WaitForFirstConsumer',
      'waiting for first consumer to be created before binding',
    );
  else if (className !== '') return provision(claim, className, storageClass, root, context);
  else
    context.events.event(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    );
  return setPhase(claim, 'Pending', context);
}

async function syncBound(claim: PersistentVolumeClaim, context: ControllerContext): Promise<Outcome> {
  const volume = context.informers.informer(persistentVolumes).get('', claim.spec.volumeName ?? '');
  const { events } = context;
  const lose = (reason: string, message: string) => {
    if (claim.status?.phase !== 'Lost') events.event(claim, 'Warning', reason, message);
    return setPhase(claim, 'Lost', context);
  };
  if (volume === undefined)
    return lose('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  if (volume.spec.claimRef === undefined || volume.spec.claimRef.uid === claim.metadata.uid)
    return bind(volume, claim, context);
  return lose('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

async function setPhase(
  claim: PersistentVolumeClaim,
  phase: string,
  { client }: ControllerContext,
): Promise<Outcome> {
  if (claim.status?.phase === phase) return DONE;
  const { accessModes: _, capacity: __, currentVolumeAttributesClassName: ___, ...rest } = claim.status ?? {};
  await client.update(
    persistentVolumeClaims,
    { ...claim, status: { ...rest, phase } },
    { subresource: 'status' },
  );
  return DONE;
}

/** In this order, each step of which may be the last before a crash: the volume points to the claim, then back. */
async function bind(
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
  { client }: ControllerContext,
): Promise<Outcome> {
  const { namespace = '', name, uid = '' } = claim.metadata;
  let boundVolume = volume;
  if (volume.spec.claimRef?.uid !== uid) {
    const { resourceVersion } = claim.metadata;
    const claimRef = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace,
      name,
      uid,
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    };
    const annotations = {
      ...volume.metadata.annotations,
      ...(volume.spec.claimRef === undefined ? { [BOUND_BY_CONTROLLER]: 'yes' } : {}),
    };
    boundVolume = await client.update(persistentVolumes, {
      ...volume,
      metadata: { ...volume.metadata, annotations },
      spec: { ...volume.spec, claimRef },
    });
  }
  if (boundVolume.status?.phase !== 'Bound')
    await client.update(
      persistentVolumes,
      { ...boundVolume, status: { ...boundVolume.status, phase: 'Bound' } },
      { subresource: 'status' },
    );
  let boundClaim = claim;
  const annotations = {
    ...claim.metadata.annotations,
    [BIND_COMPLETED]: 'yes',
    ...(claim.spec.volumeName ? {} : { [BOUND_BY_CONTROLLER]: 'yes' }),
  };
  const { name: volumeName } = volume.metadata;
  if (claim.spec.volumeName !== volumeName || !isDeepStrictEqual(annotations, claim.metadata.annotations))
    boundClaim = await client.update(persistentVolumeClaims, {
      ...claim,
      metadata: { ...claim.metadata, annotations },
      spec: { ...claim.spec, volumeName },
    });
  const status = {
    ...boundClaim.status,
    ...attributesClass(volume, boundClaim),
    phase: 'Bound',
    accessModes: [...(volume.spec.accessModes ?? [])],
    capacity: boundClaim.status?.capacity ?? { ...volume.spec.capacity },
  };
  if (!isDeepStrictEqual(status, boundClaim.status))
    await client.update(persistentVolumeClaims, { ...boundClaim, status }, { subresource: 'status' });
  return DONE;
}

/** The class in force, said once, as the claim becomes bound: later changes are for who makes them in the volume to tell. */
function attributesClass(
  { spec }: PersistentVolume,
  { status }: PersistentVolumeClaim,
): { currentVolumeAttributesClassName?: string } {
  const name = spec.volumeAttributesClassName;
  return name === undefined || status?.phase === 'Bound' ? {} : { currentVolumeAttributesClassName: name };
}

async function provision(
  claim: PersistentVolumeClaim,
  className: string,
  storageClass: StorageClass | undefined,
  root: string,
  context: ControllerContext,
): Promise<Outcome> {
  const { client, events } = context;
  if (storageClass === undefined) {
    const message = `storageclass.storage.k8s.io ${JSON.stringify(className)} not found`;
    events.event(claim, 'Warning', 'ProvisioningFailed', message);
    return setPhase(claim, 'Pending', context);
  }
  const { provisioner } = storageClass;
  const annotated = await annotate(claim, provisioner, context);
  if (provisioner !== LOCAL_PATH) {
    if (provisioner === 'kubernetes.io/no-provisioner')
      events.event(
        claim,
        'Normal',
        'FailedBinding',
        'no persistent volumes available for this claim and no storage class is set',
      );
    else
      events.event(
        claim,
        'Normal',
        'ExternalProvisioning',
        `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. ` +
          'If volume creation is delayed, please verify that the provisioner is running and correctly registered.',
      );
    return setPhase(annotated, 'Pending', context);
  }
  const node = chooseNode(annotated, context);
  if (node === undefined) {
    events.event(claim, 'Warning', 'ProvisioningFailed', 'no node is ready to hold the volume');
    await setPhase(annotated, 'Pending', context);
    return { type: 'requeueAfter', ms: 5_000 };
  }
  const wanted = localPathVolume(annotated, storageClass, node, root);
  try {
    await client.create(persistentVolumes, wanted);
  } catch (error) {
    if (isStatusError(error, 'AlreadyExists')) return DONE;
    const message = `failed to provision volume with StorageClass ${JSON.stringify(className)}: ${messageOf(error)}`;
    events.event(claim, 'Warning', 'ProvisioningFailed', message);
    throw error;
  }
  const message = `Successfully provisioned volume ${wanted.metadata.name}`;
  events.event(claim, 'Normal', 'ProvisioningSucceeded', message);
  return DONE;
}

async function annotate(
  claim: PersistentVolumeClaim,
  provisioner: string,
  { client }: ControllerContext,
): Promise<PersistentVolumeClaim> {
  if (claim.metadata.annotations?.[PROVISIONER] === provisioner) return claim;
  const annotations = {
    ...claim.metadata.annotations,
    [PROVISIONER]: provisioner,
    [BETA_PROVISIONER]: provisioner,
  };
  return client.update(persistentVolumeClaims, { ...claim, metadata: { ...claim.metadata, annotations } });
}

/** The node that the scheduler chose; for claims that do not wait for one, any that is ready. */
function chooseNode(claim: PersistentVolumeClaim, { informers }: ControllerContext) {
  const selected = claim.metadata.annotations?.[SELECTED_NODE];
  const informer = informers.informer(nodes);
  if (selected !== undefined) return informer.get('', selected);
  return informer
    .list()
    .find(
      (node) =>
        findCondition(node.status?.conditions, 'Ready')?.status === 'True' &&
        node.spec.unschedulable !== true,
    );
}
