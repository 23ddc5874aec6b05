const FIRST_MS = 500;
const MAX_MS = 30_000;

/** A process that ran this long starts again without delay to speak of. */
export const STABLE_AFTER_MS = 60_000;

/** Pause before the next start: doubles with each short run, from 0.5 to 30 s. `lastMs` is 0 before the first. */
export function nextDelayMs(lastMs: number, ranMs: number): number {
  return lastMs === 0 || ranMs >= STABLE_AFTER_MS ? FIRST_MS : Math.min(lastMs * 2, MAX_MS);
}
