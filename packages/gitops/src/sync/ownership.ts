import type { Application, ApplicationStatus, Condition } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { identityOf, type Rendered } from '../render/render.ts';
import type { SourceProblem } from '../render/source-object.ts';
import { nameOf } from '../render/source-object.ts';
import type { Desired } from './desired-sets.ts';
import type { InventoryIndex } from './inventory.ts';

/** Condition of Applications that would both apply the same object, on either side. */
export const CONTESTED = 'Contested';
const OBJECTS_NAMED = 5;
const MESSAGE_MAX = 8_192;

/** Whose objects a commit may take, although they hold them still: pairs of holder and object. */
export type LettingGo = (holder: string, identity: string) => boolean;

/** Looks who of the holders of a commit's objects is about to let go of them: what moves from one Application to another. */
export async function lettingGo(
  { objects, commit }: Rendered,
  { index, desired }: { readonly index: InventoryIndex; readonly desired?: Desired },
  application: Application,
): Promise<LettingGo> {
  const key = keyOf(application);
  const leaving = new Set<string>();
  if (desired !== undefined)
    for (const { object } of objects) {
      const identity = identityOf(object);
      for (const holder of index.holdersOf(identity))
        if (holder !== key && (await desired.isLeaving(holder, identity, { application, commit })))
          leaving.add(`${holder} ${identity}`);
    }
  return (holder, identity) => leaving.has(`${holder} ${identity}`);
}

/** Objects of a commit that another Application holds: two that apply the same object would undo each other for ever. */
export function heldByOthers(
  rendered: Rendered,
  index: InventoryIndex,
  key: string,
  isLettingGo: LettingGo,
): SourceProblem[] {
  return rendered.objects.flatMap((source) => {
    const identity = identityOf(source.object);
    const other = index
      .holdersOf(identity)
      .find((holder) => holder !== key && !isLettingGo(holder, identity));
    if (other === undefined) return [];
    return [
      {
        file: source.file,
        line: source.line,
        object: nameOf(source.object),
        reason: `Application ${other} holds this object already, and ${key} would too: remove it from one of them`,
      },
    ];
  });
}

/** The status with a condition that names the other side, as long as there is one. */
export function withContests(
  application: Application,
  status: ApplicationStatus,
  index: InventoryIndex,
  time: string,
): ApplicationStatus {
  const message = describeContests(index, keyOf(application));
  const before = status.conditions?.find(({ type }) => type === CONTESTED);
  if (message === before?.message) return status;
  const others = (status.conditions ?? []).filter(({ type }) => type !== CONTESTED);
  if (message === undefined) return { ...status, conditions: others };
  const condition: Condition = {
    type: CONTESTED,
    status: 'True',
    reason: 'HeldTwice',
    message,
    lastTransitionTime: before?.lastTransitionTime ?? time,
  };
  return { ...status, conditions: [...others, condition] };
}

function describeContests(index: InventoryIndex, key: string): string | undefined {
  const lines = index.contestsOf(key).map(({ contender, holder, identities }) => {
    const names = identities.slice(0, OBJECTS_NAMED).map((identity) => {
      const [, kind = '', , name = ''] = identity.split('/');
      return `${kind}/${name}`;
    });
    const more = identities.length - names.length;
    const objects = names.join(', ') + (more > 0 ? ` and ${more} more` : '');
    return holder === key
      ? `Application ${contender} would apply ${objects} too, which this one holds: remove it from one of them`
      : `Application ${holder} holds ${objects} already, which this one would apply too: remove it from one of them`;
  });
  return lines.length === 0 ? undefined : lines.sort().join('\n').slice(0, MESSAGE_MAX);
}
