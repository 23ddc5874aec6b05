import type { HttpRequest, HttpResponse } from '../handler.ts';

const MAX_ORIGIN_CHARACTERS = 2_048;
const HEADERS = {
  'access-control-allow-methods': 'POST, GET, OPTIONS, PUT, DELETE, PATCH',
  'access-control-allow-headers':
    'Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since',
  'access-control-expose-headers': 'Date',
  'access-control-allow-credentials': 'true',
} as const;

type SettableResponse = HttpResponse & {
  setHeader(name: string, value: string): unknown;
  writeHead(status: number): unknown;
  end(): unknown;
};

/**
 * Lets pages of the allowed origins read the answer. True when the request is answered with that: it only asked whether
 * it may be sent.
 */
export function answerOrigin(
  request: HttpRequest,
  response: HttpResponse,
  allowed: readonly RegExp[],
): boolean {
  const { origin } = request.headers;
  if (origin === undefined || origin === '' || origin.length > MAX_ORIGIN_CHARACTERS) return false;
  if (!allowed.some((pattern) => pattern.test(origin))) return false;
  const target = response as SettableResponse;
  target.setHeader('access-control-allow-origin', origin);
  for (const [name, value] of Object.entries(HEADERS)) target.setHeader(name, value);
  if (request.method !== 'OPTIONS') return false;
  target.writeHead(204);
  target.end();
  return true;
}
