import type { Application, ApplicationObjectStatus } from '@gantry/api/generated/types';
import { entryIdentity, inventoryOf } from '../sync/inventory.ts';
import { isGoingOver } from './left-over.ts';

/**
 * How many objects deletions are measured by: what was held when last no deletion was left over, and those of `doomed`
 * that came since. What came since and stays doesn't count: else a commit that renames everything would make room for its
 * own deletions, by its first waves or while they wait for an approval.
 */
export function heldBefore(application: Application, doomed: readonly ApplicationObjectStatus[]): number {
  // What waits already is measured by what it was measured by, whatever has come since.
  const before = application.status?.pendingPrune?.of ?? Infinity;
  return Math.max(doomed.length, Math.min(before, countOld(application, doomed)));
}

function countOld(application: Application, doomed: readonly ApplicationObjectStatus[]): number {
  const held = inventoryOf(application);
  // Before the first commit took effect as a whole there is nothing to compare with.
  if (application.status?.commit === undefined) return held.length;
  const isOld = (entry: ApplicationObjectStatus): boolean => entry.added !== true;
  return held.filter(isOld).length + doomed.filter((entry) => !isOld(entry)).length;
}

/** Entries of objects applied from `commit`, marked when they came since the last time that no deletion was left over. */
export function markAdded(
  application: Application,
  commit: string,
  applied: readonly ApplicationObjectStatus[],
): ApplicationObjectStatus[] {
  const before = new Map(inventoryOf(application).map((entry) => [entryIdentity(entry), entry]));
  return applied.map((entry) => {
    const known = before.get(entryIdentity(entry));
    const isNew = known === undefined || known.added === true;
    return { ...entry, commit, ...(isNew ? { added: true } : {}) };
  });
}

/** The inventory once the deletions were decided about: without marks, unless some of them are left over. */
export function afterPrune(
  applied: readonly ApplicationObjectStatus[],
  kept: readonly ApplicationObjectStatus[],
): ApplicationObjectStatus[] {
  const isSettled = kept.every((entry) => entry.keep === true || isGoingOver(entry));
  const inventory = [...applied, ...kept];
  return isSettled ? inventory.map(({ added: _, ...entry }) => entry) : inventory;
}

/** The inventory once the commit took effect as a whole: all of it is of that one. */
export const ofOneCommit = (inventory: readonly ApplicationObjectStatus[]): ApplicationObjectStatus[] =>
  inventory.map(({ commit: _, ...entry }) => entry);
