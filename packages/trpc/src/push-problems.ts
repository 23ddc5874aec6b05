/** What is wrong with a commit, at one place, as a rejected push and a failed sync word it. */
export interface PushProblem {
  readonly file: string;
  readonly line: number | null;
  /** `Deployment/web` */
  readonly object: string;
  readonly field: string;
  readonly reason: string;
}

const PLACED = /^(?<file>[^:\s][^:]*?)(?::(?<line>\d+))?: (?<rest>.+)$/;
const SUBJECT = /^(?<object>[A-Z]\w*\/\S+?)(?: (?<field>\S+))?: (?<reason>.+)$/;

/** Lines `file:line: Kind/name field: reason`; a line of another form is a reason alone. */
export function parsePushProblems(message: string): PushProblem[] {
  return message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const placed = PLACED.exec(line)?.groups;
      const isPlace =
        placed !== undefined && (placed.line !== undefined || /\.(ya?ml|json)$/.test(placed.file ?? ''));
      const rest = isPlace ? (placed.rest ?? '') : line;
      const subject = SUBJECT.exec(rest)?.groups;
      return {
        file: isPlace ? (placed.file ?? '') : '',
        line: isPlace && placed.line !== undefined ? Number(placed.line) : null,
        object: subject?.object ?? '',
        field: subject?.field ?? '',
        reason: subject?.reason ?? rest,
      };
    });
}
