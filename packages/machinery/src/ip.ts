import { isIP, isIPv4, isIPv6 } from 'node:net';
import { type FieldError, invalid } from './field-error.ts';

/** An address as a number, with the width of its family in bits. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface IpNetwork extends IpAddress {
  readonly prefix: number;
}

/** Leading zeros of an IPv4 octet are dropped, as the original's parser does. */
function withoutLeadingZeros(text: string): string {
  return /^[\d.]+$/.test(text) ? text.replace(/(^|\.)0+(?=\d)/g, '$1') : text;
}

const v4Value = (text: string): bigint =>
  text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);

function v6Value(text: string): bigint {
  const dotted = text.lastIndexOf(':') + 1;
  let source = text;
  if (text.includes('.')) {
    const low = v4Value(text.slice(dotted));
    source = `${text.slice(0, dotted)}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  }
  const [head = '', tail] = source.split('::');
  const words = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const first = words(head);
  const last = tail === undefined ? [] : words(tail);
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  return [...first, ...zeros, ...last].reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
}

/** Reads an address; undefined when it is none. Zones (`fe80::1%eth0`) are refused. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.length > 64 || text.includes('%')) return undefined;
  const plain = withoutLeadingZeros(text);
  if (isIPv4(plain)) return { bits: 32, value: v4Value(plain) };
  return isIPv6(plain) ? { bits: 128, value: v6Value(plain) } : undefined;
}

const MAPPED = 0xffffn << 32n;
const isMapped = (ip: IpAddress): boolean => ip.bits === 128 && ip.value >> 32n === MAPPED >> 32n;

/** Canonical text: dotted for IPv4 (also when mapped into IPv6), RFC 5952 for IPv6. */
export function formatIp(ip: IpAddress): string {
  if (ip.bits === 32 || isMapped(ip)) {
    return [24n, 16n, 8n, 0n].map((shift) => (ip.value >> shift) & 0xffn).join('.');
  }
  const words = Array.from({ length: 8 }, (_, i) =>
    ((ip.value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (words[i + length] === '0') length++;
    if (length > best.length) best = { start: i, length };
  }
  if (best.start < 0) return words.join(':');
  return `${words.slice(0, best.start).join(':')}::${words.slice(best.start + best.length).join(':')}`;
}

/** Reads `address/prefix`; undefined when it is none. `value` keeps the bits behind the prefix. */
export function parseCidr(text: string): IpNetwork | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const ip = match?.[1] === undefined ? undefined : parseIp(match[1]);
  const prefix = Number(match?.[2]);
  return ip === undefined || prefix > ip.bits ? undefined : { ...ip, prefix };
}

const hostBits = (network: IpNetwork): bigint => (1n << BigInt(network.bits - network.prefix)) - 1n;

/** Canonical text of the network: without the bits behind the prefix. */
export function formatCidr(network: IpNetwork): string {
  return `${formatIp({ bits: network.bits, value: network.value & ~hostBits(network) })}/${network.prefix}`;
}

export function cidrContains(network: IpNetwork, ip: IpAddress): boolean {
  return network.bits === ip.bits && (network.value | hostBits(network)) === (ip.value | hostBits(network));
}

/** New fields: canonical addresses only. */
export function validateIp(value: string, field: string): FieldError[] {
  const errors = validateLegacyIp(value, field, true);
  const ip = parseIp(value);
  if (errors.length > 0 || ip === undefined || formatIp(ip) === value) return errors;
  return [invalid(field, value, `must be in canonical form (${JSON.stringify(formatIp(ip))})`)];
}

/** Old fields take leading zeros and mapped addresses unless `strict`. */
export function validateLegacyIp(value: string, field: string, strict = false): FieldError[] {
  const ip = parseIp(value);
  if (ip === undefined) {
    return [invalid(field, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
  }
  const errors: FieldError[] = [];
  if (strict && isIP(value) === 0) errors.push(invalid(field, value, 'must not have leading 0s'));
  if (strict && isMapped(ip)) {
    errors.push(invalid(field, value, 'must not be an IPv4-mapped IPv6 address'));
  }
  return errors;
}

/** New fields: canonical networks only. */
export function validateCidr(value: string, field: string): FieldError[] {
  const errors = validateLegacyCidr(value, field, true);
  const network = parseCidr(value);
  if (errors.length > 0 || network === undefined || formatCidr(network) === value) return errors;
  return [invalid(field, value, `must be in canonical form (${JSON.stringify(formatCidr(network))})`)];
}

export function validateLegacyCidr(value: string, field: string, strict = false): FieldError[] {
  const network = parseCidr(value);
  if (network === undefined) {
    return [invalid(field, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
  }
  if (!strict) return [];
  const [address = '', prefix = ''] = value.split('/');
  if (isIP(address) === 0 || /^0\d/.test(prefix)) {
    return [invalid(field, value, 'must not have leading 0s in IP or prefix length')];
  }
  if (isMapped(network)) return [invalid(field, value, 'must not have an IPv4-mapped IPv6 address')];
  return (network.value & hostBits(network)) === 0n
    ? []
    : [invalid(field, value, 'must not have bits set beyond the prefix length')];
}
