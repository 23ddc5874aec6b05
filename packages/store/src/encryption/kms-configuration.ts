import type { Envelope } from './envelope.ts';

/** A key management service as an EncryptionConfiguration names it. */
export interface KmsConfiguration {
  readonly name: string;
  /** Path of a Unix socket. */
  readonly socketPath: string;
  readonly timeoutMs: number;
}

/** Speaks to a service. */
export type OpenKms = (configuration: KmsConfiguration) => Envelope;

const TIMEOUT_MS = 3_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const FIELDS = ['apiVersion', 'name', 'endpoint', 'timeout', 'cachesize'];

function timeoutOf(value: unknown): number {
  if (value === undefined) return TIMEOUT_MS;
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value)) return 0;
  let total = 0;
  for (const [, amount = '0', , unit = ''] of value.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g))
    total += Number(amount) * (UNITS[unit] ?? 0);
  return total;
}

function socketOf(endpoint: unknown, fail: (field: string, text: string) => never): string {
  if (typeof endpoint !== 'string' || endpoint === '')
    return fail('endpoint', 'Invalid value: "": endpoint is a mandatory field for a kms');
  const shown = `Invalid value: ${JSON.stringify(endpoint)}`;
  if (!URL.canParse(endpoint)) return fail('endpoint', `${shown}: invalid endpoint for kms provider`);
  const { protocol, pathname } = new URL(endpoint);
  if (protocol !== 'unix:')
    return fail(
      'endpoint',
      `${shown}: unsupported scheme ${JSON.stringify(protocol.slice(0, -1))} for KMS provider, only unix is supported`,
    );
  // `unix:///@name` is a socket without a file.
  return pathname.startsWith('/@') ? `\0${pathname.slice(2)}` : pathname;
}

/** Reads one `kms` provider; `names` are those of the file so far. Throws Error in the words of `fail`. */
export function kmsConfiguration(
  value: Readonly<Record<string, unknown>>,
  names: Set<string>,
  fail: (field: string, text: string) => never,
): KmsConfiguration {
  const { apiVersion = 'v1', name, endpoint, timeout, cachesize } = value;
  const unknown = Object.keys(value).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) return fail(unknown, 'unknown field');
  if (typeof name !== 'string' || name === '')
    return fail('name', 'Required value: name is a mandatory field for a provider');
  const shown = `Invalid value: ${JSON.stringify(name)}`;
  if (name.includes(':'))
    return fail('name', `${shown}: invalid KMS provider name ${name}, must not contain ':'`);
  if (names.has(name))
    return fail('name', `${shown}: duplicate KMS provider name ${name}, names must be unique`);
  names.add(name);
  const timeoutMs = timeoutOf(timeout);
  if (timeoutMs <= 0)
    return fail('timeout', `Invalid value: ${JSON.stringify(timeout)}: timeout should be a positive value`);
  const socketPath = socketOf(endpoint, fail);
  if (apiVersion === 'v1')
    return fail(
      'apiVersion',
      'KMSv1 is deprecated and will only receive security updates going forward. Use KMSv2 instead.',
    );
  if (apiVersion !== 'v2')
    return fail(
      'apiVersion',
      `Invalid value: ${JSON.stringify(apiVersion)}: unsupported apiVersion apiVersion for KMS provider, only v1 and v2 are supported`,
    );
  if (cachesize !== undefined)
    return fail('cachesize', `Invalid value: ${JSON.stringify(cachesize)}: cachesize is not supported in v2`);
  return { name, socketPath, timeoutMs };
}
