import type { ApplySetResult } from '@gantry/api/generated/types';
import { lastAuthorOf } from '../ledger/last-author.ts';
import type { Run } from './run.ts';

const AUTHORS_MAX = 100;

/** The results with who changed each object last, where that is asked for. Others are left as they are. */
export async function withAuthors(
  { parts, spec }: Run,
  results: readonly ApplySetResult[],
): Promise<readonly ApplySetResult[]> {
  if (spec.authors !== true) return results;
  const told = new Map<ApplySetResult, string>();
  const changed = results.filter(({ operation }) => operation === 'create' || operation === 'update');
  for (const result of changed.slice(0, AUTHORS_MAX)) {
    const author = await lastAuthorOf(result, { store: parts.store, table: parts.registry.table });
    if (author !== undefined) told.set(result, author);
  }
  return results.map((result) => {
    const changedBy = told.get(result);
    return changedBy === undefined ? result : { ...result, changedBy };
  });
}
