import { formatCidr, formatIp, parseCidr, parseIp } from '@gantry/machinery/ip';

const isStandard = (address: string): boolean => !/(^|\.)0\d/.test(address) && !/^::ffff:.*\./i.test(address);

/** An address that is not written as it should be. */
export function addressWarnings(value: string, path: string): string[] {
  const ip = parseIp(value);
  if (ip === undefined) return [];
  const wanted = JSON.stringify(formatIp(ip));
  const given = JSON.stringify(value);
  if (!isStandard(value)) return [`${path}: non-standard IP address ${given} is invalid: use ${wanted}`];
  return ip.bits === 128 && formatIp(ip) !== value
    ? [`${path}: IPv6 address ${given} should be in RFC 5952 canonical format (${wanted})`]
    : [];
}

/** A range that is not written as it should be, or may be meant as one address. */
export function rangeWarnings(value: string, path: string): string[] {
  const range = parseCidr(value);
  if (range === undefined) return [];
  const given = JSON.stringify(value);
  const network = formatCidr(range);
  const warnings: string[] = [];
  const single = `${formatIp(range)}/${range.bits}`;
  const exact = `${formatIp(range)}/${range.prefix}`;
  if (exact !== network)
    warnings.push(
      `${path}: CIDR value ${given} is ambiguous in this context (should be ${JSON.stringify(network)} or ${JSON.stringify(single)}?)`,
    );
  if (!isStandard(value))
    warnings.push(`${path}: non-standard CIDR value ${given} is invalid: use ${JSON.stringify(network)}`);
  if (warnings.length === 0 && range.bits === 128 && exact !== value)
    warnings.push(
      `${path}: IPv6 CIDR value ${given} should be in RFC 5952 canonical format (${JSON.stringify(exact)})`,
    );
  return warnings;
}

/** Of the places that a load balancer is reached at. */
export const placeWarnings = (places: readonly { readonly ip?: string }[]): string[] =>
  places.flatMap(({ ip }, index) =>
    ip === undefined ? [] : addressWarnings(ip, `status.loadBalancer.ingress[${index}]`),
  );
