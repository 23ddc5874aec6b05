import { canonicalQuantity as canonicalText, parseQuantity } from '@gantry/machinery/quantity';

/** The same few amounts come again and again: `100m`, `1Gi`. */
const canonical = new Map<string, string>();
const nanos = new Map<string, bigint>();
const MAX_CACHED = 2000;

/** Machinery's canonical text, remembered. Throws Error with the text that clients know. */
export function canonicalQuantity(text: string): string {
  const known = canonical.get(text);
  if (known !== undefined) return known;
  const made = canonicalText(text);
  if (canonical.size < MAX_CACHED) canonical.set(text, made);
  return made;
}

/** A quantity in billionths, for comparing; 0 when it is absent or none. */
export function quantityNano(text: string | undefined): bigint {
  if (text === undefined) return 0n;
  const known = nanos.get(text);
  if (known !== undefined) return known;
  try {
    const made = parseQuantity(text).nanos;
    if (nanos.size < MAX_CACHED) nanos.set(text, made);
    return made;
  } catch {
    return 0n;
  }
}
