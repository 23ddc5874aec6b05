import { isIP } from 'node:net';
import { GitError } from './tree.ts';

/** Where a repository elsewhere is. */
export interface Address {
  /** As Git takes it. */
  readonly url: string;
  readonly protocol: 'https' | 'http' | 'ssh';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

const PORTS = { https: 443, http: 80, ssh: 22 } as const;
/** `user@host:path`, where no slash stands before the colon. */
const SCP = /^(?:([A-Za-z0-9_.][\w.-]*)@)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9][A-Za-z0-9.-]*):([^:].*)$/;
const HOST = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const USER = /^[A-Za-z0-9_.][\w.-]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNPRINTABLE = /[\u0000-\u0020\u007f]/;
/** What git's own client reads otherwise than a URL is read here: it would go to a host that was not checked. */
const AMBIGUOUS = /^[^?#]*\\|^[a-z]+:\/\/[^/?#]*[^\x21-\x7e]/i;

const bad = (url: string, why: string): GitError =>
  new GitError(`${JSON.stringify(url)} can't be followed: ${why}`);

/** Only what a client may be sent to: no local files, no other protocols. Throws GitError. */
export function parseAddress(url: string): Address {
  if (UNPRINTABLE.test(url)) throw bad(url, 'there are spaces or control characters in it');
  if (AMBIGUOUS.test(url))
    throw bad(url, 'there is a backslash in it, or a host name that is not in ASCII (xn--…)');
  const scp = url.includes('://') ? null : SCP.exec(url);
  if (scp !== null) return { url, protocol: 'ssh', host: unbracketed(scp[2] ?? ''), port: PORTS.ssh };
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const protocol = parsed?.protocol.slice(0, -1);
  if (parsed === undefined || (protocol !== 'https' && protocol !== 'http' && protocol !== 'ssh'))
    throw bad(url, 'use an https://, http:// or ssh:// address, or user@host:path');
  if (parsed.password !== '' || (protocol !== 'ssh' && parsed.username !== ''))
    throw bad(url, 'put credentials into a Secret and name it in secretRef, not into the address');
  const host = unbracketed(parsed.hostname);
  if (!HOST.test(host) && isIP(host) === 0) throw bad(url, `${JSON.stringify(host)} is no host name`);
  if (parsed.username !== '' && !USER.test(parsed.username)) throw bad(url, 'that is no user name');
  return { url, protocol, host, port: parsed.port === '' ? PORTS[protocol] : Number(parsed.port) };
}

const unbracketed = (host: string): string => host.replace(/^\[|\]$/g, '');
