import type { Finding } from './source.ts';

export type TokenKind =
  | 'ident'
  | 'escaped'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'punctuation'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; '<EOF>' at the end. */
  readonly text: string;
  readonly offset: number;
}

const PUNCTUATION = /==|!=|<=|>=|&&|\|\||[[\]{}().,\-!?:+*/%<>]/y;
const SPACE = /(?:[\t\n\f\r ]|\/\/[^\n]*)+/y;
const ESCAPED = /`[A-Za-z0-9_.\-/ ]+`/y;
const IDENT = /[A-Za-z_][A-Za-z0-9_]*/y;
const DOUBLE = /(?:[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?)/y;
const INTEGER = /(?:0x[0-9a-fA-F]+|[0-9]+)[uU]?/y;
const ESCAPE = String.raw`\\(?:[abfnrtv"'\\?\`]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})`;
const STRING_PATTERNS = [
  String.raw`[rR]"""[\s\S]*?"""`,
  String.raw`[rR]'''[\s\S]*?'''`,
  String.raw`[rR]"[^"\n\r]*"`,
  String.raw`[rR]'[^'\n\r]*'`,
  `"""(?:${ESCAPE}|[^\\\\])*?"""`,
  `'''(?:${ESCAPE}|[^\\\\])*?'''`,
  `"(?:${ESCAPE}|[^\\\\"\\n\\r])*"`,
  `'(?:${ESCAPE}|[^\\\\'\\n\\r])*'`,
].join('|');
const STRING = new RegExp(`([bB]?)(?:${STRING_PATTERNS})`, 'y');

/** How tokens begin that do not end as they should. */
const BEGINNING = new RegExp(
  [
    `"(?:${ESCAPE}|[^\\\\"\\n\\r])*`,
    `'(?:${ESCAPE}|[^\\\\'\\n\\r])*`,
    String.raw`\`[A-Za-z0-9_.\-/ ]*`,
    '[&|=]',
  ]
    .map((beginning) => `(?:${beginning})`)
    .join('|'),
  'y',
);
const ESCAPE_BEGINNING = /\\(?:[xX][0-9a-fA-F]?|u[0-9a-fA-F]{0,3}|U[0-9a-fA-F]{0,7}|[0-3][0-7]?)?/y;

const RULES: readonly (readonly [RegExp, (text: string) => TokenKind])[] = [
  [STRING, (text) => (/^[bB]/.test(text) ? 'bytes' : 'string')],
  [DOUBLE, () => 'double'],
  [INTEGER, (text) => (/[uU]$/.test(text) ? 'uint' : 'int')],
  [IDENT, () => 'ident'],
  [ESCAPED, () => 'escaped'],
  [PUNCTUATION, () => 'punctuation'],
];

/** What no token begins with is a finding, and skipped. The last token is the end. */
export function tokenize(source: string, findings: Finding[]): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < source.length) {
    SPACE.lastIndex = offset;
    if (SPACE.test(source)) {
      offset = SPACE.lastIndex;
      continue;
    }
    const token = tokenAt(source, offset);
    if (token) {
      tokens.push(token);
      offset += token.text.length;
      continue;
    }
    const text = unknownText(source, offset);
    findings.push({ message: `Syntax error: token recognition error at: '${shown(text)}'`, offset });
    offset += text.length;
  }
  tokens.push({ kind: 'end', text: '<EOF>', offset: source.length });
  return tokens;
}

function tokenAt(source: string, offset: number): Token | undefined {
  for (const [pattern, kindOf] of RULES) {
    pattern.lastIndex = offset;
    const text = pattern.exec(source)?.[0];
    if (text) {
      return { kind: kindOf(text), text, offset };
    }
  }
  return undefined;
}

/** What no token is, up to the character that shows it. */
function unknownText(source: string, offset: number): string {
  let end = offset;
  for (const pattern of [BEGINNING, ESCAPE_BEGINNING]) {
    pattern.lastIndex = end;
    end += pattern.exec(source)?.[0].length ?? 0;
  }
  return source.slice(offset, end + String.fromCodePoint(source.codePointAt(end) ?? 0).length);
}

function shown(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
}
