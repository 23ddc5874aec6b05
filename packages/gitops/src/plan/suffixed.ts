import { createHash } from 'node:crypto';

const NAME_MAX = 63;

/** `name` with a suffix made of `from`, so short that it may be the name of anything. */
export function suffixed(name: string, from: string): string {
  const suffix = createHash('sha256').update(from).digest('hex').slice(0, 8);
  return `${name.slice(0, NAME_MAX - suffix.length - 1).replace(/[-.]+$/, '')}-${suffix}`;
}
