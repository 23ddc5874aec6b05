import { isIPv4 } from 'node:net';

/** A range of numbers from which values are handed out, upper part first: the lower one is for explicit requests. */
export interface NumberRange {
  readonly first: number;
  readonly size: number;
  /** Numbers at the low end that are given out at random only when the rest is used up. */
  readonly reserved: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

const toNumber = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
export const toIp = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** Usable addresses of an IPv4 CIDR, without network and broadcast address. Throws on a bad one. */
export function addressRange(cidr: string): NumberRange {
  const [base = '', bits = ''] = cidr.split('/');
  const prefix = Number(bits);
  if (!isIPv4(base) || !/^\d+$/.test(bits) || prefix < 8 || prefix > 30)
    throw new Error(
      `--service-cluster-ip-range ${cidr}: give an IPv4 range between /8 and /30, such as 10.96.0.0/12`,
    );
  const total = 2 ** (32 - prefix);
  const network = toNumber(base) - (toNumber(base) % total);
  const size = total - 2;
  return { first: network + 1, size, reserved: size < 16 ? 0 : clamp(Math.floor(total / 16), 16, 256) };
}

/** `30000-32767`. Throws on a bad one. */
export function portRange(text: string): NumberRange {
  const match = /^(\d+)-(\d+)$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || first < 1 || last > 65_535 || last < first)
    throw new Error(`--service-node-port-range ${text}: give two ports, such as 30000-32767`);
  const size = last - first + 1;
  return { first, size, reserved: size < 16 ? 0 : clamp(Math.floor(size / 32), 16, 128) };
}

export const inRange = ({ first, size }: NumberRange, value: number): boolean =>
  value >= first && value < first + size;

/** Number of an IPv4 address, or undefined. */
export const addressNumber = (ip: string): number | undefined => (isIPv4(ip) ? toNumber(ip) : undefined);

/** A free number: a random one of the upper part, else of the whole; undefined when all are used. */
export function pickFree(range: NumberRange, used: ReadonlySet<number>): number | undefined {
  const scan = (from: number, count: number): number | undefined => {
    const start = Math.floor(Math.random() * count);
    for (let step = 0; step < count; step++) {
      const candidate = range.first + from + ((start + step) % count);
      if (!used.has(candidate)) return candidate;
    }
    return undefined;
  };
  const upper = range.size - range.reserved;
  return (
    (upper > 0 ? scan(range.reserved, upper) : undefined) ??
    (range.reserved > 0 ? scan(0, range.reserved) : undefined)
  );
}
