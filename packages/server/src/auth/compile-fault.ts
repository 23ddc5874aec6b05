import type { CelIssue } from '@gantry/cel/port';
import { formatIssues } from '@gantry/cel/syntax/source';

/** Why an expression does not compile, as the original says it; what has no place in the text stands alone. */
export function compileFault(source: string, issues: readonly CelIssue[]): string {
  const [first] = issues;
  return first !== undefined && first.line < 0
    ? first.message
    : `compilation failed: ${formatIssues(source, issues)}`;
}
