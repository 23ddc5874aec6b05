import { DURATION, INT, STRING, TIMESTAMP } from '../check/types.ts';
import { type CelDuration, type CelTimestamp, fail, type Value } from '../values/values.ts';
import { declare, type FunctionDeclaration, type Library, member } from './declaration.ts';

/** The time on the clock of a zone, as a Date in UTC. */
function clock({ seconds }: CelTimestamp, zone: string): Date {
  return new Date((seconds + offsetSeconds(seconds, zone)) * 1000);
}

const FORMATTERS = new Map<string, Intl.DateTimeFormat>();
const MAX_ZONES = 600;

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(zone);
  if (known) {
    return known;
  }
  if (FORMATTERS.size >= MAX_ZONES) {
    FORMATTERS.clear();
  }
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  FORMATTERS.set(zone, formatter);
  return formatter;
}

/** `+hh:mm`, or a name of the IANA database. */
function offsetSeconds(seconds: number, zone: string): number {
  if (zone === '' || zone === 'UTC') {
    return 0;
  }
  if (zone.includes(':')) {
    const match = /^([+-]?\d+):(\d+)$/.exec(zone);
    const [, hours = '', minutes = ''] =
      match ?? fail(`strconv.Atoi: parsing "${zone.split(':')[0]}": invalid syntax`);
    const sign = hours.startsWith('-') ? -1 : 1;
    return (Number(hours) * 60 + sign * Number(minutes)) * 60;
  }
  return namedOffset(seconds, zone);
}

function namedOffset(seconds: number, zone: string): number {
  try {
    const parts = formatterOf(zone).formatToParts(new Date(seconds * 1000));
    const get = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    const local = new Date(0);
    local.setUTCFullYear(get('year'), get('month') - 1, get('day'));
    local.setUTCHours(get('hour'), get('minute'), get('second'));
    return local.getTime() / 1000 - seconds;
  } catch {
    return fail(`unknown time zone ${zone}`);
  }
}

function dayOfYear(date: Date): number {
  const start = new Date(0);
  start.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - start.getTime()) / 86_400_000);
}

function getter(
  name: string,
  id: string,
  read: (date: Date, time: CelTimestamp) => number,
): FunctionDeclaration {
  const run = (time: Value, zone: Value = ''): Value => {
    const stamp = time as CelTimestamp;
    return read(clock(stamp, zone as string), stamp);
  };
  return declare(
    name,
    member(id, [TIMESTAMP], INT, run),
    member(`${id}_with_tz`, [TIMESTAMP, STRING], INT, run),
  );
}

function durationGetter(name: string, id: string, nanosPerUnit: bigint): FunctionDeclaration {
  return declare(
    name,
    member(id, [DURATION], INT, (duration) => Number((duration as CelDuration).nanos / nanosPerUnit)),
  );
}

export const times: Library = [
  getter('getFullYear', 'timestamp_to_year', (date) => date.getUTCFullYear()),
  getter('getMonth', 'timestamp_to_month', (date) => date.getUTCMonth()),
  getter('getDayOfYear', 'timestamp_to_day_of_year', dayOfYear),
  getter('getDayOfMonth', 'timestamp_to_day_of_month', (date) => date.getUTCDate() - 1),
  getter('getDate', 'timestamp_to_day_of_month_1_based', (date) => date.getUTCDate()),
  getter('getDayOfWeek', 'timestamp_to_day_of_week', (date) => date.getUTCDay()),
  getter('getHours', 'timestamp_to_hours', (date) => date.getUTCHours()),
  getter('getMinutes', 'timestamp_to_minutes', (date) => date.getUTCMinutes()),
  getter('getSeconds', 'timestamp_to_seconds', (date) => date.getUTCSeconds()),
  getter('getMilliseconds', 'timestamp_to_milliseconds', (_date, { nanos }) => Math.floor(nanos / 1_000_000)),
  durationGetter('getHours', 'duration_to_hours', 3_600_000_000_000n),
  durationGetter('getMinutes', 'duration_to_minutes', 60_000_000_000n),
  durationGetter('getSeconds', 'duration_to_seconds', 1_000_000_000n),
  durationGetter('getMilliseconds', 'duration_to_milliseconds', 1_000_000n),
];
