import type { PersistentVolumeClaim, Pod, StatefulSet } from '@gantry/api/generated/types';
import { persistentVolumeClaims } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { ControllerContext } from '@gantry/runtime/port';
import { messageOf } from '../shared/batches.ts';
import { claimName, claimsFor, ordinalOf } from './identity.ts';
import { decideOwners, goesWithOldPod, hasOtherController } from './retention.ts';

function* knownClaims(
  set: StatefulSet,
  ordinal: number,
  { informers }: ControllerContext,
): Iterable<PersistentVolumeClaim> {
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(set, template.metadata?.name ?? '', ordinal);
    const known = informers.informer(persistentVolumeClaims).get(set.metadata.namespace ?? '', name);
    if (known !== undefined) yield known;
  }
}

/** Makes the claims of a pod that are missing. Throws when one can't be made, or is on its way out. */
export async function createClaims(
  set: StatefulSet,
  ordinal: number,
  pod: string,
  { client, informers, events }: ControllerContext,
): Promise<void> {
  for (const wanted of claimsFor(set, ordinal)) {
    const { namespace = '', name } = wanted.metadata;
    const existing = informers.informer(persistentVolumeClaims).get(namespace, name);
    if (existing?.metadata.deletionTimestamp !== undefined) throw new Error(`pvc ${name} is being deleted`);
    if (existing !== undefined) continue;
    const where = `Pod ${pod} in StatefulSet ${set.metadata.name}`;
    try {
      await client.create(persistentVolumeClaims, wanted);
      events.event(set, 'Normal', 'SuccessfulCreate', `Create Claim ${name} ${where} success`);
    } catch (error) {
      if (isStatusError(error, 'AlreadyExists')) continue;
      const failed = `Create Claim ${name} for ${where} failed error: ${messageOf(error)}`;
      events.event(set, 'Warning', 'FailedCreate', failed);
      throw error;
    }
  }
}

/** Whether claims of a pod that was scaled away are still there: the next pod of the name waits for them to go. */
export function mustWaitForClaims(set: StatefulSet, ordinal: number, context: ControllerContext): boolean {
  const pod = `${set.metadata.name}-${ordinal}`;
  return [...knownClaims(set, ordinal, context)].some((claim) => goesWithOldPod(set, pod, claim));
}

/** Gives the claims of a pod the owners that the retention policy wants; `wrote` hears of each. Throws Conflict when another was faster. */
export async function settleClaims(
  set: StatefulSet,
  pod: Pod,
  context: ControllerContext,
  wrote: (claim: PersistentVolumeClaim) => void,
): Promise<void> {
  const { client, events } = context;
  for (const claim of knownClaims(set, ordinalOf(set, pod), context)) {
    const ownerReferences = decideOwners(set, pod, claim);
    if (ownerReferences === undefined) continue;
    const { namespace = '', name, resourceVersion } = claim.metadata;
    if (hasOtherController(set, pod, claim))
      events.event(
        set,
        'Warning',
        'ConflictingController',
        `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`,
      );
    const metadata = { ownerReferences, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
    try {
      wrote(await client.patch(persistentVolumeClaims, namespace, name, { metadata }, { type: 'merge' }));
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
    }
  }
}
