import { isIP } from 'node:net';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const text = (headers: Headers, name: string): string => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
};

/** `::ffff:192.0.2.1` is an IPv4 client of a socket for both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Addresses that a request came through: as proxies say, then the one that can't be made up. */
export function sourceIps(headers: Headers, remote: string | undefined): readonly string[] {
  const found: string[] = [];
  const forwarded = headers['x-forwarded-for'];
  if (forwarded !== undefined)
    for (const part of text(headers, 'x-forwarded-for').split(','))
      if (isIP(part.trim()) !== 0) found.push(plain(part.trim()));
  const real = text(headers, 'x-real-ip');
  if (isIP(real) !== 0 && !found.includes(real)) found.push(plain(real));
  if (remote !== undefined && isIP(remote) !== 0 && found.at(-1) !== plain(remote)) found.push(plain(remote));
  return found;
}
