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

const HEADER = /^commit (?<commit>[0-9a-f]{7,40}) by (?<user>.+?):$/;

/** Commit and pusher in the first line of a rejection, and its problems. */
export function parseRejection(message: string): {
  readonly commit: string;
  readonly user: string;
  readonly problems: PushProblem[];
} {
  const [first = '', ...rest] = message.split('\n');
  const header = HEADER.exec(first.trim())?.groups;
  return {
    commit: header?.commit ?? '',
    user: header?.user ?? '',
    problems: parsePushProblems(header === undefined ? message : rest.join('\n')),
  };
}

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
