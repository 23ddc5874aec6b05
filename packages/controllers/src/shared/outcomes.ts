import { isStatusError } from '@gantry/machinery/status';
import type { Outcome } from '@gantry/runtime/port';

export const DONE: Outcome = { type: 'done' };

/**
 * The cache does not show this controller's own writes yet. Their events bring the key back; the delay only matters
 * when an event was for another key.
 */
export const AWAIT_CACHE: Outcome = { type: 'requeueAfter', ms: 1000 };

export const requeueAfter = (ms: number | undefined): Outcome =>
  ms === undefined ? DONE : { type: 'requeueAfter', ms };

/** Nothing can be created there any more: not a failure to report or to try again. */
export const isNamespaceTerminating = (error: unknown): boolean =>
  isStatusError(error) &&
  ((error.status.details?.causes ?? []).some((cause) => cause.reason === 'NamespaceTerminating') ||
    (error.reason === 'Forbidden' && error.message.includes('because it is being terminated')));

/** Reads an object that may be gone; any other failure is one, so that the key is tried again. */
export async function getIfPresent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** Runs a delete or patch for which "already gone" is as good. */
export async function ignoreNotFound(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}

/** Without members that Go would leave out: undefined, 0, '', empty lists and maps. */
export function omitEmpty<T extends object>(object: T): T {
  const isEmpty = (value: unknown): boolean =>
    value === undefined ||
    value === null ||
    value === 0 ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !isEmpty(value))) as T;
}
