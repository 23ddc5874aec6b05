import { CelDouble, CelUint, intOf, type Value } from '../values/values.ts';
import { type CallExpr, type Expr, type MapEntry, OPERATOR, qualifiedName, type StructField } from './ast.ts';
import { type Token, tokenize } from './lexer.ts';
import { bytesOf, stringOf } from './literal.ts';
import { expandMacro } from './macros.ts';
import type { Finding } from './source.ts';
import { SyntaxFailure, TokenReader } from './token-reader.ts';

/** Code points of an expression; of the original's parser. */
const MAX_LENGTH = 100_000;

const RESERVED = new Set(
  (
    'as break const continue else false for function if import in let loop package namespace null return true var void ' +
    'while'
  ).split(' '),
);
/** Words that are tokens of their own, so no names even after a dot. */
const KEYWORDS = new Set(['in', 'true', 'false', 'null']);

const OPERAND_START =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

/** Binary operators by how closely they bind, loosest first. */
const LEVELS: readonly Readonly<Record<string, string>>[] = [
  {
    '<': OPERATOR.less,
    '<=': OPERATOR.lessOrEqual,
    '>': OPERATOR.greater,
    '>=': OPERATOR.greaterOrEqual,
    '==': OPERATOR.equals,
    '!=': OPERATOR.notEquals,
    in: OPERATOR.in,
  },
  { '+': OPERATOR.add, '-': OPERATOR.subtract },
  { '*': OPERATOR.multiply, '/': OPERATOR.divide, '%': OPERATOR.modulo },
];

export type ParseResult =
  | { readonly expr: Expr }
  | { readonly findings: readonly Finding[]; readonly expr?: undefined };

/** The syntax tree with macros expanded. */
export function parse(source: string): ParseResult {
  if (source.length > MAX_LENGTH) {
    const size = [...source].length;
    if (size > MAX_LENGTH) {
      const message = `expression code point size exceeds limit: size: ${size}, limit ${MAX_LENGTH}`;
      return { findings: [{ message, offset: -1 }] };
    }
  }
  const findings: Finding[] = [];
  const parser = new Parser(tokenize(source, findings), findings);
  const expr = parser.parseAll();
  return expr && findings.length === 0 ? { expr } : { findings };
}

class Parser extends TokenReader {
  parseAll(): Expr | undefined {
    try {
      const expr = this.#expr();
      const next = this.peek();
      if (next.kind !== 'end') {
        const isLast = this.following()?.kind === 'end';
        this.syntaxError(
          `${isLast ? 'extraneous' : 'mismatched'} input '${next.text}' expecting <EOF>`,
          next,
        );
      }
      return expr;
    } catch (error) {
      if (error instanceof SyntaxFailure) {
        return undefined;
      }
      throw error;
    }
  }

  #call(name: string, offset: number, target: Expr | undefined, args: readonly Expr[]): Expr {
    const call: CallExpr = { kind: 'call', name, target, args, offset };
    return expandMacro(call, ({ message, offset }) => this.report(message, offset)) ?? call;
  }

  #expr(): Expr {
    return this.deeper(() => {
      const condition = this.#logical(OPERATOR.or, '||', () =>
        this.#logical(OPERATOR.and, '&&', () => this.#binary(0)),
      );
      const question = this.take('?');
      if (!question) {
        return condition;
      }
      const whenTrue = this.#logical(OPERATOR.or, '||', () =>
        this.#logical(OPERATOR.and, '&&', () => this.#binary(0)),
      );
      this.expect(':');
      const whenFalse = this.#expr();
      return this.#call(OPERATOR.conditional, question.offset, undefined, [condition, whenTrue, whenFalse]);
    });
  }

  /** Chains of one logical operator become a balanced tree, so that long ones stay shallow. */
  #logical(name: string, text: string, operand: () => Expr): Expr {
    const terms = [operand()];
    const offsets: number[] = [];
    for (let token = this.take(text); token; token = this.take(text)) {
      offsets.push(token.offset);
      terms.push(operand());
    }
    const build = (low: number, high: number): Expr => {
      if (low === high) {
        return terms[low] as Expr;
      }
      const middle = Math.floor((low + high) / 2);
      const args = [build(low, middle), build(middle + 1, high)];
      return { kind: 'call', name, target: undefined, args, offset: offsets[middle] as number };
    };
    return build(0, terms.length - 1);
  }

  #binary(level: number): Expr {
    const operators = LEVELS[level];
    if (!operators) {
      return this.#unary();
    }
    let left = this.#binary(level + 1);
    let links = 0;
    for (;;) {
      const token = this.peek();
      const name = token.kind === 'punctuation' || token.kind === 'ident' ? operators[token.text] : undefined;
      if (name === undefined || !Object.hasOwn(operators, token.text)) {
        this.leave(links);
        return left;
      }
      this.enter(1);
      links++;
      this.next();
      left = this.#call(name, token.offset, undefined, [left, this.#binary(level + 1)]);
    }
  }

  #unary(): Expr {
    const first = this.peek();
    if (!this.is('!') && !this.is('-')) {
      return this.#member(this.#primary());
    }
    const following = this.following();
    if (first.text === '-' && (following?.kind === 'int' || following?.kind === 'double')) {
      this.next();
      return this.#member(this.#number(this.next(), first));
    }
    let count = 0;
    while (this.take(first.text)) {
      count++;
    }
    const operand = this.#member(this.#primary());
    if (count % 2 === 0) {
      return operand;
    }
    const name = first.text === '!' ? OPERATOR.not : OPERATOR.negate;
    return this.#call(name, first.offset, undefined, [operand]);
  }

  #member(primary: Expr): Expr {
    let expr = primary;
    let links = 0;
    for (;;) {
      const next = this.#memberStep(expr);
      if (!next) {
        this.leave(links);
        return expr;
      }
      this.enter(1);
      links++;
      expr = next;
    }
  }

  #memberStep(operand: Expr): Expr | undefined {
    const bracket = this.take('[');
    if (bracket) {
      const name = this.take('?') ? OPERATOR.optionalIndex : OPERATOR.index;
      const index = this.#expr();
      this.expect(']');
      return this.#call(name, bracket.offset, undefined, [operand, index]);
    }
    if (this.is('{')) {
      const typeName = qualifiedName(operand);
      return typeName === undefined ? undefined : this.#struct(typeName);
    }
    const dot = this.take('.');
    if (!dot) {
      return undefined;
    }
    const optional = this.take('?') !== undefined;
    const name = this.#fieldName(dot);
    const open = optional ? undefined : this.take('(');
    if (open) {
      return this.#call(name.text, open.offset, operand, this.#arguments());
    }
    return {
      kind: 'select',
      operand,
      field: name.text,
      test: false,
      optional,
      offset: dot.offset,
      fieldOffset: name.offset,
    };
  }

  #fieldName(dot: Token): Token {
    const name = this.peek();
    if (name.kind !== 'ident' || KEYWORDS.has(name.text)) {
      const isWord = name.kind === 'ident' && name.text !== 'in';
      this.syntaxError(
        isWord || name.kind !== 'ident'
          ? `mismatched input '${name.text}' expecting IDENTIFIER`
          : `no viable alternative at input '${dot.text}${name.text}'`,
        name,
      );
    }
    return this.next();
  }

  #arguments(): Expr[] {
    const args: Expr[] = [];
    if (this.take(')')) {
      return args;
    }
    do {
      args.push(this.#expr());
    } while (this.take(','));
    this.expect(')');
    return args;
  }

  #primary(): Expr {
    const token = this.next();
    switch (token.kind) {
      case 'int':
      case 'double':
        return this.#number(token, undefined);
      case 'uint':
        return this.#uint(token);
      case 'string':
        return this.#text(token, stringOf(token.text));
      case 'bytes':
        return this.#text(token, bytesOf(token.text.slice(1)));
      case 'ident':
        return this.#identifier(token, '');
      default:
        return this.#grouped(token);
    }
  }

  #grouped(token: Token): Expr {
    switch (token.kind === 'punctuation' ? token.text : '') {
      case '(': {
        const expr = this.#expr();
        this.expect(')');
        return expr;
      }
      case '[':
        return this.#list(token);
      case '{':
        return this.#map(token);
      case '.': {
        const name = this.peek();
        if (name.kind !== 'ident' || KEYWORDS.has(name.text)) {
          this.syntaxError(`mismatched input '${name.text}' expecting IDENTIFIER`, name);
        }
        return this.#identifier(this.next(), '.');
      }
      default:
        return this.syntaxError(`mismatched input '${token.text}' expecting ${OPERAND_START}`, token);
    }
  }

  #identifier(token: Token, prefix: string): Expr {
    if (!prefix && token.text !== 'in' && KEYWORDS.has(token.text)) {
      const value = token.text === 'null' ? null : token.text === 'true';
      return { kind: 'literal', value, offset: token.offset };
    }
    if (token.text === 'in') {
      this.syntaxError(`mismatched input 'in' expecting ${OPERAND_START}`, token);
    }
    if (RESERVED.has(token.text)) {
      this.report(`reserved identifier: ${token.text}`, token.offset);
    }
    const open = this.take('(');
    if (open) {
      return this.#call(prefix + token.text, open.offset, undefined, this.#arguments());
    }
    return { kind: 'ident', name: prefix + token.text, offset: token.offset };
  }

  #number(token: Token, minus: Token | undefined): Expr {
    const offset = minus?.offset ?? token.offset;
    if (token.kind === 'double') {
      const value = Number((minus ? '-' : '') + token.text);
      if (!Number.isFinite(value)) {
        this.report('invalid double literal', offset);
      }
      return { kind: 'literal', value: new CelDouble(value), offset };
    }
    const magnitude = BigInt(token.text);
    const value = intOf(minus ? -magnitude : magnitude);
    if (value === undefined) {
      this.report('invalid int literal', offset);
    }
    return { kind: 'literal', value: value ?? 0, offset };
  }

  #uint(token: Token): Expr {
    const value = BigInt(token.text.slice(0, -1));
    if (value >= 2n ** 64n) {
      this.report('invalid uint literal', token.offset);
    }
    return { kind: 'literal', value: new CelUint(value), offset: token.offset };
  }

  #text(token: Token, parsed: { readonly value: Value } | { readonly error: string }): Expr {
    if ('error' in parsed) {
      this.report(parsed.error, token.offset);
      return { kind: 'literal', value: '', offset: token.offset };
    }
    return { kind: 'literal', value: parsed.value, offset: token.offset };
  }

  #list(open: Token): Expr {
    const elements: { value: Expr; optional: boolean }[] = [];
    this.#items(']', () => {
      const optional = this.take('?') !== undefined;
      elements.push({ value: this.#expr(), optional });
    });
    return { kind: 'list', elements, offset: open.offset };
  }

  #map(open: Token): Expr {
    const entries: MapEntry[] = [];
    this.#items('}', () => {
      const optional = this.take('?') !== undefined;
      const key = this.#expr();
      const colon = this.expect(':');
      entries.push({ key, value: this.#expr(), optional, offset: colon.offset });
    });
    return { kind: 'map', entries, offset: open.offset };
  }

  #struct(typeName: string): Expr {
    const open = this.expect('{');
    const fields: StructField[] = [];
    this.#items('}', () => {
      const optional = this.take('?') !== undefined;
      const name = this.peek();
      if (name.kind !== 'ident' || KEYWORDS.has(name.text)) {
        this.syntaxError(`mismatched input '${name.text}' expecting IDENTIFIER`, name);
      }
      this.next();
      const colon = this.expect(':');
      fields.push({ name: name.text, value: this.#expr(), optional, offset: colon.offset });
    });
    return { kind: 'struct', typeName, fields, offset: open.offset };
  }

  /** Items between commas up to `close`; a comma may follow the last one. */
  #items(close: string, parseItem: () => void): void {
    while (!this.take(close)) {
      parseItem();
      if (!this.take(',')) {
        this.expectAfterItem(close);
        return;
      }
    }
  }
}
