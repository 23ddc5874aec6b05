import type { ApplicationObjectStatus } from '@gantry/api/generated/types';

const NOT_IN_GIT = 'no longer in Git';
const WAITS = 'its deletion waits for an approval';
const GOES_OVER = 'it goes over to Application';

/** An entry that Git no longer holds, and that stays for now. It names no source. */
export function left(
  { source: _, wave: __, touched: ___, commit: ____, ...entry }: ApplicationObjectStatus,
  why: string,
): ApplicationObjectStatus {
  return { ...entry, sync: 'OutOfSync', message: `${NOT_IN_GIT}; ${why}` };
}

/** To be kept as asked is no deviation. */
export const protectedEntry = (entry: ApplicationObjectStatus, says: string): ApplicationObjectStatus => ({
  ...left(entry, `kept, since it says ${says}`),
  sync: 'Synced',
  keep: true,
});

/** Its deletion waits for an approval. */
export const waiting = (entry: ApplicationObjectStatus): ApplicationObjectStatus => left(entry, WAITS);

/** Another Application is to take it over; nor is that a deviation. */
export const goingOver = (entry: ApplicationObjectStatus, heir: string): ApplicationObjectStatus => ({
  ...left(entry, `${GOES_OVER} ${heir}`),
  sync: 'Synced',
});

/** The same, when that one doesn't come to it: it stays until it does, or no longer is to. */
export const notTakenYet = (
  entry: ApplicationObjectStatus,
  heir: string,
  why: string,
): ApplicationObjectStatus => left(entry, `${GOES_OVER} ${heir}, which has not taken it: ${why}`);

/** Why an entry stays although Git doesn't hold it, as the last sync said; undefined for the others. */
export const whyLeft = (entry: ApplicationObjectStatus): string | undefined =>
  entry.source === undefined && entry.message?.startsWith(NOT_IN_GIT) === true ? entry.message : undefined;

/** Whether an entry is one whose deletion waits for an approval. */
export const isWaiting = (entry: ApplicationObjectStatus): boolean =>
  whyLeft(entry)?.endsWith(WAITS) === true;

/** The Application (`namespace/name`) that is to take an entry over; undefined when none is. */
export function heirOf(entry: ApplicationObjectStatus): string | undefined {
  const prefix = `${NOT_IN_GIT}; ${GOES_OVER} `;
  const why = whyLeft(entry);
  return why?.startsWith(prefix) === true ? why.slice(prefix.length).split(',')[0] : undefined;
}

/** Whether an entry is one that another Application is to take over. */
export const isGoingOver = (entry: ApplicationObjectStatus): boolean => heirOf(entry) !== undefined;
