import { badRequest } from '@gantry/machinery/status';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const WHOLE = /^[+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/**
 * How long the request may take, in milliseconds: what `?timeout=` asks for (`10s`, `1m30s`), at most `most`. Throws
 * BadRequest.
 */
export function requestDeadline(query: URLSearchParams, most: number): number {
  const text = query.get('timeout');
  if (text === null || text === '') return most;
  if (!WHOLE.test(text))
    throw badRequest(`invalid timeout specified in the request URL - time: ${faultOf(text)}`);
  let total = 0;
  for (const [, value = '', unit = ''] of text.matchAll(PART)) total += Number(value) * (UNITS[unit] ?? 0);
  return total === 0 ? most : Math.min(total, most);
}

/** What Go's time.ParseDuration says of what is none. */
function faultOf(text: string): string {
  const quoted = JSON.stringify(text);
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) return `missing unit in duration ${quoted}`;
  const [, unit] = /^[+-]?(?:\d+\.?\d*|\.\d+)([^\d.]+)/.exec(text) ?? [];
  if (unit !== undefined && UNITS[unit] === undefined)
    return `unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
  return `invalid duration ${quoted}`;
}
