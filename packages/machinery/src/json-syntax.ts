/**
 * What is wrong with a JSON text, in the words that clients know from the original (those of Go's encoding/json
 * scanner). Only called for text that JSON.parse refused, so speed is no matter.
 */
export function jsonSyntaxError(text: string): string {
  return new Scanner(text).run();
}

const END = 'unexpected end of JSON input';
const ESCAPES = '"\\/bfnrt';
/** A scanner that goes deeper than this has lost its way in hostile input. */
const MAX_DEPTH = 10_000;

class Fault extends Error {}

const quoted = (char: string): string =>
  char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${JSON.stringify(char).slice(1, -1)}'`;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    try {
      this.#value(0);
      this.#space();
      if (this.#at < this.#text.length) this.#fail('after top-level value');
    } catch (error) {
      if (error instanceof Fault) return error.message;
      throw error;
    }
    return 'invalid JSON';
  }

  #fail(where: string): never {
    const char = this.#text[this.#at];
    throw new Fault(char === undefined ? END : `invalid character ${quoted(char)} ${where}`);
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #value(depth: number): void {
    this.#space();
    const char = this.#text[this.#at] ?? '';
    if ((char === '{' || char === '[') && depth >= MAX_DEPTH) this.#fail('exceeded max depth');
    if (char === '{') this.#object(depth);
    else if (char === '[') this.#array(depth);
    else if (char === '"') this.#string();
    else if (char === '-' || (char >= '0' && char <= '9')) this.#number();
    else if (char === 't') this.#literal('true');
    else if (char === 'f') this.#literal('false');
    else if (char === 'n') this.#literal('null');
    else this.#fail('looking for beginning of value');
  }

  #object(depth: number): void {
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('looking for beginning of object key string');
      this.#string();
      this.#space();
      if (this.#text[this.#at] !== ':') this.#fail('after object key');
      this.#at++;
      this.#value(depth + 1);
      if (this.#closes('}', 'after object key:value pair')) return;
    }
  }

  #array(depth: number): void {
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return;
    }
    do this.#value(depth + 1);
    while (!this.#closes(']', 'after array element'));
  }

  #closes(end: string, where: string): boolean {
    this.#space();
    const char = this.#text[this.#at];
    if (char !== end && char !== ',') this.#fail(where);
    this.#at++;
    return char === end;
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || char < ' ') this.#fail('in string literal');
      this.#at++;
      if (char === '"') return;
      if (char === '\\') this.#escape();
    }
  }

  #escape(): void {
    const char = this.#text[this.#at] ?? '';
    if (char === 'u') {
      this.#at++;
      for (let i = 0; i < 4; i++, this.#at++)
        if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? ''))
          this.#fail('in \\u hexadecimal character escape');
    } else if (char !== '' && ESCAPES.includes(char)) this.#at++;
    else this.#fail('in string escape code');
  }

  #digits(where: string): void {
    const from = this.#at;
    while (/\d/.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at === from) this.#fail(where);
  }

  #number(): void {
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.#text[this.#at] ?? '')) {
      this.#at++;
      if (/[+-]/.test(this.#text[this.#at] ?? '')) this.#at++;
      this.#digits('in exponent of numeric literal');
    }
  }

  #literal(word: string): void {
    for (const [i, letter] of [...word].entries()) {
      if (this.#text[this.#at] !== letter)
        this.#fail(`in literal ${word}${i === 0 ? '' : ` (expecting '${letter}')`}`);
      this.#at++;
    }
  }
}
