import { failure } from '@gantry/machinery/status';
import type { AuthenticationInput } from '../../request.ts';
import { headerOf } from './credentials.ts';

export const CSRF_HEADER = 'x-gantry-csrf';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Host that the browser spoke to: behind the console's front it is the forwarded one. */
function hostsOf(input: AuthenticationInput): Set<string> {
  const hosts = [headerOf(input, 'host'), headerOf(input, ':authority'), headerOf(input, 'x-forwarded-host')];
  return new Set(
    hosts.filter((host): host is string => host !== undefined).map((host) => host.toLowerCase()),
  );
}

function sameOrigin(input: AuthenticationInput): boolean {
  const origin = headerOf(input, 'origin');
  if (origin !== undefined) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    return url !== undefined && hostsOf(input).has(url.host.toLowerCase());
  }
  return headerOf(input, 'sec-fetch-site') === 'same-origin';
}

/**
 * A cookie travels with requests that another site's page makes. So with one, unsafe methods and upgrades must come from
 * our own origin, or carry a header that no other origin may set. Throws Forbidden.
 * An unknown method counts as unsafe.
 */
export function assertNotCrossSite(input: AuthenticationInput): void {
  const method = (input.method ?? headerOf(input, ':method') ?? 'POST').toUpperCase();
  if (SAFE.has(method) && headerOf(input, 'upgrade') === undefined) return;
  // A WebSocket handshake is not subject to preflight, yet a page can't add headers to it either.
  if (headerOf(input, CSRF_HEADER) !== undefined || sameOrigin(input)) return;
  throw failure(
    403,
    'Forbidden',
    `a session cookie is not accepted from another site: send the request from the console, or with the header ${CSRF_HEADER}`,
  );
}
