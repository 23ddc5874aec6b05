import type { Token } from './lexer.ts';
import type { Finding } from './source.ts';

/** How deep nodes may be nested; of the original's parser. */
const MAX_DEPTH = 250;

const OPERAND_PUNCTUATION: ReadonlySet<string> = new Set(['(', '[', '{', '.', '-', '!']);
/** What can come after an operand wherever it is. */
const AFTER_OPERAND: ReadonlySet<string> = new Set('&& || == != < <= > >= in + - * / % . [ ?'.split(' '));

/** In the order in which the original's parser lists what it expects. */
const EXPECTABLE = "'[' ']' '{' '}' '(' ')' '.' ',' '-' '!' '?'".split(' ');
const OPERANDS = "'true' 'false' 'null' NUM_FLOAT NUM_INT NUM_UINT STRING BYTES IDENTIFIER".split(' ');

/** Ends the rule of the grammar that is being read. */
class SyntaxFailure extends Error {
  /** Nothing can be read any more. */
  readonly isFinal: boolean;

  constructor(isFinal: boolean) {
    super('syntax');
    this.isFinal = isFinal;
  }
}

export function startsOperand({ kind, text }: Token): boolean {
  switch (kind) {
    case 'ident':
      return text !== 'in';
    case 'punctuation':
      return OPERAND_PUNCTUATION.has(text);
    default:
      return kind !== 'end' && kind !== 'escaped';
  }
}

/** An operand, or one of these. */
export function operandOr(...others: readonly string[]): string {
  const quoted = [...OPERAND_PUNCTUATION, ...others].map((text) => `'${text}'`);
  return `{${[...EXPECTABLE.filter((text) => quoted.includes(text)), ...OPERANDS].join(', ')}}`;
}

/**
 * The tokens of an expression, one after the other. Where they are not as expected, it says what the original's parser
 * (of ANTLR) says and goes on as that does: it leaves one token out, or assumes one, or looks for what comes after the
 * rule that it is in. Until a token fits again nothing more is reported.
 */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #findings: Finding[];
  /** What can come after the expressions that are being read, outermost first. */
  readonly #followers: (readonly string[])[] = [];
  #at = 0;
  #depth = 0;
  #recovering = false;
  #lastFailure = -1;
  #failed = false;

  constructor(tokens: readonly Token[], findings: Finding[]) {
    this.#tokens = tokens;
    this.#findings = findings;
  }

  /** Whether there was a syntax error. */
  get failed(): boolean {
    return this.#failed;
  }

  peek(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** The token after the current one. */
  following(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  next(): Token {
    const token = this.peek();
    this.#recovering = false;
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

  expect(text: string): Token {
    const taken = this.take(text);
    if (taken) {
      return taken;
    }
    const token = this.peek();
    if (this.following()?.text === text) {
      this.#skip(`'${text}'`);
      return this.next();
    }
    if (text === ':' ? startsOperand(token) : this.#comesAfterOperand(token)) {
      this.#syntaxError(`missing '${text}' at '${token.text}'`, token);
      return token;
    }
    return this.mismatch(`'${text}'`);
  }

  /** Makes sure that one of the expected tokens comes, of which there is a list for people. */
  sync(isExpected: (token: Token) => boolean, expected: string): void {
    if (isExpected(this.peek())) {
      return;
    }
    const following = this.following();
    if (!following || !isExpected(following)) {
      this.mismatch(expected);
    }
    this.#skip(expected);
  }

  mismatch(expected: string): never {
    return this.fail(`mismatched input '${this.peek().text}' expecting ${expected}`);
  }

  fail(message: string): never {
    this.#syntaxError(message, this.peek());
    throw new SyntaxFailure(false);
  }

  /** The whole expression is read: nothing may be left. */
  expectEnd(): void {
    const token = this.peek();
    if (token.kind !== 'end') {
      const isLast = this.following()?.kind === 'end';
      this.#syntaxError(
        `${isLast ? 'extraneous' : 'mismatched'} input '${token.text}' expecting <EOF>`,
        token,
      );
    }
  }

  report(message: string, offset: number): void {
    this.#findings.push({ message, offset });
  }

  /** A rule of the grammar. Where it fails, reading goes on with what can come after it. */
  rule<T>(parse: () => T, failed: (offset: number) => T): T {
    const [depth, followers] = [this.#depth, this.#followers.length];
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof SyntaxFailure) || error.isFinal) {
        throw error;
      }
      this.#depth = depth;
      this.#followers.length = followers;
      this.#recover();
      return failed(this.peek().offset);
    }
  }

  /** Undefined after an error that ends everything. */
  whole<T>(parse: () => T): T | undefined {
    try {
      return parse();
    } catch (error) {
      if (error instanceof SyntaxFailure) {
        return undefined;
      }
      throw error;
    }
  }

  /** What is read inside comes before one of `followers`. */
  before<T>(followers: readonly string[], parse: () => T): T {
    this.#followers.push(followers);
    const result = parse();
    this.#followers.pop();
    return result;
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
      throw new SyntaxFailure(true);
    }
  }

  leave(levels: number): void {
    this.#depth -= levels;
  }

  #syntaxError(message: string, { offset }: Token): void {
    this.#failed = true;
    if (!this.#recovering) {
      this.#recovering = true;
      this.report(`Syntax error: ${message}`, offset);
    }
  }

  #skip(expected: string): void {
    const token = this.peek();
    this.#syntaxError(`extraneous input '${token.text}' expecting ${expected}`, token);
    this.next();
  }

  #comesAfterOperand({ kind, text }: Token): boolean {
    const followers = this.#followers.at(-1);
    return kind === 'end' ? !followers : AFTER_OPERAND.has(text) || followers?.includes(text) === true;
  }

  #recover(): void {
    if (this.#lastFailure === this.#at && this.peek().kind !== 'end') {
      this.#at++;
    }
    this.#lastFailure = this.#at;
    for (let token = this.peek(); token.kind !== 'end'; token = this.peek()) {
      const { text } = token;
      if (AFTER_OPERAND.has(text) || this.#followers.some((followers) => followers.includes(text))) {
        return;
      }
      this.#at++;
    }
  }
}
