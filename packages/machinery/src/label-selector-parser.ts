import { formatFieldError, invalid } from './field-error.ts';
import { type Requirement, requirementErrors, type SelectorOperator } from './label-requirement.ts';
import { isQualifiedName } from './validation.ts';

interface Token {
  readonly type: 'end' | 'error' | 'identifier' | 'symbol' | 'word';
  readonly text: string;
}

const SYMBOLS = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);
const BINARY_OPERATORS = 'in, notin, =, ==, !=, gt, lt';
const SPECIAL = '=!(),><';
const SPACE = ' \t\r\n';

/** Longest known symbol at `start`. */
function symbolAt(text: string, start: number): string {
  const two = text.slice(start, start + 2);
  return two.length === 2 && SYMBOLS.has(two) ? two : text.slice(start, start + 1);
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const char = text.charAt(i);
    if (SPACE.includes(char)) {
      i++;
    } else if (SPECIAL.includes(char)) {
      const symbol = symbolAt(text, i);
      i += symbol.length;
      tokens.push({ type: 'symbol', text: symbol });
    } else {
      const start = i;
      while (i < text.length && !SPECIAL.includes(text.charAt(i)) && !SPACE.includes(text.charAt(i))) i++;
      const word = text.slice(start, i);
      tokens.push({ type: word === 'in' || word === 'notin' ? 'word' : 'identifier', text: word });
    }
  }
  tokens.push({ type: 'end', text: '' });
  return tokens;
}

/** Operators `in` and `notin` count as identifiers wherever no operator can stand. */
const isIdentifier = (token: Token): boolean => token.type === 'identifier' || token.type === 'word';
const isSymbol = (token: Token, text: string): boolean => token.type === 'symbol' && token.text === text;

class SelectorParser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { type: 'end', text: '' };
  }

  #next(): Token {
    const token = this.#peek();
    this.#position++;
    return token;
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.type === 'end') return requirements;
      if (!isIdentifier(token) && !isSymbol(token, '!')) {
        throw new Error(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.#requirement());
      const after = this.#next();
      if (after.type === 'end') return requirements;
      if (!isSymbol(after, ',')) throw new Error(`found '${after.text}', expected: ',' or 'end of string'`);
      const following = this.#peek();
      if (!isIdentifier(following) && !isSymbol(following, '!')) {
        throw new Error(`found '${following.text}', expected: identifier after ','`);
      }
    }
  }

  #requirement(): Requirement {
    try {
      const requirement = this.#readRequirement();
      const errors = requirementErrors(requirement);
      if (errors.length > 0) throw new Error(errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`);
      return requirement;
    } catch (error) {
      throw new Error(`unable to parse requirement: ${error instanceof Error ? error.message : error}`);
    }
  }

  #readRequirement(): Requirement {
    let token = this.#next();
    const negated = isSymbol(token, '!');
    if (negated) token = this.#next();
    if (!isIdentifier(token)) throw new Error(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const messages = isQualifiedName(key);
    if (messages.length > 0) throw new Error(formatFieldError(invalid('<nil>', key, messages.join('; '))));
    if (negated) return { key, operator: '!', values: [] };
    const next = this.#peek();
    if (next.type === 'end' || isSymbol(next, ',')) return { key, operator: 'exists', values: [] };
    const operator = this.#operator();
    const values = operator === 'in' || operator === 'notin' ? this.#values() : [this.#exactValue()];
    return { key, operator, values: [...new Set(values)].sort() };
  }

  #operator(): SelectorOperator {
    const { text, type } = this.#next();
    if (type === 'word') return text === 'in' ? 'in' : 'notin';
    if (type === 'symbol') {
      if (text === '=' || text === '==' || text === '!=') return text;
      if (text === '>') return 'gt';
      if (text === '<') return 'lt';
    }
    throw new Error(`found '${text}', expected: ${BINARY_OPERATORS}`);
  }

  #values(): string[] {
    const open = this.#next();
    if (!isSymbol(open, '(')) throw new Error(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (isSymbol(first, ')')) {
      this.#next();
      return [''];
    }
    if (!isIdentifier(first) && !isSymbol(first, ',')) {
      throw new Error(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    return this.#list();
  }

  /** Values up to the closing parenthesis; nothing between commas is the empty value. */
  #list(): string[] {
    const values: string[] = [];
    let pending = '';
    for (;;) {
      const token = this.#next();
      if (isIdentifier(token)) {
        pending = token.text;
        const after = this.#peek();
        if (!isSymbol(after, ',') && !isSymbol(after, ')')) {
          throw new Error(`found '${after.text}', expected: ',' or ')'`);
        }
        continue;
      }
      if (!isSymbol(token, ',') && !isSymbol(token, ')')) {
        throw new Error(`found '${token.text}', expected: ',', or identifier`);
      }
      values.push(pending);
      pending = '';
      if (token.text === ')') return values;
    }
  }

  #exactValue(): string {
    const token = this.#peek();
    if (token.type === 'end' || isSymbol(token, ',')) return '';
    this.#next();
    if (!isIdentifier(token)) throw new Error(`found '${token.text}', expected: identifier`);
    return token.text;
  }
}

/** Requirements in the order of the text. Throws Error with the original's wording. */
export function parseSelectorText(text: string): Requirement[] {
  return new SelectorParser(text).parse();
}
