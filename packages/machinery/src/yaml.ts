import {
  Composer,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  stringify,
  type Tags,
  type YAMLError,
} from 'yaml';
import { DEFAULT_MAX_DEPTH } from './json.ts';

export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface YamlDocument {
  readonly value: unknown;
  /** Line where the document's content begins, from 1. */
  readonly line: number;
  /** Place of a field, or of its nearest parent that is there. */
  positionOf(path: readonly (string | number)[]): Position;
  /** A scalar as it is written, without quotes; undefined when nothing or something else is there. */
  textOf(path: readonly (string | number)[]): string | undefined;
  /** Line on which a scalar's text begins, which for a block (`|`) is the one after its key. */
  textLineOf(path: readonly (string | number)[]): number;
}

export interface ParseYamlOptions {
  /** Of the text, in UTF-16 units. */
  readonly maxLength?: number;
  readonly maxDocuments?: number;
  readonly maxDepth?: number;
  /** Told of keys that stand twice in a map, of which the last holds. Without it they are an error. */
  readonly onRepeat?: (message: string) => void;
  /** Which plain words are booleans: `yes` and `on` too (1.1, the default), or true and false alone (1.2). */
  readonly booleans?: '1.1' | '1.2';
}

const MAX_LENGTH = 8 * 1024 * 1024;
const MAX_DOCUMENTS = 10_000;
/** Nodes that aliases may add, against documents that grow without end. */
const MAX_ALIASES = 100;

/** A text that isn't the YAML of Kubernetes. `message` begins with the line, as the original's does. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly line: number;
  readonly column: number;
  /** `whole`: the reason is the text as a whole, and no line of it is told. */
  constructor(reason: string, position: Position, whole = false) {
    super(whole ? `yaml: ${reason}` : `yaml: line ${position.line}: ${reason}`);
    this.line = position.line;
    this.column = position.column;
  }
}

const tooDeep = (limit: number, position: Position): YamlError =>
  new YamlError(`exceeded max depth of ${limit}`, position, true);

function toError(error: YAMLError, lines: LineCounter, maxDepth: number): YamlError {
  const { line, col: column } = lines.linePos(error.pos[0]);
  // The parser is recursive, and tells so of what is too deep for the stack.
  if (error.code === 'RESOURCE_EXHAUSTION') return tooDeep(maxDepth, { line, column });
  return new YamlError(error.message.split(' at line ')[0] ?? '', { line, column });
}

function offsetOf(node: unknown, fallback: number): number {
  const range = (node as Node | null | undefined)?.range;
  return range?.[0] ?? fallback;
}

function locate(root: unknown, path: readonly (string | number)[], start: number): number {
  let node = root;
  let offset = offsetOf(node, start);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return offset;
      offset = offsetOf(pair.key, offset);
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) return offset;
      node = item;
      offset = offsetOf(node, offset);
    } else {
      return offset;
    }
  }
  return offset;
}

function nodeAt(root: unknown, path: readonly (string | number)[]): unknown {
  let node = root;
  for (const step of path) {
    if (isMap(node)) {
      node = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))?.value;
    } else node = isSeq(node) ? node.items[Number(step)] : undefined;
  }
  return node;
}

function depthOf(node: unknown, limit: number): number {
  if (limit < 0) return 1;
  let deepest = 0;
  if (isMap(node)) {
    for (const { value } of node.items) deepest = Math.max(deepest, depthOf(value, limit - 1));
  } else if (isSeq(node)) {
    for (const item of node.items) deepest = Math.max(deepest, depthOf(item, limit - 1));
  } else {
    return 0;
  }
  return deepest + 1;
}

/** Tags that Kubernetes doesn't know: times, numbers to base 60, and those whose values aren't JSON. */
const FOREIGN_TAGS = /:(timestamp|binary|set|omap|pairs)$/;
const BOOLEAN_TAG = /:bool$/;

/** A number has a digit: `.`, `-.` and `.e3` are text, as a path is that is written `.`. */
function withDigit(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || !('test' in tag) || tag.test === undefined) return tag;
  if (!tag.test.test('.5') && !tag.test.test('.5e3')) return tag;
  return { ...tag, test: new RegExp(`^(?=[-+]?[0-9_.]*[0-9])(?:${tag.test.source})`, tag.test.flags) };
}

function parseSource(
  text: string,
  lines: LineCounter,
  maxDocuments: number,
  options: ParseYamlOptions,
): Document.Parsed[] {
  const is12 = options.booleans === '1.2';
  const composer = new Composer({
    version: '1.1',
    customTags: (tags) => {
      const known = tags.filter((tag) => {
        if (typeof tag === 'string')
          return !/^(timestamp|binary|set|omap|pairs|intTime|floatTime)$/.test(tag);
        if (is12 && BOOLEAN_TAG.test(tag.tag)) return false;
        return !FOREIGN_TAGS.test(tag.tag) && tag.format !== 'TIME';
      });
      const numbers = known.map(withDigit);
      return is12 ? ['bool', 'intOct', ...numbers] : numbers;
    },
    lineCounter: lines,
    // The parser's own check compares each key with all before it.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(new Parser(lines.addNewLine).parse(text))) {
    documents.push(document);
    if (document.errors.length > 0 || documents.length > maxDocuments) break;
  }
  return documents;
}

/** Keys that stand twice in one map, what is within a value before what comes after it. */
function findRepeats(node: unknown, found: (key: unknown, name: unknown) => void): void {
  if (isSeq(node)) {
    for (const item of node.items) findRepeats(item, found);
    return;
  }
  if (!isMap(node)) return;
  const seen = new Set<unknown>();
  for (const { key, value } of node.items) {
    findRepeats(value, found);
    const name = isScalar(key) ? key.value : key;
    // Several maps may be merged into one.
    if (seen.has(name) && name !== '<<') found(key, name);
    seen.add(name);
  }
}

/**
 * How deep the nesting within a value goes when aliases are followed; undefined when an anchor's value contains itself.
 * `known` has the values that were looked at, with undefined while they are.
 */
function depthOfValue(value: unknown, known: Map<object, number | undefined>): number | undefined {
  if (typeof value !== 'object' || value === null) return 0;
  if (known.has(value)) return known.get(value);
  known.set(value, undefined);
  let deepest = 0;
  for (const inner of Object.values(value)) {
    const depth = depthOfValue(inner, known);
    if (depth === undefined) return undefined;
    deepest = Math.max(deepest, depth);
  }
  known.set(value, deepest + 1);
  return deepest + 1;
}

function toValue(document: Document.Parsed, start: Position, hasAliases: boolean, maxDepth: number): unknown {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep(maxDepth, start);
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (reason.startsWith('Excessive alias count'))
      throw new YamlError('document contains excessive aliasing', start, true);
    throw new YamlError(reason, start);
  }
  if (!hasAliases) return value;
  const depth = depthOfValue(value, new Map());
  if (depth === undefined) throw new YamlError("an anchor's value contains itself", start, true);
  if (depth > maxDepth) throw tooDeep(maxDepth, start);
  return value;
}

/**
 * Parses Kubernetes YAML or JSON: YAML 1.1 booleans and octals, no timestamps and no base-60 numbers, so dates and
 * `12:30` stay text. Empty documents are left out. Throws YamlError.
 */
export function parseYaml(text: string, options: ParseYamlOptions = {}): YamlDocument[] {
  const start = { line: 1, column: 1 };
  const { maxLength = MAX_LENGTH, maxDocuments = MAX_DOCUMENTS, maxDepth = DEFAULT_MAX_DEPTH } = options;
  if (text.length > maxLength) {
    throw new YamlError(`text is too long: ${text.length} characters, limit ${maxLength}`, start);
  }
  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    documents = parseSource(text, lines, maxDocuments, options);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(maxDepth, start);
    throw error;
  }
  if (documents.length > maxDocuments) {
    throw new YamlError(`more than ${maxDocuments} documents`, start);
  }
  const hasAliases = text.includes('*');
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw toError(error, lines, maxDepth);
    const offset = offsetOf(document.contents, document.range[0]);
    const at = (position: number): Position => {
      const { line, col } = lines.linePos(position);
      return { line, column: col };
    };
    if (depthOf(document.contents, maxDepth) > maxDepth) throw tooDeep(maxDepth, at(offset));
    findRepeats(document.contents, (key, name) => {
      const position = at(offsetOf(key, offset));
      if (options.onRepeat === undefined) throw new YamlError('key already set in map', position);
      options.onRepeat(`line ${position.line}: key ${JSON.stringify(name)} already set in map`);
    });
    const value = toValue(document, at(offset), hasAliases, maxDepth);
    if (value === null || value === undefined) return [];
    return [
      {
        value,
        line: at(offset).line,
        positionOf: (path) => at(locate(document.contents, path, offset)),
        textOf: (path) => {
          const node = nodeAt(document.contents, path);
          return isScalar(node) ? node.source : undefined;
        },
        textLineOf: (path) => {
          const node = nodeAt(document.contents, path);
          const { line } = at(offsetOf(node, offset));
          return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
            ? line + 1
            : line;
        },
      },
    ];
  });
}

/** YAML text of a JSON value, in block style; strings that YAML 1.1 would read as something else are quoted. */
export function stringifyYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false });
}
