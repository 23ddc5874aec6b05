import { WireError } from './wire-reader.ts';

/** Whole seconds since 1970 and nanoseconds, as a Timestamp message holds them. */
export interface Timestamp {
  readonly seconds: number;
  readonly nanos: number;
}

const DAY_SECONDS = 86_400;
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;
/** From year 1 to year 9999. */
const MIN_SECONDS = -62_135_596_800;
const MAX_SECONDS = 253_402_300_799;

/** Days since 1970 of a date in the Gregorian calendar; years begin in March, so that the leap day comes last. */
function daysOf(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const era = Math.floor(years / 400);
  const yearOfEra = years - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Of RFC 3339 text in UTC, as objects are stored with; undefined for anything else. Never by way of a Date. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hours, minutes, seconds, fraction = ''] = match;
  const days = daysOf(Number(year), Number(month), Number(day));
  return {
    seconds: days * DAY_SECONDS + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    nanos: Number(fraction.padEnd(9, '0')),
  };
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** RFC 3339 in UTC with whole seconds, or with `micros` six digits after the point. Throws WireError. */
export function formatTimestamp({ seconds, nanos }: Timestamp, micros: boolean): string {
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) throw new WireError('time is out of range');
  const days = Math.floor(seconds / DAY_SECONDS);
  const clock = seconds - days * DAY_SECONDS;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const time = `${two(Math.floor(clock / 3600))}:${two(Math.floor(clock / 60) % 60)}:${two(clock % 60)}`;
  const fraction = micros ? `.${String(Math.floor(nanos / 1000)).padStart(6, '0')}` : '';
  return `${date}T${time}${fraction}Z`;
}
