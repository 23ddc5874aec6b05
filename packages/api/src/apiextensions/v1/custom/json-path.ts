import { isObject } from '@gantry/machinery/json';

/** Values found at a path, in order; empty when there are none. */
export type JsonPath = (root: unknown) => readonly unknown[];

type Step = (values: readonly unknown[]) => unknown[];

/** Longest path, and most values that one of its steps may bring. */
const MAX_LENGTH = 1024;
const MAX_VALUES = 1000;

const expand =
  (each: (value: unknown) => readonly unknown[]): Step =>
  (values) => {
    const found: unknown[] = [];
    for (const value of values) {
      for (const one of each(value)) {
        if (found.length >= MAX_VALUES) return found;
        found.push(one);
      }
    }
    return found;
  };

const childrenOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];

const field = (name: string): Step =>
  expand((value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []));

function descendants(value: unknown, into: unknown[]): unknown[] {
  if (into.length >= MAX_VALUES) return into;
  into.push(value);
  for (const child of childrenOf(value)) descendants(child, into);
  return into;
}

/**
 * Compiles a path as `kubectl` and printer columns write it: `.spec.list[0].name`, `.a['b.c']`, `.list[?(@.type=="X")].status`,
 * `[*]`, `[1:3]`, `..name`. Without braces. Throws SyntaxError.
 */
export function compileJsonPath(text: string): JsonPath {
  if (text.length > MAX_LENGTH) throw new SyntaxError('the path is too long');
  const reader = new PathReader(text);
  const steps: Step[] = [];
  while (!reader.done) steps.push(...reader.step());
  return (root) => {
    let values: unknown[] = [root];
    for (const step of steps) {
      values = step(values);
      if (values.length === 0) break;
    }
    return values;
  };
}

class PathReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  step(): Step[] {
    if (this.#text.startsWith('..', this.#at)) {
      this.#at += 2;
      const all = expand((value) => descendants(value, []));
      return this.#text[this.#at] === '[' ? [all] : [all, this.#name()];
    }
    const character = this.#text[this.#at];
    if (character === '.') {
      this.#at++;
      return this.done || this.#text[this.#at] === '[' ? [] : [this.#name()];
    }
    if (character === '[') return [this.#bracket()];
    if (this.#at === 0 && (character === '$' || character === '@')) {
      this.#at++;
      return [];
    }
    if (this.#at === 0) return [this.#name()];
    throw new SyntaxError(`unexpected ${JSON.stringify(character)}`);
  }

  #name(): Step {
    let name = '';
    for (; !this.done; this.#at++) {
      const character = this.#text[this.#at] ?? '';
      if (character === '.' || character === '[') break;
      if (character === '\\' && this.#at + 1 < this.#text.length) this.#at++;
      name += this.#text[this.#at] ?? '';
    }
    if (name === '') throw new SyntaxError('a field has no name');
    return name === '*' ? expand(childrenOf) : field(name);
  }

  #bracket(): Step {
    const close = this.#closing();
    const inner = this.#text.slice(this.#at + 1, close).trim();
    this.#at = close + 1;
    if (inner === '*') return expand(childrenOf);
    if (inner.startsWith('?')) return filter(inner);
    const parts = inner.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
    if (parts.length === 0) throw new SyntaxError('an index is empty');
    const steps = parts.map((part) => selector(part.trim()));
    const [only] = steps;
    if (steps.length === 1 && only !== undefined) return only;
    return (values) => steps.flatMap((step) => step(values));
  }

  /** Index of the bracket that closes the one here; quotes and inner brackets are skipped. */
  #closing(): number {
    let depth = 0;
    let quote = '';
    for (let at = this.#at; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (quote !== '') {
        if (character === '\\') at++;
        else if (character === quote) quote = '';
      } else if (character === "'" || character === '"') quote = character;
      else if (character === '[') depth++;
      else if (character === ']' && --depth === 0) return at;
    }
    throw new SyntaxError('unterminated array');
  }
}

function selector(text: string): Step {
  const quoted = unquote(text);
  if (quoted !== undefined) return field(quoted);
  const slice = /^(-?\d*)(?::(-?\d*)(?::(-?\d*))?)?$/.exec(text);
  if (slice === null) throw new SyntaxError(`invalid array index ${text}`);
  if (!text.includes(':')) return item(Number(text));
  const [, from = '', to = '', by = ''] = slice;
  const step = by === '' ? 1 : Number(by);
  if (step <= 0) throw new SyntaxError('step must be greater than 0');
  return expand((value) => {
    if (!Array.isArray(value)) return [];
    const part = value.slice(from === '' ? 0 : Number(from), to === '' ? undefined : Number(to));
    return step === 1 ? part : part.filter((_, index) => index % step === 0);
  });
}

const item = (index: number): Step =>
  expand((value) => {
    if (!Array.isArray(value)) return [];
    const at = index < 0 ? value.length + index : index;
    return at >= 0 && at < value.length ? [value[at]] : [];
  });

function unquote(text: string): string | undefined {
  const quote = text[0];
  if ((quote !== "'" && quote !== '"') || text.length < 2 || !text.endsWith(quote)) return undefined;
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}

const COMPARISONS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => typeof a === typeof b && (a as number) < (b as number),
  '<=': (a, b) => typeof a === typeof b && (a as number) <= (b as number),
  '>': (a, b) => typeof a === typeof b && (a as number) > (b as number),
  '>=': (a, b) => typeof a === typeof b && (a as number) >= (b as number),
};

/** `?(@.path)` or `?(@.path == "value")`. */
function filter(text: string): Step {
  const inner = /^\?\s*\(([\s\S]*)\)$/.exec(text)?.[1]?.trim();
  if (inner === undefined) throw new SyntaxError('unterminated filter');
  const match = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.+)$/s.exec(inner);
  if (match === null) {
    const path = operand(inner);
    return expand((value) => childrenOf(value).filter((one) => path(one).length > 0));
  }
  const [, left = '', operator = '==', right = ''] = match;
  const [a, b] = [operand(left), operand(right)];
  const compare = COMPARISONS[operator] ?? Object.is;
  return expand((value) =>
    childrenOf(value).filter((one) => {
      const [x, y] = [a(one), b(one)];
      return x.length > 0 && y.length > 0 && compare(x[0], y[0]);
    }),
  );
}

function operand(text: string): JsonPath {
  const quoted = unquote(text);
  if (quoted !== undefined) return () => [quoted];
  if (/^-?\d+(\.\d+)?$/.test(text)) return () => [Number(text)];
  if (text === 'true' || text === 'false') return () => [text === 'true'];
  return compileJsonPath(text);
}
