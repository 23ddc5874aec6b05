import type { Application } from '@gantry/api/generated/types';
import { GitError } from '../git/tree.ts';
import { type ReviewParts, Rights } from '../plan/rights.ts';
import { actorOf } from './actor.ts';
import { entryIdentity, inventoryOf } from './inventory.ts';

/** Whether an Application may apply an object that another one holds. */
export type HeirRights = (heir: Application, holder: Application) => (identity: string) => Promise<boolean>;

/**
 * By access reviews. An Application of another namespace may name what it likes: only who could apply an object keeps its
 * holder from deleting it.
 */
export const heirRights =
  (parts: ReviewParts): HeirRights =>
  (heir, holder) => {
    const entries = new Map(inventoryOf(holder).map((entry) => [entryIdentity(entry), entry]));
    const rights = rightsOf(parts, heir);
    return async (identity) => {
      const entry = entries.get(identity);
      return entry === undefined ? false : ((await rights?.allow(entry)) ?? false);
    };
  };

/** Undefined when it acts as nobody. */
function rightsOf(parts: ReviewParts, application: Application): Rights | undefined {
  try {
    return new Rights(parts, actorOf(application), 'patch');
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
