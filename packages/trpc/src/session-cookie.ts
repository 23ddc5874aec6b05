export const SESSION_COOKIE = 'gantry-session';

/** The session's cookie: scripts and other sites never see it. `rest` says how long it lives. */
export const sessionCookie = (value: string, secure: boolean, rest: string): string =>
  `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}; ${rest}`;

/** A cookie of the header's many; undefined when it is not there, or empty. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name)
      return part.slice(equals + 1).trim() || undefined;
  }
  return undefined;
}
