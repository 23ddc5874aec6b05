import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  stringify,
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
  constructor(reason: string, position: Position) {
    super(`yaml: line ${position.line}: ${reason}`);
    this.line = position.line;
    this.column = position.column;
  }
}

function toError(error: YAMLError, lines: LineCounter): YamlError {
  const at = lines.linePos(error.pos[0]);
  const reason =
    error.code === 'DUPLICATE_KEY' ? 'key already set in map' : (error.message.split(' at line ')[0] ?? '');
  return new YamlError(reason, { line: at.line, column: at.col });
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

function parseSource(text: string, lines: LineCounter, options: ParseYamlOptions): Document.Parsed[] {
  const is12 = options.booleans === '1.2';
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: (tags) => {
      const known = tags.filter((tag) => {
        if (typeof tag === 'string')
          return !/^(timestamp|binary|set|omap|pairs|intTime|floatTime)$/.test(tag);
        if (is12 && BOOLEAN_TAG.test(tag.tag)) return false;
        return !FOREIGN_TAGS.test(tag.tag) && tag.format !== 'TIME';
      });
      return is12 ? ['bool', 'intOct', ...known] : known;
    },
    lineCounter: lines,
    uniqueKeys: options.onRepeat === undefined,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return Array.isArray(documents) ? documents : [];
}

/** Keys that stand twice in one map, what is within a value before what comes after it. */
function reportRepeats(node: unknown, lines: LineCounter, report: (message: string) => void): void {
  if (isSeq(node)) {
    for (const item of node.items) reportRepeats(item, lines, report);
    return;
  }
  if (!isMap(node)) return;
  const seen = new Set<unknown>();
  for (const { key, value } of node.items) {
    reportRepeats(value, lines, report);
    const name = isScalar(key) ? key.value : key;
    if (seen.has(name))
      report(`line ${lines.linePos(offsetOf(key, 0)).line}: key ${JSON.stringify(name)} already set in map`);
    seen.add(name);
  }
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
    documents = parseSource(text, lines, options);
  } catch (error) {
    // The parser is recursive: what is too deep for the stack ends here.
    if (error instanceof RangeError) throw new YamlError('text is nested too deeply', start);
    throw error;
  }
  if (documents.length > maxDocuments) {
    throw new YamlError(`more than ${maxDocuments} documents`, start);
  }
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw toError(error, lines);
    const offset = offsetOf(document.contents, document.range[0]);
    const at = (position: number): Position => {
      const { line, col } = lines.linePos(position);
      return { line, column: col };
    };
    if (depthOf(document.contents, maxDepth) > maxDepth) {
      throw new YamlError(`text is nested too deeply: limit ${maxDepth} levels`, at(offset));
    }
    if (options.onRepeat !== undefined) reportRepeats(document.contents, lines, options.onRepeat);
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (cause) {
      throw new YamlError(cause instanceof Error ? cause.message : String(cause), at(offset));
    }
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
