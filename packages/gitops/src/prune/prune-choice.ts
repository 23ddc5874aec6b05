import type {
  Application,
  ApplicationObjectStatus,
  ApplySetReference,
  PendingPrune,
} from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { KindFinder, ServedKind } from '../render/kinds.ts';
import type { Desired } from '../sync/desired-sets.ts';
import { entryIdentity, type InventoryIndex, inventoryOf } from '../sync/inventory.ts';
import { pendingPrune } from './budget.ts';
import { heldBefore } from './held-before.ts';
import { goingOver, left, protectedEntry, waiting } from './left-over.ts';
import { protectionOf } from './protection.ts';

export interface PruneParts {
  /** Of the sync's own identity: it may read everything. */
  readonly client: Client;
  readonly kinds: KindFinder;
  readonly index: InventoryIndex;
  /** Absent: what moves between Applications isn't known. */
  readonly desired?: Desired;
}

/** What becomes of the objects that a commit no longer holds. */
export interface PruneChoice {
  /** Deleted, each only as the object that was looked at. */
  readonly doomed: readonly ApplySetReference[];
  /** Would be deleted, and wait for an approval. */
  readonly waiting: readonly ApplySetReference[];
  /** Stay, and stay in the inventory: protected, waiting for an approval, or pruning is off. */
  readonly kept: readonly ApplicationObjectStatus[];
  /** Applications that may be to take some of it over, of which that isn't known yet: nothing is decided. */
  readonly late?: readonly string[];
  /** Set when the deletions wait for an approval; then all of them are in `kept`. */
  readonly pending?: PendingPrune;
}

const NOTHING: PruneChoice = { doomed: [], waiting: [], kept: [] };
const READ_AT_ONCE = 16;
/** For those that may take something over no worker is held for longer: it is woken when they are known. */
export const HEIRS_WAIT_MS = 1_000;

/** What is waited for. */
export const describeLate = ([first, ...more]: readonly string[]): string =>
  `what Application ${first}${more.length > 0 ? ` and ${more.length} more` : ''} may take over to be known`;

/**
 * Decides about what `application` holds and `commit` doesn't. Looks at the live objects: what is gone is forgotten, what
 * says that it is to be kept stays, what another Application holds is left to it. Never the Application itself, nor its
 * namespace. `waitMs`: how long others are waited for that may take some of it over. Throws what may pass by itself (a
 * server that can't be reached).
 */
export async function choosePrune(
  parts: PruneParts,
  application: Application,
  commit: string,
  rendered: ReadonlySet<string>,
  waitMs?: number,
): Promise<PruneChoice> {
  const left = leftover(application, rendered);
  if (left.length === 0) return NOTHING;
  const claimed = left.flatMap((entry) => claimedFrom(parts.index, application, entry));
  const live = await readLive(parts, application, left);
  const identities = live.map(({ entry }) => entryIdentity(entry));
  const heirs = await parts.desired?.heirs({ application, commit }, identities, waitMs);
  const choice = decidePrune(application, commit, live, heirs?.found);
  if (heirs !== undefined && heirs.late.length > 0) return { ...choice, late: heirs.late };
  return { ...choice, kept: [...choice.kept, ...claimed] };
}

/** An entry that another Application is about to apply: it is let go of once that one has it, which may yet be refused. */
export function claimedFrom(
  index: InventoryIndex,
  application: Application,
  entry: ApplicationObjectStatus,
): ApplicationObjectStatus[] {
  const identity = entryIdentity(entry);
  const isOther = (holder: string): boolean => holder !== keyOf(application);
  const other = index.holdersOf(identity).find(isOther);
  return other === undefined || index.keepersOf(identity).some(isOther) ? [] : [goingOver(entry, other)];
}

function leftover(
  application: Application,
  rendered: ReadonlySet<string>,
): readonly ApplicationObjectStatus[] {
  return heldEntries(application).filter((entry) => !rendered.has(entryIdentity(entry)));
}

/** What an Application holds, but for itself and the namespace that it is in: with these its history would go. */
export function heldEntries(application: Application): readonly ApplicationObjectStatus[] {
  const { namespace = '', name } = application.metadata;
  const own = [`/Namespace//${namespace}`, `gitops.gantry.dev/Application/${namespace}/${name}`];
  return inventoryOf(application).filter((entry) => !own.includes(entryIdentity(entry)));
}

/** An object that an Application holds, and as it is. */
export interface HeldObject {
  readonly entry: ApplicationObjectStatus;
  readonly live: KubeObject;
}

/** Those of the entries that are there and that nobody else holds, nor would take over as soon as it may. */
export async function readLive(
  { client, kinds, index }: PruneParts,
  application: Application,
  entries: readonly ApplicationObjectStatus[],
): Promise<HeldObject[]> {
  const key = keyOf(application);
  const found: (HeldObject | undefined)[] = [];
  const wanted = index.wantedFrom(key);
  const own = entries.filter((entry) => {
    const identity = entryIdentity(entry);
    return !wanted.has(identity) && index.holdersOf(identity).every((holder) => holder === key);
  });
  for (let at = 0; at < own.length; at += READ_AT_ONCE)
    found.push(...(await Promise.all(own.slice(at, at + READ_AT_ONCE).map(read))));
  return found.filter((one) => one !== undefined);

  async function read(entry: ApplicationObjectStatus): Promise<HeldObject | undefined> {
    const { apiVersion, kind, namespace = '', name } = entry;
    // What the server no longer serves went with its kind.
    const served: ServedKind | undefined = await kinds.find(apiVersion, kind);
    if (served === undefined) return undefined;
    try {
      return { entry, live: await client.get<KubeObject>(served, namespace, name) };
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return undefined;
      throw error;
    }
  }
}

/** The same, when the objects have been looked at. `heirs`: which other Applications are to hold some of them. */
export function decidePrune(
  application: Application,
  commit: string,
  live: readonly HeldObject[],
  heirs: ReadonlyMap<string, string> = new Map(),
): PruneChoice {
  const isOff = application.spec.syncPolicy?.prune === false;
  const doomed: HeldObject[] = [];
  const kept: ApplicationObjectStatus[] = [];
  for (const one of live) {
    const heir = heirs.get(entryIdentity(one.entry));
    if (heir !== undefined) {
      kept.push(goingOver(one.entry, heir));
      continue;
    }
    const protection = protectionOf(one.live);
    // The manifest's word holds even when somebody took the annotation off the live object.
    if (protection !== undefined || one.entry.keep === true)
      kept.push(protectedEntry(one.entry, protection ?? 'so in its last manifest'));
    else if (isOff) kept.push(left(one.entry, 'pruning is off'));
    else doomed.push(one);
  }
  const entries = doomed.map(({ entry }) => entry);
  const pending = pendingPrune(application, commit, entries, heldBefore(application, entries));
  const references = doomed.map(referenceOf);
  if (pending === undefined) return { doomed: references, waiting: [], kept };
  const spared = entries.map(waiting);
  return { doomed: [], waiting: references, kept: [...kept, ...spared], pending };
}

export function referenceOf({ entry, live }: HeldObject): ApplySetReference {
  const { apiVersion, kind, name, namespace } = entry;
  const { uid } = live.metadata;
  return {
    apiVersion,
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(uid === undefined ? {} : { uid }),
  };
}
