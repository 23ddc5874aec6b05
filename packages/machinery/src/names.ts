import { randomInt } from 'node:crypto';
import { stableStringify } from './json.ts';

/** No vowels and nothing that looks like another character. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
/** So that name and suffix fit into a DNS label. */
const MAX_BASE_LENGTH = 63 - SUFFIX_LENGTH;

export function randomSuffix(length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += ALPHABET[randomInt(ALPHABET.length)];
  return text;
}

/** A name from `metadata.generateName`: the base, cut to 58 characters, and five random ones. */
export function generateName(base: string): string {
  return base.slice(0, MAX_BASE_LENGTH) + randomSuffix(SUFFIX_LENGTH);
}

/** Maps each character into the alphabet of generated names, so that a hash can be part of a name. */
export function safeEncode(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += ALPHABET[text.charCodeAt(i) % ALPHABET.length];
  return out;
}

/** FNV-1a, 32 bits, of the UTF-8 bytes; an unsigned integer. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * Hash of a JSON value as it stands in names and in `pod-template-hash`: equal values, equal text, whatever the order
 * of keys. `collisionCount` makes another hash for a value whose first one is taken.
 */
export function templateHash(template: unknown, collisionCount?: number): string {
  const text = stableStringify(template) + (collisionCount === undefined ? '' : `#${collisionCount}`);
  return safeEncode(String(fnv1a32(text)));
}
