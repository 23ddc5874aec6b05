import type { Application, ApplicationObjectStatus, ApplicationStatus } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import type { Informer, Lister } from '@gantry/client/port';
import { goingOver, heirOf, notTakenYet } from '../prune/left-over.ts';
import type { Desired } from './desired-sets.ts';
import { entryIdentity, type InventoryIndex, inventoryOf } from './inventory.ts';

/** An heir that is at work has taken over what is its own by then. */
const OVERDUE_MS = 600_000;
const WHY_MAX = 120;

export interface HandoverParts {
  readonly index: InventoryIndex;
  readonly desired: Desired;
}

/** What of an Application is to go over, by heir. */
function goingIn(application: Application): ReadonlyMap<string, readonly string[]> {
  const going = new Map<string, string[]>();
  for (const entry of inventoryOf(application)) {
    const heir = heirOf(entry);
    if (heir === undefined) continue;
    const listed = going.get(heir);
    if (listed === undefined) going.set(heir, [entryIdentity(entry)]);
    else listed.push(entryIdentity(entry));
  }
  return going;
}

/** Whether something that was to go over won't: it has to be decided about anew. */
export async function isAnyReleased(
  { index, desired }: HandoverParts,
  application: Application,
  commit: string,
): Promise<boolean> {
  for (const [heir, identities] of goingIn(application)) {
    const isClaimed = (identity: string): boolean => index.holdersOf(identity).includes(heir);
    const open = identities.filter((identity) => !isClaimed(identity));
    if (open.length > 0 && (await desired.isReleased(heir, open, { application, commit }))) return true;
  }
  return false;
}

/** The status with what is said of objects whose heir doesn't take them: no deviation, as long as it may be about to. */
export function withHeirs(
  application: Application,
  status: ApplicationStatus,
  applications: Lister<Application>,
  nowMs: number,
): { readonly status: ApplicationStatus; readonly againMs?: number } {
  const { objects } = status;
  if (objects?.some((entry) => heirOf(entry) !== undefined) !== true) return { status };
  const applied = status.history?.find(({ result }) => result === 'Applied')?.time;
  const leftMs = applied === undefined ? OVERDUE_MS : Date.parse(applied) + OVERDUE_MS - nowMs;
  const told = objects.map((entry): ApplicationObjectStatus => {
    const heir = heirOf(entry);
    if (heir === undefined) return entry;
    const why = whyNotTaken(heir, application, applications) ?? (leftMs > 0 ? undefined : OVERDUE);
    return why === undefined ? goingOver(entry, heir) : notTakenYet(entry, heir, why);
  });
  const sync = told.some((entry) => entry.sync === 'OutOfSync') ? ('OutOfSync' as const) : status.sync;
  return {
    status: { ...status, objects: told, ...(sync === undefined ? {} : { sync }) },
    ...(leftMs > 0 ? { againMs: leftMs } : {}),
  };
}

const OVERDUE = `not in ${OVERDUE_MS / 60_000} minutes`;

/** Why an heir won't take anything for now; undefined when it may be about to. */
function whyNotTaken(
  heir: string,
  { metadata }: Application,
  applications: Lister<Application>,
): string | undefined {
  const { namespace, name } = splitKey(heir);
  const found = applications.get(namespace, name);
  if (found === undefined) return 'it is gone';
  const { spec, status } = found;
  const { operation, message } = status ?? {};
  // Messages of another namespace are for who may read them there.
  const told = namespace === metadata.namespace ? message?.split('\n')[0]?.slice(0, WHY_MAX) : undefined;
  const hasFailed = status?.conditions?.some(({ type }) => type === 'GivenUp') === true;
  if (operation?.retryTime !== undefined || hasFailed) return told ?? 'its sync fails';
  if (operation === undefined && spec.syncPolicy?.automated === false)
    return 'it waits for a request, since its automated sync is off';
  return status?.quarantine === undefined ? undefined : 'it was rolled back';
}

/**
 * The status without what others have taken over and the Application's own Git no longer holds, although it wasn't synced
 * since: it waits for a request, or its folder is gone as a whole. `commit`: what it follows.
 */
export async function withoutTaken(
  { index, desired }: HandoverParts,
  application: Application,
  status: ApplicationStatus,
  commit: string,
): Promise<ApplicationStatus> {
  const key = keyOf(application);
  const taken = new Set<ApplicationObjectStatus>();
  for (const entry of status.objects ?? []) {
    const identity = entryIdentity(entry);
    const isKept = index.keepersOf(identity).some((holder) => holder !== key);
    if (isKept && (await desired.isLeaving(key, identity, { application, commit }))) taken.add(entry);
  }
  if (taken.size === 0) return status;
  return { ...status, objects: (status.objects ?? []).filter((entry) => !taken.has(entry)) };
}

/** An heir that changes, or goes, is news for those who wait for it. */
export function wakeLeavers(
  applications: Pick<Informer<Application>, 'addHandler'>,
  enqueue: (key: string) => void,
): void {
  const heirs = new Map<string, ReadonlySet<string>>();
  const wake = (heir: string): void => {
    for (const [key, waitsFor] of heirs) if (waitsFor.has(heir)) enqueue(key);
  };
  applications.addHandler({
    onUpdate(application) {
      const key = keyOf(application);
      const going = goingIn(application);
      if (going.size === 0) heirs.delete(key);
      else heirs.set(key, new Set(going.keys()));
      wake(key);
    },
    onDelete(application) {
      heirs.delete(keyOf(application));
      wake(keyOf(application));
    },
  });
}
