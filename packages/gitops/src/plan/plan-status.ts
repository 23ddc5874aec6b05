import type { Application, PlanStatus } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { describeExcess } from '../prune/budget.ts';
import type { Rendered } from '../render/render.ts';
import { formatProblem } from '../render/source-object.ts';
import type { Plan } from './plan.ts';
import { type PlanDetails, type PlanLimits, planDetails } from './plan-details.ts';

export interface PlannedBy {
  readonly application: Application;
  /** Whose rights it was planned with. */
  readonly user: string;
  readonly nowMs: number;
}

/** The status of a Plan from what a dry run said. */
export async function planStatus(
  plan: Plan,
  rendered: Pick<Rendered, 'objects'>,
  by: PlannedBy,
  limits?: PlanLimits,
): Promise<{ readonly status: PlanStatus; readonly details: PlanDetails }> {
  const details = await planDetails(plan, rendered, limits);
  const { unmanaged: _, ...kept } = details;
  const [first] = plan.problems;
  const excess = plan.pending === undefined ? undefined : describeExcess(by.application, plan.pending);
  const message = first === undefined ? excess : messageOf(formatProblem(first), plan.problems.length);
  const baseCommit = by.application.status?.commit;
  const status: PlanStatus = {
    phase: first === undefined ? 'Ready' : 'Refused',
    ...(message === undefined ? {} : { message }),
    commit: plan.commit,
    ...(baseCommit === undefined ? {} : { baseCommit }),
    user: by.user,
    time: timestamp(by.nowMs),
    ...(plan.revision === undefined ? {} : { revision: plan.revision }),
    ...kept,
  };
  return { status, details };
}

const messageOf = (first: string, count: number): string =>
  `${first.slice(0, 500)}${count > 1 ? ` (and ${count - 1} more problems)` : ''}`;

/** Of a Plan that can't be made. */
export const failedStatus = (message: string, nowMs: number): PlanStatus => ({
  phase: 'Failed',
  message: message.slice(0, 1000),
  time: timestamp(nowMs),
});
