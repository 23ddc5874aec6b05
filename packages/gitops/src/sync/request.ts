import type { Application } from '@gantry/api/generated/types';
import { identityOf, type Rendered } from '../render/render.ts';
import { nameOf } from '../render/source-object.ts';

/** Ask for a sync now: any new value. */
export const SYNC_REQUESTED = 'gitops.gantry.dev/sync-requested-at';
/** What the requested sync takes only: `Kind/name` or `group/Kind/namespace/name`, with commas between. */
export const SYNC_OBJECTS = 'gitops.gantry.dev/sync-objects';
/** Who asked, by the word of the API server. */
const REQUESTED_BY = 'gitops.gantry.dev/requested-by';
/** Condition whose message is the last request that was dealt with. */
export const SYNC_HANDLED = 'SyncHandled';

export const requestOf = (application: Application): string | undefined =>
  application.metadata.annotations?.[SYNC_REQUESTED];

/** The request that was not dealt with yet. */
export function pendingRequest(application: Application): string | undefined {
  const requested = requestOf(application);
  const handled = application.status?.conditions?.find(({ type }) => type === SYNC_HANDLED)?.message;
  return requested === handled ? undefined : requested;
}

export const requesterOf = (application: Application): string | undefined =>
  application.metadata.annotations?.[REQUESTED_BY];

/** The words of a selective request; undefined when everything is asked for. */
export function selectionOf(application: Application): readonly string[] | undefined {
  const words = (application.metadata.annotations?.[SYNC_OBJECTS] ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  return words.length === 0 ? undefined : words;
}

/** Identities of the objects that a selection means, and its words that mean none. */
export function selected(
  rendered: Rendered,
  words: readonly string[],
): { readonly identities: ReadonlySet<string>; readonly unknown: readonly string[] } {
  const identities = new Set<string>();
  const unknown: string[] = [];
  for (const word of words) {
    const found = rendered.objects.filter(
      ({ object }) => nameOf(object) === word || identityOf(object) === word,
    );
    for (const { object } of found) identities.add(identityOf(object));
    if (found.length === 0) unknown.push(word);
  }
  return { identities, unknown };
}
