import { CelDuration, CelTimestamp, durationOf } from './values.ts';

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z */
const MIN_SECONDS = -62_135_596_800;
const MAX_SECONDS = 253_402_300_799;
const NANOS = 1_000_000_000n;

/** undefined: outside of the years 1 to 9999. */
export function timestampOf(seconds: number, nanos: number, offset = 0): CelTimestamp | undefined {
  const isInRange = seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
  return isInRange ? new CelTimestamp(seconds, nanos, offset) : undefined;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

/** An RFC 3339 time; undefined: it is none, or outside of what a timestamp can be. */
export function parseTimestamp(text: string): CelTimestamp | undefined {
  const match = RFC3339.exec(text);
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = match as unknown as [
    string,
    ...string[],
  ];
  const parts = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(parts[0], parts[1] - 1, parts[2]);
  date.setUTCHours(parts[3], parts[4], parts[5]);
  const isReal =
    date.getUTCMonth() === parts[1] - 1 &&
    date.getUTCDate() === parts[2] &&
    parts[3] < 24 &&
    parts[4] < 60 &&
    parts[5] < 60;
  const offset = zoneOffset(zone ?? 'Z');
  if (!isReal || offset === undefined) {
    return undefined;
  }
  const nanos = Number((fraction ?? '').slice(0, 9).padEnd(9, '0'));
  return timestampOf(date.getTime() / 1000 - offset * 60, nanos, offset);
}

/** Minutes east of UTC of `Z` or `+hh:mm`. */
function zoneOffset(zone: string): number | undefined {
  if (zone === 'Z') {
    return 0;
  }
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  return hours > 24 || minutes > 59 ? undefined : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

export function formatTimestamp({ seconds, nanos, offset }: CelTimestamp): string {
  const date = new Date((seconds + offset * 60) * 1000);
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const rest = date.toISOString().slice(-20, -5);
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  return `${year}${rest}${fraction}${formatOffset(offset)}`;
}

function formatOffset(minutes: number): string {
  if (minutes === 0) {
    return 'Z';
  }
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Nanoseconds since 1970. */
export function timestampNanos({ seconds, nanos }: CelTimestamp): bigint {
  return BigInt(seconds) * NANOS + BigInt(nanos);
}

/** undefined: outside of what a timestamp can be. */
export function timestampFromNanos(total: bigint, offset = 0): CelTimestamp | undefined {
  const nanos = ((total % NANOS) + NANOS) % NANOS;
  return timestampOf(Number((total - nanos) / NANOS), Number(nanos), offset);
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: NANOS,
  m: 60n * NANOS,
  h: 3600n * NANOS,
};

/** `1h2m3.5s`, as Go writes durations; undefined: it is none, or beyond 64 bits of nanoseconds. */
export function parseDuration(text: string): CelDuration | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const body = text.slice(sign.length);
  if (body === '0') {
    return new CelDuration(0n);
  }
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(body)) {
    return undefined;
  }
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of body.matchAll(
    /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    const size = UNITS[unit] ?? 1n;
    total += BigInt(whole || '0') * size;
    if (fraction) {
      total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
    }
  }
  return durationOf(sign === '-' ? -total : total);
}

/** In seconds: `5400.25s`. */
export function formatDuration({ nanos }: CelDuration): string {
  const magnitude = nanos < 0n ? -nanos : nanos;
  const fraction = String(magnitude % NANOS)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${nanos < 0n ? '-' : ''}${magnitude / NANOS}${fraction ? `.${fraction}` : ''}s`;
}
