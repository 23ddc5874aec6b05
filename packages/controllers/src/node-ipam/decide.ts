/** Blocks of one size within a cluster range, IPv4. */
export interface Range {
  /** First address as a number. */
  readonly base: number;
  /** Prefix length of a block: 24 for a /24 a node. */
  readonly blockBits: number;
  /** How many blocks there are. */
  readonly count: number;
}

const toNumber = (ip: string): number => ip.split('.').reduce((value, part) => value * 256 + Number(part), 0);
const toText = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** Reads `10.244.0.0/16`. Throws when it is no IPv4 CIDR or too small for one block. */
export function parseRange(cidr: string, blockBits: number): Range {
  const match = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(cidr);
  const bits = Number(match?.[2]);
  const address = match?.[1];
  const isValid = address?.split('.').every((part) => Number(part) < 256) === true && bits <= 32;
  if (address === undefined || !isValid)
    throw new Error(`--cluster-cidr ${cidr}: not an IPv4 range such as 10.244.0.0/16`);
  if (bits > blockBits)
    throw new Error(`--cluster-cidr ${cidr}: too small, each node takes a /${blockBits} of it`);
  const size = 2 ** (32 - bits);
  return { base: Math.floor(toNumber(address) / size) * size, blockBits, count: 2 ** (blockBits - bits) };
}

export const blockAt = ({ base, blockBits }: Range, index: number): string =>
  `${toText(base + index * 2 ** (32 - blockBits))}/${blockBits}`;

/** Indexes of the blocks that a CIDR overlaps; empty when it lies outside. */
export function blocksOf(range: Range, cidr: string): readonly number[] {
  const [ip = '', bits = '32'] = cidr.split('/');
  if (ip.includes(':')) return [];
  const blockSize = 2 ** (32 - range.blockBits);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor((toNumber(ip) - range.base) / blockSize);
  const last = Math.floor((toNumber(ip) + size - 1 - range.base) / blockSize);
  const blocks: number[] = [];
  for (let i = Math.max(first, 0); i <= Math.min(last, range.count - 1); i++) blocks.push(i);
  return blocks;
}

/** The first free block after `after`, going round; undefined when all are taken. */
export function nextFree(range: Range, used: ReadonlySet<number>, after: number): number | undefined {
  if (used.size >= range.count) return undefined;
  for (let step = 1; step <= range.count; step++) {
    const index = (after + step) % range.count;
    if (!used.has(index)) return index;
  }
  return undefined;
}
