import { setTimeout as sleep } from 'node:timers/promises';
import type { Application, ApplicationObjectStatus, LedgerEntry } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { isStatusError } from '@gantry/machinery/status';
import { syncIdOf } from '../../ledger/record.ts';
import type { Plan } from '../../plan/plan.ts';
import { heirOf } from '../../prune/left-over.ts';
import { entryIdentity, inventoryOf } from '../inventory.ts';
import type { LiveObjects } from '../live-objects.ts';

/** What a step did to objects before the process that began it died, which therefore told of nothing. */
export interface Recount {
  readonly created: number;
  readonly changed: number;
  readonly pruned: number;
}

const NONE: Recount = { created: 0, changed: 0, pruned: 0 };
const PAGE = 1_000;
const PAGES_MAX = 20;
/** The server writes the ledger right after the objects. */
const TRIES = 5;
const TRY_AGAIN_MS = 200;

export interface RecountParts {
  readonly client: Client;
  readonly live: Pick<LiveObjects, 'get'>;
}

/**
 * Counts what was there already when it was applied, and gone when it was to be deleted, although the status never said so:
 * what came since the last sync whose end was told was created by one whose end was not; of the rest the ledger tells, where
 * there is one. `before`: the Application as it was then; `after`: what it holds now.
 */
export async function recount(
  { client, live }: RecountParts,
  before: Application,
  { commit, results }: Plan,
  after: readonly ApplicationObjectStatus[],
): Promise<Recount> {
  const held = new Set(inventoryOf(before).map(entryIdentity));
  const holds = new Set(after.map(entryIdentity));
  const told = new Map(results.map((result) => [entryIdentity(result), result.operation]));
  const found = after.filter((entry) => {
    const identity = entryIdentity(entry);
    return told.get(identity) === 'none' && !held.has(identity);
  });
  const gone = inventoryOf(before)
    .filter((entry) => heirOf(entry) === undefined)
    .map(entryIdentity)
    .filter((identity) => !holds.has(identity) && told.get(identity) !== 'delete');
  if (found.length + gone.length === 0) return NONE;
  const since = sinceOf(before);
  const older: string[] = [];
  for (const entry of found) {
    const object = await live.get(entry.apiVersion, entry.kind, entry.namespace ?? '', entry.name);
    const came = object?.metadata.creationTimestamp ?? undefined;
    if (came === undefined || since === undefined || Date.parse(came) < Date.parse(since))
      older.push(entryIdentity(entry));
  }
  const open = new Set([...older, ...gone]);
  let done: ReadonlyMap<string, string> = new Map();
  for (let tries = 0; open.size > 0 && tries < TRIES; tries += 1) {
    if (tries > 0) await sleep(TRY_AGAIN_MS);
    done = await recorded(client, before, commit, open);
    // What nobody recorded at all is not ours, and won't come.
    if (done.size === 0 || done.size === open.size) break;
  }
  const count = (operation: string): number => [...done.values()].filter((one) => one === operation).length;
  return {
    created: found.length - older.length + count('create'),
    changed: count('update'),
    pruned: count('delete'),
  };
}

/** When the last sync ended whose end was told. */
const sinceOf = ({ metadata, status }: Application): string | undefined =>
  status?.history?.[0]?.time ?? metadata.creationTimestamp ?? undefined;

/** What the ledger says that syncs of the commit did to these objects, since the last one whose end was told. */
async function recorded(
  client: Client,
  application: Application,
  commit: string,
  open: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const { namespace = '', name } = application.metadata;
  const since = sinceOf(application);
  const selector = [
    `application=${name}`,
    `syncId=${syncIdOf(namespace, name, commit)}`,
    'type=Change|Prune',
    ...(since === undefined ? [] : [`since=${since}`]),
  ].join(',');
  const path = `/apis/gitops.gantry.dev/v1alpha1/namespaces/${namespace}/ledgerentries?limit=${PAGE}&fieldSelector=${encodeURIComponent(selector)}`;
  const done = new Map<string, string>();
  let more = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const list = await client
      .request<{ items: LedgerEntry[]; metadata: { continue?: string } }>('GET', `${path}${more}`)
      .catch((error: unknown) => {
        if (isStatusError(error)) return { items: [], metadata: {} as { continue?: string } };
        throw error;
      });
    for (const { object, operation } of list.items) {
      if (object === undefined || operation === undefined) continue;
      const identity = entryIdentity(object);
      // Newest first: what made it counts.
      if (open.has(identity)) done.set(identity, operation);
    }
    if (list.metadata.continue === undefined || list.metadata.continue === '') break;
    more = `&continue=${encodeURIComponent(list.metadata.continue)}`;
  }
  return done;
}
