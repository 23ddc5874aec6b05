import { BlockList, isIP } from 'node:net';

type Env = Readonly<Record<string, string | undefined>>;

/** Small letters first, as curl has it. */
const setting = (env: Env, name: string): string => env[name.toLowerCase()] || env[name] || '';

/**
 * The proxy that an http(s) address is reached through, by HTTPS_PROXY, HTTP_PROXY and NO_PROXY; undefined: directly. What
 * is on this machine has no use for one. Throws Error for a proxy of another kind.
 */
export function proxyOf(url: URL, env: Env): string | undefined {
  const given = setting(env, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (given === '') return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.')))
    return undefined;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const isExempt = setting(env, 'NO_PROXY')
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && matches(entry.toLowerCase(), host, port));
  if (isExempt) return undefined;
  const proxy = given.includes('://') ? given : `http://${given}`;
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol))
    throw new Error('the proxy of HTTPS_PROXY or HTTP_PROXY is no http:// or https:// address');
  return proxy;
}

/** `*`, a name with those below it, an address, a range; each may have a port. */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = entry, wanted] = isIP(entry) === 6 ? [] : (/^\[?(.+?)\]?:(\d+)$/.exec(entry) ?? []);
  if (wanted !== undefined && wanted !== port) return false;
  const [ip = '', prefix] = name.split('/');
  const family = isIP(ip);
  if (family !== 0) return isIP(host) === family && inRange(host, ip, prefix, family);
  const bare = name.replace(/^\*?\./, '');
  return host.endsWith(`.${bare}`) || (host === bare && !name.startsWith('*'));
}

function inRange(host: string, ip: string, prefix: string | undefined, family: number): boolean {
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (!(length >= 0 && length <= bits)) return false;
  const list = new BlockList();
  const name = family === 6 ? 'ipv6' : 'ipv4';
  list.addSubnet(ip, length, name);
  return list.check(host, name);
}
