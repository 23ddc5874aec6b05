import type { Clock } from './port.ts';

export const systemClock: Clock = { now: () => Date.now() };

/** RFC 3339 in whole seconds, as `metav1.Time` is written. */
export const timestamp = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');

/** RFC 3339 with microseconds, as `metav1.MicroTime` is written. */
export const microTimestamp = (epochMs: number): string =>
  new Date(epochMs).toISOString().replace(/Z$/, '000Z');
