/** Finds the lines of a template that its output came from. */
export class TemplateLines {
  /** Numbers of the lines that read so, that have this key at this indentation, and that have this key at all. */
  readonly #byText = new Map<string, number[]>();
  readonly #byField = new Map<string, number[]>();
  readonly #byKey = new Map<string, number[]>();

  constructor(template: string) {
    for (const [index, line] of template.split('\n').entries()) {
      const field = fieldOf(line);
      add(this.#byText, line.trimEnd(), index + 1);
      if (field === undefined) continue;
      add(this.#byField, field, index + 1);
      add(this.#byKey, field.trim(), index + 1);
    }
  }

  /**
   * The line that a line of the output most likely came from: one that reads alike, else one with the same key and
   * indentation, else with the same key, else that of the line before. From 1.
   */
  lineOf(output: readonly string[], line: number): number {
    for (let at = Math.min(line, output.length); at > 0; at--) {
      const text = output[at - 1] ?? '';
      if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
      const found = this.#like(text, output.slice(0, at - 1));
      if (found !== undefined) return found;
    }
    return 1;
  }

  #like(text: string, before: readonly string[]): number | undefined {
    const own = text.trimEnd();
    const same = pick(this.#byText.get(own), before, (line) => line.trimEnd() === own);
    const field = fieldOf(text);
    if (same !== undefined || field === undefined) return same;
    const key = field.trim();
    return (
      pick(this.#byField.get(field), before, (line) => fieldOf(line) === field) ??
      pick(this.#byKey.get(key), before, (line) => fieldOf(line)?.trim() === key)
    );
  }
}

function add(map: Map<string, number[]>, key: string, line: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [line]);
  else known.push(line);
}

/** The n-th of the lines, when n - 1 of the output before are like it; the last when there are fewer. */
function pick(
  lines: readonly number[] | undefined,
  before: readonly string[],
  isLike: (line: string) => boolean,
): number | undefined {
  if (lines === undefined || lines.length === 1) return lines?.[0];
  return lines[Math.min(before.filter(isLike).length, lines.length - 1)];
}

/** Indentation and key: `  replicas`, or `  - name` of the first field of an element. */
function fieldOf(line: string): string | undefined {
  return /^(\s*(?:- )?(?:"[^"]+"|[\w./-]+)):(?:\s|$)/.exec(line)?.[1];
}
