const UNITS = [
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

/** Milliseconds as they are written on the command line. */
export function durationText(value: number): string {
  const unit = UNITS.find(([size]) => value >= size && value % size === 0);
  return unit === undefined ? (value === 0 ? '0s' : `${value}ms`) : `${value / unit[0]}${unit[1]}`;
}
