import { createHash } from 'node:crypto';
import type { Application, ApplicationObjectStatus, PendingPrune } from '@gantry/api/generated/types';
import { entryIdentity } from '../sync/inventory.ts';

/** Lets deletions beyond the budget go on: the value of status.pendingPrune.approval. */
export const APPROVE_PRUNE = 'gitops.gantry.dev/approve-prune';

const COUNT_DEFAULT = 20;
const PERCENT_DEFAULT = 50;
/** Of so few objects half is soon reached: there only the count matters. */
const SMALL = 5;
const OBJECTS_LISTED = 50;

/**
 * What of a commit's deletions must wait: all of them or none. Undefined: they are within `spec.syncPolicy.pruneBudget`,
 * or approved by an annotation that names this commit and just these objects.
 */
export function pendingPrune(
  application: Application,
  commit: string,
  doomed: readonly ApplicationObjectStatus[],
  held: number,
): PendingPrune | undefined {
  if (doomed.length === 0 || !isOver(application, doomed.length, held)) return undefined;
  const identities = doomed.map(entryIdentity).sort();
  const approval = approvalOf(commit, identities);
  if (isApproved(application, approval)) return undefined;
  return {
    commit,
    count: doomed.length,
    of: held,
    objects: identities.slice(0, OBJECTS_LISTED),
    approval,
  };
}

/** `COMMIT7:COUNT:DIGEST`: names what is approved; the digest is of the objects, so that no others go in their place. */
function approvalOf(commit: string, identities: readonly string[]): string {
  const digest = createHash('sha256').update(identities.join('\n')).digest('hex');
  return `${commit.slice(0, 7)}:${identities.length}:${digest.slice(0, 6)}`;
}

/** Whether the deletions that a sync held back may go on by now: approved, or the budget was raised. */
export function mayPruneNow(application: Application): boolean {
  const pending = application.status?.pendingPrune;
  if (pending === undefined) return false;
  return isApproved(application, pending.approval ?? '') || !isOver(application, pending.count, pending.of);
}

const isApproved = (application: Application, approval: string): boolean =>
  application.metadata.annotations?.[APPROVE_PRUNE]?.trim() === approval;

function isOver(application: Application, doomed: number, held: number): boolean {
  const { count, percent } = budgetOf(application);
  return doomed > count || (held > SMALL && doomed * 100 > percent * held);
}

function budgetOf(application: Application): { readonly count: number; readonly percent: number } {
  const { count = COUNT_DEFAULT, percent = PERCENT_DEFAULT } = application.spec.syncPolicy?.pruneBudget ?? {};
  return { count, percent };
}

/** That the deletions are too many to go on by themselves. */
export function describeExcess(application: Application, { commit, count, of }: PendingPrune): string {
  const budget = budgetOf(application);
  return `commit ${commit.slice(0, 7)} would delete ${count} of ${of} objects, more than the budget of ${budget.count} objects or ${budget.percent} % allows: they stay until that is approved`;
}

/** The same, and how they go on. */
export function describePending(application: Application, pending: PendingPrune): string {
  const { name, namespace = '' } = application.metadata;
  const { approval } = pending;
  return `${describeExcess(application, pending)}, by gantry app approve ${name} -n ${namespace} ${approval}, or kubectl -n ${namespace} annotate --overwrite application ${name} ${APPROVE_PRUNE}=${approval}`;
}
