/** An IPv4 range, e.g. 10.244.0.0/24. */
export interface Cidr {
  readonly base: number;
  readonly bits: number;
}

/** Throws when the text is no IPv4 CIDR. */
export function parseCidr(text: string): Cidr {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  const numbers = (match ?? []).slice(1).map(Number);
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = numbers;
  if ([a, b, c, d].some((octet) => octet > 255) || bits > 32) throw new Error(`${text} is not an IPv4 range`);
  const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  return { base: (address & mask) >>> 0, bits };
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

export const formatCidr = (cidr: Cidr): string => `${formatAddress(cidr.base)}/${cidr.bits}`;

/** The `index`th address of the range. */
export function addressAt(cidr: Cidr, index: number): string {
  return formatAddress((cidr.base + index) >>> 0);
}

/** The first range of `bits` within `cluster` that is not in `taken`; undefined when none is left. */
export function freeSubnet(cluster: Cidr, bits: number, taken: ReadonlySet<string>): string | undefined {
  const step = 2 ** (32 - bits);
  const end = cluster.base + 2 ** (32 - cluster.bits);
  for (let base = cluster.base; base + step <= end; base += step) {
    const text = formatCidr({ base: base >>> 0, bits });
    if (!taken.has(text)) return text;
  }
  return undefined;
}
