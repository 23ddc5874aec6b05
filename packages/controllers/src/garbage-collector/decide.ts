import type { ObjectMeta, OwnerReference } from '@gantry/machinery/object';
import { FOREGROUND, ORPHAN } from './graph.ts';

/** What became of an owner: it is there, it is gone, or it waits for its dependents to go first. */
export type OwnerState = 'solid' | 'dangling' | 'waiting';

export type Decision =
  | { readonly type: 'keep' }
  /** Let go of the owners that are gone or going; another still holds the object. */
  | { readonly type: 'release'; readonly uids: readonly string[] }
  | {
      readonly type: 'delete';
      readonly policy: 'Foreground' | 'Background' | 'Orphan';
      /** First stop blocking the owners: the object's own dependents block each other in a ring. */
      readonly unblock: boolean;
    };

/** What to do with an object whose owners were looked up. */
export function decide(
  metadata: ObjectMeta,
  states: ReadonlyMap<string, OwnerState>,
  dependents: { readonly count: number; readonly areDeletingDependents: boolean },
): Decision {
  const owners = metadata.ownerReferences ?? [];
  if (owners.length === 0) return { type: 'keep' };
  const inState = (state: OwnerState) => owners.filter((owner) => states.get(owner.uid) === state);
  const gone = [...inState('dangling'), ...inState('waiting')];
  if (inState('solid').length > 0)
    return gone.length === 0 ? { type: 'keep' } : { type: 'release', uids: gone.map((owner) => owner.uid) };
  if (inState('waiting').length > 0 && dependents.count > 0)
    return { type: 'delete', policy: 'Foreground', unblock: dependents.areDeletingDependents };
  const finalizers = metadata.finalizers ?? [];
  const policy = finalizers.includes(ORPHAN)
    ? 'Orphan'
    : finalizers.includes(FOREGROUND)
      ? 'Foreground'
      : 'Background';
  return { type: 'delete', policy, unblock: false };
}

export const blocks = (owners: readonly OwnerReference[], uid: string): boolean =>
  owners.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true);
