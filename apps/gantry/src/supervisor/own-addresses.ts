import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * This machine's own addresses as ranges: whoever runs everything on one machine has their Git server, registry or chat
 * there too. What keeps a machine's credentials is link-local and never among them.
 */
export function ownAddresses(): readonly string[] {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => !/^(fe[89ab]|169\.254\.)/i.test(address));
  return [
    '127.0.0.0/8',
    '::1',
    ...new Set(found.filter((ip) => !(isIPv4(ip) ? /^127\./ : /^::1$/).test(ip))),
  ];
}

/** As the sync takes them. */
export const allowedFlags = (addresses: readonly string[]): readonly string[] =>
  addresses.length === 0 ? [] : ['--sync-allow-addresses', addresses.join(',')];
