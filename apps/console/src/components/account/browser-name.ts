const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];
const TEXT_MAX = 60;

const nameOf = (list: typeof BROWSERS, agent: string): string =>
  list.find(([pattern]) => pattern.test(agent))?.[1] ?? '';

/** A user agent as a person would say it: `Firefox, Linux`; programs as they call themselves; '' for none. */
export function browserName(agent: string): string {
  const known = [nameOf(BROWSERS, agent), nameOf(SYSTEMS, agent)].filter((name) => name !== '');
  return known.length === 0 ? agent.slice(0, TEXT_MAX) : known.join(', ');
}
