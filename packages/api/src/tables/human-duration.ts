const plus = (count: number, unit: string): string => (count === 0 ? '' : `${count}${unit}`);

/** A duration in milliseconds as tables print ages: two units while small, then one. `90s`, `5m30s`, `3h`, `2d4h`. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return `${minutes}m${plus(seconds % 60, 's')}`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return `${hours}h${plus(minutes % 60, 'm')}`;
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (days < 8) return `${days}d${plus(hours % 24, 'h')}`;
  if (days < 365 * 2) return `${days}d`;
  const years = Math.floor(days / 365);
  return days < 365 * 8 ? `${years}y${plus(days % 365, 'd')}` : `${years}y`;
}

/** Time since an RFC 3339 instant; `<unknown>` when there is none. */
export function timeSince(instant: string | null | undefined, now: Date): string {
  return instant ? humanDuration(now.getTime() - Date.parse(instant)) : '<unknown>';
}
