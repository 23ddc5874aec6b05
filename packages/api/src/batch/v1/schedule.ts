/**
 * The cron syntax of CronJob: five fields (ranges, lists, steps, names), `@hourly` and its like, or `@every 1h30m`.
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Bounds[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 6, names: DAYS },
];
const DESCRIPTORS = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;

/** Why a schedule can't be read, in the words of the original's parser; undefined when it can. */
export function scheduleProblem(schedule: string): string | undefined {
  if (schedule === '') return 'empty spec string';
  const spec = schedule.replace(/^(?:TZ|CRON_TZ)=\S*\s*/, '');
  if (spec.startsWith('@')) return descriptorProblem(spec);
  const fields = spec.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== FIELDS.length)
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  for (const [index, bounds] of FIELDS.entries())
    for (const part of (fields[index] ?? '').split(',')) {
      const problem = partProblem(part, bounds);
      if (problem !== undefined) return problem;
    }
  return undefined;
}

function descriptorProblem(spec: string): string | undefined {
  if (DESCRIPTORS.has(spec)) return undefined;
  if (!spec.startsWith('@every ')) return `unrecognized descriptor: ${spec}`;
  const duration = spec.slice('@every '.length);
  return DURATION.test(duration)
    ? undefined
    : `failed to parse duration ${spec}: time: invalid duration ${JSON.stringify(duration)}`;
}

function partProblem(part: string, bounds: Bounds): string | undefined {
  const [range = '', step, ...moreSteps] = part.split('/');
  const [from = '', to, ...more] = range.split('-');
  if (moreSteps.length > 0) return `too many slashes: ${part}`;
  if (more.length > 0) return `too many hyphens: ${part}`;
  let start = bounds.low;
  let end = bounds.high;
  if (from !== '*' && from !== '?') {
    const first = numberOf(from, bounds);
    if (typeof first === 'string') return first;
    const last = to === undefined ? (step === undefined ? first : bounds.high) : numberOf(to, bounds);
    if (typeof last === 'string') return last;
    start = first;
    end = last;
  }
  if (step !== undefined) {
    const every = numberOf(step, { low: 0, high: 0 });
    if (typeof every === 'string') return every;
    if (every === 0) return `step of range should be a positive number: ${part}`;
  }
  if (start < bounds.low) return `beginning of range (${start}) below minimum (${bounds.low}): ${part}`;
  if (end > bounds.high) return `end of range (${end}) above maximum (${bounds.high}): ${part}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${part}`;
  return undefined;
}

/** A number, or the text of what is wrong with it. */
function numberOf(text: string, bounds: Bounds): number | string {
  const index = bounds.names?.indexOf(text.toLowerCase()) ?? -1;
  if (index >= 0) return index + bounds.low;
  if (/^-?\d+$/.test(text)) {
    const value = Number(text);
    return value < 0 ? `negative number (${value}) not allowed: ${text}` : value;
  }
  return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
}

/** Whether the machine's time zone database has this IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
