import type { ApplicationStatus, SyncOperation } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import type { Plan } from '../../plan/plan.ts';
import { identityOf } from '../../render/render.ts';
import type { SourceObject, SourceProblem } from '../../render/source-object.ts';
import { entryIdentity } from '../inventory.ts';
import { selected } from '../request.ts';
import { describeProblems } from '../sync-application.ts';
import type { Applied } from './apply-step.ts';
import type { Recount } from './recount.ts';
import type { Sync } from './step-runner.ts';
import type { Step } from './steps.ts';

/** What a selective request names and the commit doesn't hold. */
export function unknownIn({ rendered, words, application }: Sync): readonly SourceProblem[] {
  const unknown = words === undefined ? [] : selected(rendered, words).unknown;
  return unknown.map((word) => ({
    file: '(the request)',
    object: word,
    reason: `commit ${rendered.commit.slice(0, 7)} of Application ${application.metadata.name} holds no such object`,
  }));
}

/** As a sync's failure tells it. */
export const problemText = (commit: string, problems: readonly SourceProblem[]): string =>
  describeProblems({ commit, results: [], problems, applied: false });

/** What is held after a step, and what of the deletions waits once they were decided about. */
export function withHeld(sync: Sync, applied: Exclude<Applied, { type: 'blocked' }>, step: Step): Sync {
  const { pendingPrune: before, ...status } = sync.application.status ?? {};
  const decided = applied.type === 'applied' && step.prunes;
  const pendingPrune = decided ? applied.pending : before;
  const after: ApplicationStatus = {
    ...status,
    objects: applied.inventory,
    ...(pendingPrune === undefined ? {} : { pendingPrune }),
  };
  return { ...sync, application: { ...sync.application, status: after } };
}

/** Counts what was done to objects that are held, also by a process that died meanwhile; hooks are no part of what is applied. */
export function countedBy(
  operation: SyncOperation,
  plan: Plan,
  hooks: readonly SourceObject[],
  now: number,
  lost: Recount,
): SyncOperation {
  const left = new Set(hooks.map(({ object }) => identityOf(object)));
  const held = plan.results.filter((result) => !left.has(entryIdentity(result)));
  const count = (kind: string): number => held.filter((one) => one.operation === kind).length;
  return {
    ...operation,
    applied: true,
    ...(hooks.length === 0 ? {} : { hooks: hooks.length }),
    ...(hooks.length === 0 || plan.revision === undefined ? {} : { hooksRevision: plan.revision }),
    phaseTime: timestamp(now),
    created: (operation.created ?? 0) + count('create') + lost.created,
    changed: (operation.changed ?? 0) + count('update') + lost.changed,
    pruned: (operation.pruned ?? 0) + count('delete') + lost.pruned,
    transactions: (operation.transactions ?? 0) + (plan.transactions ?? 0),
  };
}
