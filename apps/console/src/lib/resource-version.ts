const LINE = /^( {2}resourceVersion: ).*$/m;

/** The revision that a text was made from, as its metadata says. */
export const revisionOf = (yaml: string): string =>
  (/^ {2}resourceVersion: ["']?([^"'\n]+)/m.exec(yaml)?.[1] ?? '').trim();

/** The text as if it had been made from `other`: applying it then replaces what `other` shows. */
export function rebase(yaml: string, other: string): string {
  return LINE.test(yaml) ? yaml.replace(LINE, (_, head: string) => `${head}"${revisionOf(other)}"`) : yaml;
}

const STATUS = /^status:.*\n(?:(?:[ -].*)?\n)*/m;

/** Whether two states of an object differ at most in what controllers report, which an edit can't change anyway. */
export function differInStatusOnly(one: string, other: string): boolean {
  const [a, b] = [one, other].map((yaml) => yaml.replace(STATUS, '').replace(LINE, ''));
  return a === b;
}
