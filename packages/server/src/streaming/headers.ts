import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { withoutBearerProtocol } from '../auth/authentication/credentials.ts';
import { SESSION_COOKIE } from '../auth/authentication/local-users.ts';

/** Of one connection only: they are not passed on. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

const CREDENTIALS = new Set([
  'authorization',
  'x-gantry-csrf',
  'x-remote-user',
  'x-remote-group',
  'x-remote-uid',
]);

const isCredential = (name: string): boolean =>
  CREDENTIALS.has(name) || name.startsWith('impersonate-') || name.startsWith('x-remote-extra-');

/** Who asked is for the API server alone: its credentials never reach a backend. */
function withoutSession(cookies: string): string {
  return cookies
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith(`${SESSION_COOKIE}=`))
    .join('; ');
}

/** Headers of a request as they are passed on. With `upgrade`, those that ask for the other protocol stay. */
export function forwardedHeaders(headers: IncomingHttpHeaders, upgrade: boolean): OutgoingHttpHeaders {
  const result: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':') || name === 'host' || isCredential(name)) continue;
    if (HOP_BY_HOP.has(name) && !(upgrade && name === 'upgrade')) continue;
    result[name] = value;
  }
  if (typeof headers.cookie === 'string') {
    const cookies = withoutSession(headers.cookie);
    if (cookies === '') delete result.cookie;
    else result.cookie = cookies;
  }
  if (!upgrade) return result;
  result.connection = 'Upgrade';
  const protocols = headers['sec-websocket-protocol'];
  if (typeof protocols === 'string') {
    const rest = withoutBearerProtocol(protocols);
    if (rest === '') delete result['sec-websocket-protocol'];
    else result['sec-websocket-protocol'] = rest;
  }
  return result;
}

/** Headers of an answer as they go to the client; a backend can't set the session cookie. */
export function returnedHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const result: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || HOP_BY_HOP.has(name)) continue;
    result[name] = value;
  }
  const cookies = headers['set-cookie']?.filter(
    (cookie) => !cookie.trimStart().startsWith(`${SESSION_COOKIE}=`),
  );
  if (cookies === undefined || cookies.length === 0) delete result['set-cookie'];
  else result['set-cookie'] = cookies;
  return result;
}
