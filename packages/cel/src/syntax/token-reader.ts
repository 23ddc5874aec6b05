import type { Token } from './lexer.ts';
import type { Finding } from './source.ts';

/** How deep nodes may be nested; of the original's parser. */
const MAX_DEPTH = 250;

const OPERAND_STARTS: ReadonlySet<string> = new Set(['(', '[', '{', '.', '-', '!']);

/** Ends the parsing: what follows can't be told any more. */
export class SyntaxFailure extends Error {}

/** The tokens of an expression, one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #findings: Finding[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], findings: Finding[]) {
    this.#tokens = tokens;
    this.#findings = findings;
  }

  peek(): Token {
    return this.#tokens[this.#at] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') {
      this.#at++;
    }
    return token;
  }

  is(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === 'punctuation' || token.kind === 'ident');
  }

  take(text: string): Token | undefined {
    return this.is(text) ? this.next() : undefined;
  }

  /** Says what the original's parser says: it looks for one token too many, or too few. */
  expect(text: string): Token {
    const taken = this.take(text);
    if (taken) {
      return taken;
    }
    const token = this.peek();
    if (this.following()?.text === text) {
      return this.syntaxError(`extraneous input '${token.text}' expecting '${text}'`, token);
    }
    const startsOperand = token.kind !== 'punctuation' || OPERAND_STARTS.has(token.text);
    const canFollow = token.kind === 'end' || !startsOperand;
    return (text === ':' ? startsOperand && token.kind !== 'end' : canFollow)
      ? this.syntaxError(`missing '${text}' at '${token.text}'`, token)
      : this.syntaxError(`mismatched input '${token.text}' expecting '${text}'`, token);
  }

  /** The end of a list, where another item could come as well. */
  expectAfterItem(close: string): void {
    const token = this.peek();
    const next = this.following()?.text;
    if (!this.take(close)) {
      const isExtraneous = next === close || next === ',';
      const problem = isExtraneous ? 'extraneous' : 'mismatched';
      this.syntaxError(`${problem} input '${token.text}' expecting {'${close}', ','}`, token);
    }
  }

  report(message: string, offset: number): void {
    this.#findings.push({ message, offset });
  }

  syntaxError(message: string, token: Token): never {
    this.report(`Syntax error: ${message}`, token.offset);
    throw new SyntaxFailure();
  }

  deeper<T>(parse: () => T): T {
    this.enter(1);
    const result = parse();
    this.#depth--;
    return result;
  }

  enter(levels: number): void {
    this.#depth += levels;
    if (this.#depth > MAX_DEPTH) {
      this.report(`expression recursion limit exceeded: ${MAX_DEPTH}`, -1);
      throw new SyntaxFailure();
    }
  }

  leave(levels: number): void {
    this.#depth -= levels;
  }

  /** The token after the current one. */
  following(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }
}
