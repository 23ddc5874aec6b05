import { styleText } from 'node:util';
import type { Plan, PlanStatus } from '@gantry/api/generated/types';
import { type DescribeOptions, describePlan } from '@gantry/gitops/plan/describe';
import type { PlanDetails } from '@gantry/gitops/plan/plan-details';
import { formatProblem, type SourceProblem } from '@gantry/gitops/render/source-object';

const TEXT: DescribeOptions = { lines: 10_000, fields: 500, createdFields: false };
const PROBLEMS_SHOWN = 50;

const COLORS = { '+': 'green', '~': 'yellow', '-': 'red', '!': 'magenta' } as const;

function colored(line: string): string {
  const color = COLORS[line[0] as keyof typeof COLORS];
  return color === undefined ? line : styleText(color, line, { stream: process.stdout });
}

/** What would change, as lines. */
export const changeLines = (status: PlanStatus, details: PlanDetails): readonly string[] =>
  [...describePlan(details, TEXT), ...(status.message === undefined ? [] : [`! ${status.message}`])].map(
    colored,
  );

/** What the server would refuse, as lines; none when nothing. */
export function problemLines({ problems = [] }: PlanStatus): readonly string[] {
  if (problems.length === 0) return [];
  const shown = problems
    .slice(0, PROBLEMS_SHOWN)
    .map((problem) => `  ${formatProblem(problem as SourceProblem)}`);
  const more = problems.length - shown.length;
  return ['the server would refuse it:', ...shown, ...(more > 0 ? [`  … and ${more} more`] : [])];
}

/** A Plan that is kept has no list of what nothing reconciles: the notes of its changes say so. */
function detailsOf(status: PlanStatus): PlanDetails {
  const { created = 0, changed = 0, pruned = 0, unchanged = 0, omitted = 0 } = status;
  const { changes = [], problems = [] } = status;
  return { created, changed, pruned, unchanged, omitted, changes, problems, unmanaged: [] };
}

/** A Plan as text. */
export function planText({ metadata, spec, status = {} }: Plan): string {
  const { commit, user, phase = 'Pending', message } = status;
  const at = commit === undefined ? '' : `, commit ${commit.slice(0, 7)}`;
  const by = user === undefined ? '' : `, with the rights of ${user}`;
  const heading = `Plan ${metadata.name} of Application ${spec.application}: ${phase}${at}${by}`;
  const refused = problemLines(status);
  const lines =
    refused.length > 0
      ? refused
      : phase === 'Ready'
        ? changeLines(status, detailsOf(status))
        : [message ?? 'it is not made yet'];
  return `${[heading, ...lines].join('\n')}\n`;
}
