import { type CallExpr, type Expr, type MapEntry, OPERATOR, qualifiedName, type StructField } from './ast.ts';
import { type Token, tokenize } from './lexer.ts';
import { literalOf } from './literal.ts';
import { expandMacro } from './macros.ts';
import type { Finding } from './source.ts';
import { operandOr, startsOperand, TokenReader } from './token-reader.ts';

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

const OPERAND = operandOr();
const FIELD = '{IDENTIFIER, ESC_IDENTIFIER}';

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
    return this.whole(() => {
      const expr = this.#expr();
      this.expectEnd();
      return expr;
    });
  }

  #call(name: string, offset: number, target: Expr | undefined, args: readonly Expr[]): Expr {
    const call: CallExpr = { kind: 'call', name, target, args, offset };
    if (this.failed) {
      return call;
    }
    return expandMacro(call, ({ message, offset }) => this.report(message, offset)) ?? call;
  }

  #expr(): Expr {
    return this.rule(() => this.deeper(() => this.#conditional()), unreadable);
  }

  #conditional(): Expr {
    const condition = this.#disjunction();
    const question = this.take('?');
    if (!question) {
      return condition;
    }
    const whenTrue = this.before([':'], () => this.#disjunction());
    this.expect(':');
    const args = [condition, whenTrue, this.#expr()];
    return this.#call(OPERATOR.conditional, question.offset, undefined, args);
  }

  #disjunction(): Expr {
    return this.#logical(OPERATOR.or, '||', () => this.#logical(OPERATOR.and, '&&', () => this.#binary(0)));
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
      return this.rule(() => this.#unary(), unreadable);
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
    this.sync(startsOperand, OPERAND);
    const first = this.peek();
    if (!this.is('!') && (!this.is('-') || this.#isNegativeNumber())) {
      return this.#member(this.#primary());
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
      const index = this.before([']'], () => this.#expr());
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
    const name = this.#fieldName(operand);
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

  #fieldName(operand: Expr): Token {
    const name = this.peek();
    if (!isFieldName(name)) {
      return qualifiedName(operand) === undefined
        ? this.fail(`no viable alternative at input '.${name.text}'`)
        : this.mismatch('IDENTIFIER');
    }
    return this.#field();
  }

  #field(): Token {
    const name = this.next();
    if (name.kind === 'escaped') {
      this.report("unsupported syntax: '`'", name.offset);
    }
    return name;
  }

  #arguments(): Expr[] {
    this.sync((token) => startsOperand(token) || token.text === ')', operandOr(')'));
    const args: Expr[] = [];
    if (this.take(')')) {
      return args;
    }
    do {
      args.push(this.before([',', ')'], () => this.#expr()));
    } while (this.take(','));
    this.expect(')');
    return args;
  }

  #isNegativeNumber(): boolean {
    const following = this.following();
    return this.is('-') && (following?.kind === 'int' || following?.kind === 'double');
  }

  #literal(token: Token, minus?: Token): Expr {
    const offset = minus?.offset ?? token.offset;
    const parsed = literalOf(token, minus !== undefined);
    if ('error' in parsed) {
      this.report(parsed.error, offset);
      return unreadable(offset);
    }
    return { kind: 'literal', value: parsed.value, offset };
  }

  #primary(): Expr {
    if (this.#isNegativeNumber()) {
      const minus = this.next();
      return this.#literal(this.next(), minus);
    }
    this.sync((token) => startsOperand(token) && token.text !== '!' && token.text !== '-', OPERAND);
    const token = this.next();
    switch (token.kind) {
      case 'int':
      case 'double':
      case 'uint':
      case 'string':
      case 'bytes':
        return this.#literal(token);
      case 'ident':
        return this.#identifier(token, '');
      default:
        return this.#grouped(token);
    }
  }

  #grouped(token: Token): Expr {
    switch (token.kind === 'punctuation' ? token.text : '') {
      case '(': {
        const expr = this.before([')'], () => this.#expr());
        this.expect(')');
        return expr;
      }
      case '[':
        return this.#list(token);
      case '{':
        return this.#map(token);
      default: {
        const name = this.peek();
        if (name.kind !== 'ident' || KEYWORDS.has(name.text)) {
          this.fail(`no viable alternative at input '.${name.kind === 'end' ? '' : name.text}'`);
        }
        return this.#identifier(this.next(), '.');
      }
    }
  }

  #identifier(token: Token, prefix: string): Expr {
    if (!prefix && KEYWORDS.has(token.text)) {
      const value = token.text === 'null' ? null : token.text === 'true';
      return { kind: 'literal', value, offset: token.offset };
    }
    if (RESERVED.has(token.text)) {
      this.report(`reserved identifier: ${token.text}`, token.offset);
      return unreadable(token.offset);
    }
    const open = this.take('(');
    if (open) {
      return this.#call(prefix + token.text, open.offset, undefined, this.#arguments());
    }
    return { kind: 'ident', name: prefix + token.text, offset: token.offset };
  }

  #list(open: Token): Expr {
    const elements: { value: Expr; optional: boolean }[] = [];
    this.#items(']', startsItem, operandOr(']', ',', '?'), () => {
      const optional = this.take('?') !== undefined;
      elements.push({ value: this.#expr(), optional });
    });
    return { kind: 'list', elements, offset: open.offset };
  }

  #map(open: Token): Expr {
    const entries: MapEntry[] = [];
    this.#items('}', startsItem, operandOr('}', ',', '?'), () => {
      const optional = this.take('?') !== undefined;
      const key = this.before([':'], () => this.#expr());
      const colon = this.expect(':');
      entries.push({ key, value: this.#expr(), optional, offset: colon.offset });
    });
    return { kind: 'map', entries, offset: open.offset };
  }

  #struct(typeName: string): Expr {
    const open = this.expect('{');
    const fields: StructField[] = [];
    this.#items('}', startsField, "{'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}", () => {
      const optional = this.take('?') !== undefined;
      this.sync(isFieldName, FIELD);
      const name = this.#field();
      const colon = this.expect(':');
      fields.push({ name: name.text, value: this.#expr(), optional, offset: colon.offset });
    });
    return { kind: 'struct', typeName, fields, offset: open.offset };
  }

  /** Items between commas up to `close`; a comma may follow the last one. */
  #items(close: string, starts: (token: Token) => boolean, expected: string, parseItem: () => void): void {
    const ends = ({ text }: Token) => text === close || text === ',';
    this.sync((token) => starts(token) || ends(token), expected);
    if (!ends(this.peek())) {
      this.before([',', close], () =>
        this.rule(() => {
          do {
            parseItem();
          } while (this.is(',') && starts(this.following() as Token) && this.take(','));
        }, noItems),
      );
      this.sync(ends, `{'${close}', ','}`);
    }
    this.take(',');
    this.expect(close);
  }
}

/** Stands for what can't be read; nothing is done with it. */
function unreadable(offset: number): Expr {
  return { kind: 'literal', value: null, offset };
}

function noItems(): void {}

function isFieldName({ kind, text }: Token): boolean {
  return kind === 'escaped' || (kind === 'ident' && !KEYWORDS.has(text));
}

function startsItem(token: Token): boolean {
  return startsOperand(token) || token.text === '?';
}

function startsField(token: Token): boolean {
  return isFieldName(token) || token.text === '?';
}
