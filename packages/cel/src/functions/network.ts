import { cidrContains, formatIp, type IpAddress, type IpNetwork, parseIp } from '@gantry/machinery/ip';

import { BOOL, CIDR, INT, IP, STRING } from '../check/types.ts';
import { CelOpaque, Failure, fail, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';

class IpValue extends CelOpaque {
  readonly typeName = 'net.IP';
  readonly ip: IpAddress;

  constructor(ip: IpAddress) {
    super();
    this.ip = ip;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof IpValue && this.ip.bits === other.ip.bits && this.ip.value === other.ip.value;
  }

  override get size(): number {
    return this.ip.bits / 8;
  }

  override toJson(): string {
    return formatIp(this.ip);
  }
}

class CidrValue extends CelOpaque {
  readonly typeName = 'net.CIDR';
  /** With the bits behind the prefix as they were written. */
  readonly network: IpNetwork;

  constructor(network: IpNetwork) {
    super();
    this.network = network;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof CidrValue && this.toJson() === other.toJson();
  }

  override get size(): number {
    return Math.ceil(this.network.prefix / 8);
  }

  override toJson(): string {
    return `${formatIp(this.network)}/${this.network.prefix}`;
  }
}

/** What is wrong with the text as an address, worded as Go's netip does. */
function addressProblem(text: string): string {
  const problem = (message: string, at?: string) =>
    `ParseAddr(${JSON.stringify(text)}): ${message}${at === undefined ? '' : ` (at ${JSON.stringify(at)})`}`;
  const separator = /[.:%]/.exec(text)?.[0];
  if (separator !== '.') {
    const third = text.indexOf(':::');
    if (separator === ':' && third >= 0) {
      return problem('each colon-separated field must have at least one digit', text.slice(third + 2));
    }
    return problem(separator === '%' ? 'missing IPv6 address' : 'unable to parse IP');
  }
  const strange = /[^0-9.]/.exec(text);
  const fields = text.split('.');
  const bad = fields.find((field) => /^0\d/.test(field) || Number(field) > 255);
  if (bad !== undefined && !strange) {
    return problem(/^0\d/.test(bad) ? 'IPv4 field has octet with leading zero' : 'IPv4 field has value >255');
  }
  if (strange) {
    return problem('unexpected character', text.slice(strange.index));
  }
  if (fields.includes('')) {
    const at = /^\.|\.\.|\.$/.exec(text)?.index ?? 0;
    return problem(
      'IPv4 field must have at least one digit',
      text.slice(text.startsWith('..', at) ? at + 1 : at),
    );
  }
  return problem(fields.length < 4 ? 'IPv4 address too short' : 'IPv4 address too long');
}

/** Addresses of the IPv4 range mapped into IPv6 are refused, zones too. */
function readIp(text: string): IpAddress {
  const hasZone = /^[0-9a-fA-F:.]+%.+$/.test(text) && parseIp(text.split('%')[0] ?? '')?.bits === 128;
  if (hasZone) {
    return fail(`IP address ${JSON.stringify(text)} with zone value is not allowed`);
  }
  const ip = /(?:^|\.)0\d/.test(text) && !text.includes(':') ? undefined : parseIp(text);
  if (!ip) {
    return fail(
      `IP Address ${JSON.stringify(text)} parse error during conversion from string: ${addressProblem(text)}`,
    );
  }
  return isMapped(ip) ? fail(`IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`) : ip;
}

function isMapped({ bits, value }: IpAddress): boolean {
  return bits === 128 && value >> 32n === 0xffffn;
}

function readCidr(text: string): IpNetwork {
  const quoted = JSON.stringify(text);
  const slash = text.lastIndexOf('/');
  const prefixError = (reason: string) =>
    fail(
      `network address parse error during conversion from string: netip.ParsePrefix(${quoted}): ${reason}`,
    );
  if (slash < 0) {
    return prefixError("no '/'");
  }
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)];
  const ip = /(?:^|\.)0\d/.test(address) && !address.includes(':') ? undefined : parseIp(address);
  if (!ip) {
    return prefixError(addressProblem(address));
  }
  if (!/^(?:0|[1-9]\d*)$/.test(bits)) {
    return prefixError(`bad bits after slash: ${JSON.stringify(bits)}`);
  }
  if (Number(bits) > ip.bits) {
    return prefixError('prefix length out of range');
  }
  return isMapped(ip)
    ? fail(`IPv4-mapped IPv6 address ${quoted} is not allowed`)
    : { ...ip, prefix: Number(bits) };
}

function cidrOf(text: Value): CidrValue {
  try {
    return new CidrValue(readCidr(text as string));
  } catch (error) {
    throw error instanceof Failure
      ? new Failure(`network address parse error during conversion from string: ${error.message}`)
      : error;
  }
}

function succeeds(read: (text: string) => unknown) {
  return (text: Value): Value => {
    try {
      read(text as string);
      return true;
    } catch (error) {
      if (error instanceof Failure) {
        return false;
      }
      throw error;
    }
  };
}

const hostBits = ({ bits, prefix }: IpNetwork): bigint => (1n << BigInt(bits - prefix)) - 1n;

function ipTest(test: (ip: IpAddress) => boolean) {
  return (value: Value): Value => test((value as IpValue).ip);
}

/** The highest `length` bits of the address. */
function top({ bits, value }: IpAddress, length: number): bigint {
  return value >> BigInt(bits - length);
}

const isUnspecified = ({ value }: IpAddress): boolean => value === 0n;
const isLoopback = (ip: IpAddress): boolean => (ip.bits === 32 ? top(ip, 8) === 127n : ip.value === 1n);
const isLinkLocalUnicast = (ip: IpAddress): boolean =>
  ip.bits === 32 ? top(ip, 16) === 0xa9fen : top(ip, 10) === 0xfe80n >> 6n;
const isLinkLocalMulticast = (ip: IpAddress): boolean =>
  ip.bits === 32 ? top(ip, 24) === 0xe00000n : (top(ip, 16) & 0xff0fn) === 0xff02n;
const isMulticast = (ip: IpAddress): boolean => (ip.bits === 32 ? top(ip, 4) === 0xen : top(ip, 8) === 0xffn);
const isGlobalUnicast = (ip: IpAddress): boolean =>
  !(
    isUnspecified(ip) ||
    (ip.bits === 32 && ip.value === 0xffffffffn) ||
    isLoopback(ip) ||
    isMulticast(ip) ||
    isLinkLocalUnicast(ip)
  );

function containsIp(cidr: Value, ip: Value): Value {
  return cidrContains((cidr as CidrValue).network, (ip as IpValue).ip);
}

function containsCidr(outer: Value, inner: Value): Value {
  const [network, other] = [(outer as CidrValue).network, (inner as CidrValue).network];
  return network.prefix <= other.prefix && cidrContains(network, other);
}

function masked(cidr: Value): Value {
  const { network } = cidr as CidrValue;
  return new CidrValue({ ...network, value: network.value & ~hostBits(network) });
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library and CIDRs. */
export const network: Library = [
  declare(
    'ip',
    global('string_to_ip', [STRING], IP, (text) => new IpValue(readIp(text as string))),
    member('cidr_ip', [CIDR], IP, (cidr) => new IpValue((cidr as CidrValue).network)),
  ),
  declare('isIP', global('is_ip', [STRING], BOOL, succeeds(readIp))),
  declare(
    'ip.isCanonical',
    global('ip_is_canonical', [STRING], BOOL, (text) => formatIp(readIp(text as string)) === text),
  ),
  declare(
    'family',
    member('ip_family', [IP], INT, (ip) => ((ip as IpValue).ip.bits === 32 ? 4 : 6)),
  ),
  declare('isUnspecified', member('ip_is_unspecified', [IP], BOOL, ipTest(isUnspecified))),
  declare('isLoopback', member('ip_is_loopback', [IP], BOOL, ipTest(isLoopback))),
  declare(
    'isLinkLocalMulticast',
    member('ip_is_link_local_multicast', [IP], BOOL, ipTest(isLinkLocalMulticast)),
  ),
  declare('isLinkLocalUnicast', member('ip_is_link_local_unicast', [IP], BOOL, ipTest(isLinkLocalUnicast))),
  declare('isGlobalUnicast', member('ip_is_global_unicast', [IP], BOOL, ipTest(isGlobalUnicast))),
  declare('cidr', global('string_to_cidr', [STRING], CIDR, cidrOf)),
  declare('isCIDR', global('is_cidr', [STRING], BOOL, succeeds(readCidr))),
  declare(
    'containsIP',
    member('cidr_contains_ip_string', [CIDR, STRING], BOOL, (cidr, text) =>
      containsIp(cidr, new IpValue(readIp(text as string))),
    ),
    member('cidr_contains_ip_ip', [CIDR, IP], BOOL, containsIp),
  ),
  declare(
    'containsCIDR',
    member('cidr_contains_cidr_string', [CIDR, STRING], BOOL, (cidr, text) =>
      containsCidr(cidr, cidrOf(text)),
    ),
    member('cidr_contains_cidr', [CIDR, CIDR], BOOL, containsCidr),
  ),
  declare(
    'prefixLength',
    member('cidr_prefix_length', [CIDR], INT, (cidr) => (cidr as CidrValue).network.prefix),
  ),
  declare('masked', member('cidr_masked', [CIDR], CIDR, masked)),
];
