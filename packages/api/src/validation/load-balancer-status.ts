import { isIP } from 'node:net';
import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import { check, type Errors, validIP } from './common.ts';

const IP_MODES = ['Proxy', 'VIP'];

interface Place {
  readonly ip?: string;
  readonly hostname?: string;
  readonly ipMode?: string;
}

/** `status.loadBalancer.ingress` of Services and Ingresses: addresses that were there before are let be. */
export function validateLoadBalancerPlaces(
  places: readonly Place[],
  before: readonly Place[],
  errors: Errors,
): void {
  const known = new Set(before.map(({ ip }) => ip));
  for (const [index, { ip, hostname }] of places.entries()) {
    const at = `status.loadBalancer.ingress[${index}]`;
    if (ip && !known.has(ip)) validIP(ip, `${at}.ip`, errors);
    if (!hostname) continue;
    check(isDNS1123Subdomain(hostname), `${at}.hostname`, hostname, errors);
    if (isIP(hostname) !== 0)
      errors.push(invalid(`${at}.hostname`, hostname, 'must be a DNS name, not an IP address'));
  }
}

/** KEP-1860: of Services alone. */
export function validateIPModes(places: readonly Place[], errors: Errors): void {
  for (const [index, { ip = '', ipMode }] of places.entries()) {
    const at = `status.loadBalancer.ingress[${index}].ipMode`;
    if (ipMode === undefined) {
      if (ip !== '') errors.push(required(at, 'must be specified when `ip` is set'));
    } else if (ip === '') errors.push(forbidden(at, 'may not be specified when `ip` is not set'));
    else if (!IP_MODES.includes(ipMode)) errors.push(notSupported(at, ipMode, IP_MODES));
  }
}
