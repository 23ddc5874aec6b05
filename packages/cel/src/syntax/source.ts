import type { CelIssue } from '../port.ts';

/** An issue before its place is known as line and column. */
export interface Finding {
  readonly message: string;
  /** Index into the source in UTF-16 units; -1: nowhere. */
  readonly offset: number;
}

/** Most issues that are kept of one expression. */
export const MAX_ISSUES = 100;

export function issueAt(source: string, { message, offset }: Finding): CelIssue {
  if (offset < 0) {
    return { message, line: -1, column: -1 };
  }
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) {
    line++;
  }
  return { message, line, column: [...before.slice(lineStart)].length };
}

const MAX_SNIPPET_BYTES = 16_384;

/** One issue as the original's messages show it: text, line of the source, and a mark below the place. */
function formatIssue(source: string, { message, line, column }: CelIssue): string {
  const head = `ERROR: <input>:${line}:${column + 1}: ${message}`;
  const text = source.split('\n')[line - 1];
  if (text === undefined || Buffer.byteLength(text) > MAX_SNIPPET_BYTES) {
    return head;
  }
  const characters = [...text.replaceAll('\t', ' ')];
  const isWide = (character: string | undefined) => (character?.codePointAt(0) ?? 0) > 0x7f;
  const dots = characters
    .slice(0, Math.max(column, 0))
    .map((character) => (isWide(character) ? '\uff0e' : '.'));
  const mark = isWide(characters[column]) ? '\uff3e' : '^';
  return `${head}\n | ${characters.join('')}\n | ${dots.join('')}${mark}`;
}

/** All issues of an expression, in the order of their places. */
export function formatIssues(source: string, issues: readonly CelIssue[]): string {
  return [...issues]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map((issue) => formatIssue(source, issue))
    .join('\n');
}
