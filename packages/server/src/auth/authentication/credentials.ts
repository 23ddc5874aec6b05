import type { AuthenticationInput } from '../../request.ts';

const WEBSOCKET_BEARER = 'base64url.bearer.authorization.k8s.io.';

/** First value of a header; Node joins most repeated headers by itself. */
export function headerOf(input: AuthenticationInput, name: string): string | undefined {
  const value = input.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Every value of a repeated header, '' left out unless wanted. Only a test gives no raw headers. */
export function headerValues(input: AuthenticationInput, name: string, withEmpty = false): string[] {
  const joined = input.headers[name];
  if (joined === undefined) return [];
  const { rawHeaders } = input;
  if (rawHeaders === undefined)
    return (Array.isArray(joined) ? joined : joined.split(', ')).filter((text) => withEmpty || text !== '');
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const value = rawHeaders[at + 1];
    if (rawHeaders[at]?.toLowerCase() === name && value !== undefined && (withEmpty || value !== ''))
      values.push(value);
  }
  return values;
}

/**
 * The bearer token of a request: from `Authorization`, or from a WebSocket subprotocol, the only place where a browser can put one.
 * Undefined when there is none.
 */
export function bearerToken(input: AuthenticationInput): string | undefined {
  const match = /^bearer (\S+)( .*)?$/i.exec(headerOf(input, 'authorization')?.trim() ?? '');
  if (match?.[1] !== undefined) return match[1];
  if (headerOf(input, 'upgrade')?.toLowerCase() !== 'websocket') return undefined;
  for (const protocol of (headerOf(input, 'sec-websocket-protocol') ?? '').split(',')) {
    const text = protocol.trim();
    if (text.startsWith(WEBSOCKET_BEARER)) {
      return Buffer.from(text.slice(WEBSOCKET_BEARER.length), 'base64url').toString('utf8');
    }
  }
  return undefined;
}

/** Drops the subprotocol that carries a token, so that it is never passed on or echoed. */
export function withoutBearerProtocol(protocols: string): string {
  return protocols
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.startsWith(WEBSOCKET_BEARER))
    .join(', ');
}

/** User and password of `Authorization: Basic`; undefined when there is none, null when it is malformed. */
export function basicCredentials(
  input: AuthenticationInput,
): { readonly user: string; readonly password: string } | undefined | null {
  const match = /^basic +(\S+) *$/i.exec(headerOf(input, 'authorization') ?? '');
  if (match?.[1] === undefined) return undefined;
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon <= 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Value of one cookie. */
export function cookieOf(input: AuthenticationInput, name: string): string | undefined {
  const header = input.headers.cookie;
  const text = Array.isArray(header) ? header.join('; ') : (header ?? '');
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
