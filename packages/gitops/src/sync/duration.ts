const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `5m`, `1h30m` in milliseconds; `otherwise` when it is no such duration. */
export function durationMs(text: string | undefined, otherwise: number): number {
  if (text === undefined || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return otherwise;
  let total = 0;
  for (const match of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
  return total;
}
