import type { RequestAttributes } from '../request.ts';
import type { WorkEstimate } from './ticket.ts';

/** What the estimate needs of the server's state. */
export interface ServerState {
  /** How many objects there are and how many bytes one has; undefined: a resource that nobody knows. */
  objects(group: string, resource: string): { readonly count: number; readonly bytes: number } | undefined;
  /** Watches that a change of this resource goes to. */
  watches(group: string, resource: string): number;
}

const BYTES_PER_SEAT = 100_000;
/** A list from memory is sent piece by piece: no more than this is held for it at once. */
const STREAMED_BYTES = 1_000_000;
const WATCHES_PER_SEAT = 10;
const EVENT_MS = 5;
const MOST_LIST_SEATS = 100;
const MOST_MUTATING_SEATS = 10;

const ONE_SEAT: WorkEstimate = { initialSeats: 1, finalSeats: 0, additionalMs: 0 };
const MUTATING = new Set(['create', 'update', 'patch', 'delete']);

const isTrue = (value: string | null): boolean => value === 'true' || value === '1';

function listSeats(
  { group, resource, name }: RequestAttributes,
  query: URLSearchParams,
  state: ServerState,
  most: number,
): number {
  const stored = state.objects(group, resource);
  if (stored === undefined) return 1;
  const limit = Number(query.get('limit') ?? 0);
  const objects = name !== '' ? 1 : limit > 0 ? Math.min(limit, stored.count) : stored.count;
  const bytes = Math.min(objects * stored.bytes, STREAMED_BYTES);
  return Math.max(1, Math.min(Math.ceil(bytes / BYTES_PER_SEAT), most));
}

/** A watch that only follows costs nothing to begin. */
function beginsWithState(query: URLSearchParams): boolean {
  if (isTrue(query.get('sendInitialEvents'))) return true;
  const version = query.get('resourceVersion');
  return version === null || version === '' || version === '0';
}

/**
 * Seats of a request: lists, and watches that begin with a list, by the bytes they hold at once; writes by the watches
 * that they feed. `most`: what the priority level grants at most, 0 = no bound of its own.
 */
export function estimateWork(
  attributes: RequestAttributes,
  query: URLSearchParams,
  state: ServerState,
  most: number,
): WorkEstimate {
  const { verb, group, resource, subresource, isResourceRequest } = attributes;
  if (!isResourceRequest) return ONE_SEAT;
  if (verb === 'list' || (verb === 'watch' && beginsWithState(query))) {
    const bound = most === 0 ? MOST_LIST_SEATS : Math.min(most, MOST_LIST_SEATS);
    const seats = listSeats(attributes, query, state, bound);
    return seats === 1 ? ONE_SEAT : { initialSeats: seats, finalSeats: 0, additionalMs: 0 };
  }
  if (!MUTATING.has(verb) || (resource === 'serviceaccounts' && subresource === 'token')) return ONE_SEAT;
  const watches = state.watches(group, resource);
  if (watches < WATCHES_PER_SEAT) return ONE_SEAT;
  const wanted = Math.ceil(watches / WATCHES_PER_SEAT);
  const bound = most === 0 ? MOST_MUTATING_SEATS : Math.min(most, MOST_MUTATING_SEATS);
  const finalSeats = Math.min(wanted, bound);
  return { initialSeats: 1, finalSeats, additionalMs: (wanted * EVENT_MS) / finalSeats };
}
