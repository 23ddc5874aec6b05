import { invalid } from '@gantry/machinery/field-error';
import { cidrContains, parseCidr, parseIp } from '@gantry/machinery/ip';
import type { Errors } from './common.ts';

const network = (text: string) => {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`no network: ${text}`);
  return parsed;
};

/** Ranges that no endpoint may be in, with the words for each. */
const FORBIDDEN = [
  ['may not be in the loopback range (127.0.0.0/8, ::1/128)', ['127.0.0.0/8', '::1/128']],
  ['may not be in the link-local range (169.254.0.0/16, fe80::/10)', ['169.254.0.0/16', 'fe80::/10']],
  ['may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)', ['224.0.0.0/24', 'ff02::/16']],
] as const;
const RANGES = FORBIDDEN.map(([text, ranges]) => ({ text, networks: ranges.map(network) }));

/** An address that a Service may send to: not the machine's own, and none that ends at the link. */
export function validateEndpointIP(address: string, path: string, errors: Errors): void {
  const ip = parseIp(address);
  if (ip === undefined) {
    errors.push(invalid(path, address, 'must be a valid IP address'));
    return;
  }
  if (ip.value === 0n) errors.push(invalid(path, address, `may not be unspecified (${address})`));
  for (const { text, networks } of RANGES)
    if (networks.some((one) => cidrContains(one, ip))) errors.push(invalid(path, address, text));
}
