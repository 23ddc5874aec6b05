import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

export interface Address {
  readonly address: string;
  readonly port: number;
}

const UPSTREAMS_MAX = 8;

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`; undefined for anything else. */
export function parseAddress(text: string, defaultPort = 53): Address | undefined {
  if (isIP(text) !== 0) return { address: text, port: defaultPort };
  const match = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(text);
  const [, address = '', port = ''] = match ?? [];
  return isIP(address) !== 0 && Number(port) > 0 && Number(port) < 65_536
    ? { address, port: Number(port) }
    : undefined;
}

/** Name servers of a resolv.conf, at most 8. A file that is not there has none. */
export function upstreamsOfResolvConf(path = '/etc/resolv.conf'): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const servers = [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map((match) =>
    (match[1] ?? '').replace(/%.*$/, ''),
  );
  return [...new Set(servers)].filter((server) => isIP(server) !== 0).slice(0, UPSTREAMS_MAX);
}
