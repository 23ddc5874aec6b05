const MAX_LENGTH = 2_000;
/** Browsers leave out tabs and line breaks, and take a backslash for a slash. */
const isOdd = (character: string): boolean =>
  character <= ' ' || character === '\u007f' || character === '\\';

/** Where to go on after a sign-in: ways within this site only, else its start page. */
export function safeNext(next: string | null): string {
  if (next === null || next.length >= MAX_LENGTH || !/^\/(?!\/)/.test(next)) return '/';
  if ([...next].some(isOdd) || next.startsWith('/signin')) return '/';
  const base = 'http://x';
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : '/';
}
