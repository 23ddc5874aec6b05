import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

type Family = 'ipv4' | 'ipv6';
const familyOf = (ip: string): Family => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/** Link-local addresses, and what clouds answer with a machine's credentials on (RFC 3927, RFC 4291, 2.5.6). */
const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
// Alibaba's, Azure's and Oracle's.
for (const address of ['100.100.100.200', '168.63.129.16', '192.0.0.192'])
  LINK_LOCAL.addAddress(address, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');
LINK_LOCAL.addAddress('fd00:ec2::254', 'ipv6');

/** What leads to the machine itself: loopback, and "this host" (RFC 1122, 3.2.1.3). */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addSubnet('0.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
LOOPBACK.addAddress('::', 'ipv6');

/** NAT64 prefixes of a network's own (RFC 8215): where one leads, this machine included, shows in no part of it. */
const LOCAL_TRANSLATION = new BlockList();
LOCAL_TRANSLATION.addSubnet('64:ff9b:1::', 48, 'ipv6');

const has = (list: BlockList, ip: string): boolean => list.check(ip, familyOf(ip));

/** The IPv4 address that a NAT64 gateway makes of an address (RFC 6052), or the address itself. */
function translated(ip: string): string {
  if (isIP(ip) !== 6) return ip;
  const host = new URL(`http://[${ip.split('%')[0]}]/`).hostname.slice(1, -1);
  const [, high, low] = /^64:ff9b::(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(host) ?? [];
  if (low === undefined) return ip;
  const parts = [Number.parseInt(high ?? '0', 16), Number.parseInt(low, 16)];
  return parts.flatMap((part) => [part >> 8, part & 255]).join('.');
}

/** Whether an address is this machine's own. */
export function isOwnAddress(ip: string): boolean {
  if (has(LOOPBACK, ip)) return true;
  const own = new BlockList();
  for (const interfaces of Object.values(networkInterfaces()))
    for (const { address } of interfaces ?? []) own.addAddress(address, familyOf(address));
  return has(own, ip);
}

/** Addresses of `--sync-allow-addresses`: `127.0.0.0/8`, `10.0.0.7`, `127.0.0.1:3000`, `[::1]:3000`. */
interface Allowed {
  readonly list: BlockList;
  /** Absent: all. */
  readonly port: number | undefined;
}

const ENTRY = /^(?:\[([0-9a-f:.]+)\]|([0-9a-f.:]+?))(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/i;

/** Throws Error that names the entry. */
function readAllowed(entry: string): Allowed {
  const bad = new Error(
    `${JSON.stringify(entry)} is no address or range, like 127.0.0.0/8 or 127.0.0.1:3000`,
  );
  // Without brackets the colons of an IPv6 address are its own.
  const bare = entry.split('/')[0] ?? '';
  const [, bracketed, plain, prefix, port] =
    isIP(bare) === 6
      ? [undefined, undefined, bare, entry.split('/')[1], undefined]
      : (ENTRY.exec(entry) ?? []);
  const ip = bracketed ?? plain ?? '';
  const bits = isIP(ip) === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (isIP(ip) === 0 || !(length <= bits) || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) throw bad;
  const list = new BlockList();
  list.addSubnet(ip, length, familyOf(ip));
  return { list, port: port === undefined ? undefined : Number(port) };
}

/** Where what tenants write may lead: not to this machine, nor to where it gets its credentials. */
export class AddressRules {
  readonly #allowed: readonly Allowed[];

  /** `allowed`: exceptions, which are the operator's. Throws Error for what is no address or range. */
  constructor(allowed: readonly string[] = []) {
    this.#allowed = allowed.map(readAllowed);
  }

  /** Why an address is not connected to; undefined when it may be. */
  refusalOf(address: string, port: number): string | undefined {
    const ip = translated(address);
    if (this.#allowed.some((one) => (one.port ?? port) === port && has(one.list, ip))) return undefined;
    if (has(LINK_LOCAL, ip))
      return 'link-local addresses, where machines keep credentials, are not connected to';
    if (has(LOCAL_TRANSLATION, ip) || isOwnAddress(ip))
      return 'addresses of the machine itself are not connected to, unless its operator allows them (--sync-allow-addresses)';
    return undefined;
  }
}
