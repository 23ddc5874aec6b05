const INTERVAL_MIN_MS = 5_000;
const INTERVAL_MAX_MS = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `5m`, `1h30m` in milliseconds, between 5 s and a day; undefined when it is no duration. */
export function parseInterval(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const match of text.matchAll(/(\d+)(ms|s|m|h)/g))
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
  return Math.min(Math.max(total, INTERVAL_MIN_MS), INTERVAL_MAX_MS);
}

/** Polls of many repositories spread out: a tenth more or less. `random` is between 0 and 1. */
export const withJitter = (intervalMs: number, random: number): number =>
  Math.round(intervalMs * (0.9 + random * 0.2));
