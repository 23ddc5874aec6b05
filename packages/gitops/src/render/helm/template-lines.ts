/**
 * The line of a template that a line of its output most likely came from: one that reads alike, else one with the same
 * key and indentation, else that of the line before. From 1.
 */
export function templateLine(template: readonly string[], output: readonly string[], line: number): number {
  for (let at = Math.min(line, output.length); at > 0; at--) {
    const text = output[at - 1] ?? '';
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const found = likeLine(template, output, at);
    if (found !== undefined) return found;
  }
  return 1;
}

function likeLine(template: readonly string[], output: readonly string[], line: number): number | undefined {
  const text = output[line - 1] ?? '';
  const before = output.slice(0, line - 1);
  const same = pick(template, before, (own) => own.trimEnd() === text.trimEnd());
  if (same !== undefined) return same;
  const key = keyOf(text);
  if (key === undefined) return undefined;
  return (
    pick(template, before, (own) => keyOf(own) === key) ??
    pick(template, before, (own) => keyOf(own)?.trim() === key.trim())
  );
}

/** The n-th that fits, when n - 1 of the lines before fit too; the last when there are fewer. */
function pick(
  template: readonly string[],
  before: readonly string[],
  fits: (line: string) => boolean,
): number | undefined {
  const places = template.flatMap((line, index) => (fits(line) ? [index + 1] : []));
  return places[Math.min(before.filter(fits).length, places.length - 1)];
}

/** Indentation and key: `  replicas`. */
function keyOf(line: string): string | undefined {
  const [, indent, key] = /^(\s*)(?:- )?("[^"]+"|[\w./-]+):(?:\s|$)/.exec(line) ?? [];
  return key === undefined ? undefined : `${indent}${key}`;
}
