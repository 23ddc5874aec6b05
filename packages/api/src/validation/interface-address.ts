import { formatIp, parseCidr, parseIp } from '@gantry/machinery/ip';

/** What is wrong with an address that carries the length of its network's prefix; undefined: nothing. */
export function interfaceAddressProblem(text: string): string | undefined {
  const slash = text.lastIndexOf('/');
  const network = parseCidr(text);
  const ip = parseIp(text.slice(0, Math.max(slash, 0)));
  if (network === undefined || ip === undefined)
    return 'must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)';
  const canonical = `${formatIp(ip)}/${Number(text.slice(slash + 1))}`;
  return text === canonical ? undefined : `must be in canonical form (${JSON.stringify(canonical)})`;
}
