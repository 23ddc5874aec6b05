import type { Locale } from '../i18n/locale.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Time since, as kubectl writes it: `45s`, `3m20s`, `5h`, `12d`; '' for no time. */
export function age(time: string | undefined | null, nowMs: number): string {
  const then = Date.parse(time ?? '');
  if (Number.isNaN(then)) return '';
  const ms = Math.max(0, nowMs - then);
  if (ms < 2 * MINUTE) return `${Math.floor(ms / SECOND)}s`;
  if (ms < 10 * MINUTE) {
    const seconds = Math.floor((ms % MINUTE) / SECOND);
    return `${Math.floor(ms / MINUTE)}m${seconds === 0 ? '' : `${seconds}s`}`;
  }
  if (ms < 3 * HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)}h`;
  return `${Math.floor(ms / DAY)}d`;
}

/** Time between two moments: `820 ms`, `4.2 s`, `3 min 5 s`. */
export function duration(from: string | undefined, to: string | undefined): string {
  const ms = Date.parse(to ?? '') - Date.parse(from ?? '');
  return Number.isNaN(ms) || ms < 0 ? '' : milliseconds(ms);
}

/** `820 ms`, `4.2 s`, `3 min 5 s` */
export function milliseconds(ms: number): string {
  if (ms < SECOND) return `${ms} ms`;
  if (ms < MINUTE) return `${Number((ms / SECOND).toFixed(1))} s`;
  return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / SECOND)} s`;
}

export const shortCommit = (commit: string): string => commit.slice(0, 7);

/** Local date and time to the second. */
export function clock(time: string | undefined | null, locale: Locale): string {
  const date = new Date(time ?? '');
  return Number.isNaN(date.getTime())
    ? ''
    : date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
}

const BINARY: readonly (readonly [string, number])[] = [
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
];

const CPU_UNITS: Readonly<Record<string, number>> = { n: 1e-6, u: 1e-3, m: 1, '': 1_000, k: 1e6 };

/** A CPU quantity as kubectl writes it: `12345678n` → `13m`, `1500m` → `1.5`. */
export function cpu(quantity: string | undefined): string {
  const match = /^(\d+(?:\.\d+)?)([numk]?)$/.exec(quantity ?? '');
  if (match === null) return quantity ?? '';
  const millis = Math.ceil(Number((Number(match[1]) * (CPU_UNITS[match[2] ?? ''] ?? 1)).toFixed(6)));
  return millis < 1_000 && millis > 0 ? `${millis}m` : String(Number((millis / 1_000).toFixed(2)));
}

/** A memory quantity in a unit that a person reads: `16374556Ki` → `15.6 Gi`. */
export function memory(quantity: string | undefined): string {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)?$/.exec(quantity ?? '');
  if (match === null) return quantity ?? '';
  const bytes = Number(match[1]) * (BINARY.find(([unit]) => unit === match[2])?.[1] ?? 1);
  const [unit, size] = BINARY.findLast(([, limit]) => bytes >= limit) ?? ['B', 1];
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}
