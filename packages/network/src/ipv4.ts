import { isIPv4 } from 'node:net';

const toNumber = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

interface Range {
  readonly text: string;
  readonly first: number;
  readonly bits: number;
}

function parse(cidr: string): Range | undefined {
  const [ip = '', length = '32'] = cidr.trim().split('/');
  const bits = Number(length);
  if (!isIPv4(ip) || !Number.isInteger(bits) || bits < 0 || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor(toNumber(ip) / size) * size;
  const dotted = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
  return { text: `${dotted}/${bits}`, first, bits };
}

/**
 * The IPv4 CIDRs of a list, aligned, sorted, each that lies inside another left out (two CIDRs nest or are disjoint).
 * Entries that are no IPv4 CIDR are left out.
 */
export function disjointCidrs(cidrs: readonly string[]): string[] {
  const ranges = cidrs.map(parse).filter((range) => range !== undefined);
  ranges.sort((a, b) => a.bits - b.bits || a.first - b.first);
  const kept: Range[] = [];
  for (const range of ranges) {
    const inside = kept.some(
      (outer) => range.first - outer.first < 2 ** (32 - outer.bits) && range.first >= outer.first,
    );
    if (!inside) kept.push(range);
  }
  return kept.sort((a, b) => a.first - b.first).map((range) => range.text);
}

/** True for a usable endpoint or VIP address. */
export const isUsableIp = (ip: string): boolean => isIPv4(ip) && ip !== '0.0.0.0';
