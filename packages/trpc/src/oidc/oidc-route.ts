import type { IncomingMessage, ServerResponse } from 'node:http';
import { AuthorizationResponseError } from 'openid-client';
import type { Accounts, User } from '../port.ts';
import { cookieValue, sessionCookie } from '../session-cookie.ts';
import { safeNext } from '../shared/safe-next.ts';
import type { Attempt, OidcClient } from './oidc-client.ts';

export interface OidcRouteOptions {
  readonly client: OidcClient;
  readonly accounts: Pick<Accounts, 'createExternalSession'>;
  /** Checks an ID token's signature and claims, and says who it is. Rejects when it does not hold. */
  readonly identify: (idToken: string) => Promise<User>;
  /** What the issuer sends the browser back to; absent = the address by which the browser came, and `/oidc/callback`. */
  readonly redirectUrl?: string | undefined;
  /** Told why a sign-in failed: the browser is told only that it did. */
  readonly onFailure: (error: unknown) => void;
}

export interface OidcRoute {
  readonly prefix: '/oidc/';
  handle(request: unknown, response: unknown): Promise<void>;
}

const ATTEMPT_COOKIE = 'gantry-oidc';
const ATTEMPT_S = 600;
const CALLBACK = '/oidc/callback';
const NAME_MAX = 512;
const GROUPS_MAX = 200;

interface Pending extends Attempt {
  readonly next: string;
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const isSecure = (request: IncomingMessage): boolean => header(request, 'x-forwarded-proto') === 'https';

/** The front says by which address the browser came. A wrong one gets nobody anywhere: issuers send back to known ones only. */
function origin(request: IncomingMessage): string {
  const host = header(request, 'x-forwarded-host') ?? header(request, 'host') ?? 'localhost';
  return `${isSecure(request) ? 'https' : 'http'}://${host}`;
}

/** Lax, as the issuer sends the browser back from another site. */
const attemptCookie = (value: string, secure: boolean, maxAge: number): string =>
  `${ATTEMPT_COOKIE}=${value}; Path=/oidc/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${maxAge}`;

function readAttempt(cookies: string | undefined): Pending | undefined {
  try {
    const text = Buffer.from(cookieValue(cookies, ATTEMPT_COOKIE) ?? '', 'base64url').toString();
    const { state, nonce, verifier, next } = JSON.parse(text) as Record<string, unknown>;
    return [state, nonce, verifier, next].every((one) => typeof one === 'string' && one !== '')
      ? ({ state, nonce, verifier, next } as Pending)
      : undefined;
  } catch {
    return undefined;
  }
}

function redirect(response: ServerResponse, location: string, cookies: readonly string[] = []): void {
  response.writeHead(302, { location, 'cache-control': 'no-store', 'set-cookie': [...cookies] });
  response.end();
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * Goes on from a page of our own: a browser that came by redirects of another site sends no strict cookie to the page that
 * they end at.
 */
function goOn(response: ServerResponse, next: string, cookies: readonly string[]): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'set-cookie': [...cookies],
  });
  const href = escaped(next);
  response.end(
    `<!doctype html><html lang="en"><title>Gantry</title><meta http-equiv="refresh" content="0;url=${href}"><a href="${href}">Gantry</a></html>\n`,
  );
}

/**
 * `GET /oidc/start?next=/path` sends the browser to the issuer, `GET /oidc/callback` takes it back and starts a session of
 * who the issuer says it is. What is under way lies in a cookie, so that any replica may finish it.
 */
export function createOidcRoute(options: OidcRouteOptions): OidcRoute {
  const failed = (response: ServerResponse, problem: string, secure: boolean): void =>
    redirect(response, `/signin?problem=${problem}`, [attemptCookie('', secure, 0)]);

  async function start(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const redirectUri = options.redirectUrl ?? `${origin(request)}${CALLBACK}`;
    const { url: target, attempt } = await options.client.begin(redirectUri);
    const pending: Pending = { ...attempt, next: safeNext(url.searchParams.get('next')) };
    const value = Buffer.from(JSON.stringify(pending)).toString('base64url');
    redirect(response, target.href, [attemptCookie(value, isSecure(request), ATTEMPT_S)]);
  }

  async function finish(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const secure = isSecure(request);
    const pending = readAttempt(request.headers.cookie);
    if (pending === undefined) return failed(response, 'expired', secure);
    const current = new URL(options.redirectUrl ?? `${origin(request)}${CALLBACK}`);
    current.search = url.search;
    const idToken = await options.client.finish(current, pending);
    const user = await options.identify(idToken);
    if (user.name.startsWith('system:') || user.name.length > NAME_MAX)
      throw new Error(`the issuer names a user that may not be: ${user.name.slice(0, 100)}`);
    // Groups of the system come from the system alone.
    const groups = user.groups.filter((group) => !group.startsWith('system:')).slice(0, GROUPS_MAX);
    const agent = header(request, 'user-agent')?.slice(0, 256);
    const session = await options.accounts.createExternalSession(user.name, groups, agent);
    // Cookies aren't signed: another site of this domain may have set it.
    goOn(response, safeNext(pending.next), [
      sessionCookie(session.token, secure, `Expires=${session.expiresAt.toUTCString()}`),
      attemptCookie('', secure, 0),
    ]);
  }

  return {
    prefix: '/oidc/',
    async handle(rawRequest, rawResponse) {
      const request = rawRequest as IncomingMessage;
      const response = rawResponse as ServerResponse;
      const url = new URL(request.url ?? '/', 'http://localhost');
      const act = url.pathname === '/oidc/start' ? start : url.pathname === CALLBACK ? finish : undefined;
      if (act === undefined || request.method !== 'GET') {
        response.writeHead(404, { 'content-type': 'text/plain' });
        response.end('there is /oidc/start and /oidc/callback, for GET\n');
        return;
      }
      try {
        await act(request, response, url);
      } catch (error) {
        options.onFailure(error);
        const denied = error instanceof AuthorizationResponseError && error.error === 'access_denied';
        failed(response, denied ? 'denied' : 'failed', isSecure(request));
      }
    },
  };
}
