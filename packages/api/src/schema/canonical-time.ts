const PLAIN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:[.,](\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

interface Instant {
  /** Milliseconds of the whole second, UTC. */
  readonly seconds: number;
  /** Digits after the point, as written. */
  readonly fraction: string;
}

function parse(text: string): Instant | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, date = '', clock = '', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = Date.parse(`${date}T${clock}Z`);
  // Date.parse rolls 30 February over instead of refusing it.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${date}T${clock}`)) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return { seconds: local - (sign === undefined ? 0 : offset), fraction };
}

/** RFC 3339 → UTC with whole seconds; undefined when it is not a time. */
export function canonicalTime(text: string): string | undefined {
  const instant = parse(text);
  if (instant === undefined) return undefined;
  if (PLAIN.test(text)) return text;
  return `${new Date(instant.seconds).toISOString().slice(0, 19)}Z`;
}

/**
 * RFC 3339 → UTC with six digits after the point; never by way of a Date, which would lose three of them. The original
 * takes times with exactly six digits only.
 */
export function canonicalMicroTime(text: string): string | undefined {
  const instant = parse(text);
  if (instant?.fraction.length !== 6) return undefined;
  return `${new Date(instant.seconds).toISOString().slice(0, 19)}.${instant.fraction}Z`;
}
