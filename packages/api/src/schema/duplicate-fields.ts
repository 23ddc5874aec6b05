/** Reports that one body may cause; see MAX_REPORTED of the decoder. */
const MAX_REPORTED = 100;

interface Frame {
  /** Keys seen so far; undefined for a list. */
  keys: Set<string> | undefined;
  index: number;
  key: string;
  /** Within an unknown field, where nothing more is told. */
  readonly silent: boolean;
}

/** Paths of fields that a JSON text holds twice in one object, each once: `spec.replicas`, `spec.containers[0].name`. */
export const findDuplicateFields = (text: string): string[] =>
  scan(text, new Set())
    .filter(({ unknown }) => !unknown)
    .map(({ path }) => path);

/**
 * What a strict decoder says of a text whose unknown fields are known, in the order of the text:
 * `unknown field "spec.replcas"`, `duplicate field "spec.replicas"`.
 */
const describeFields = (text: string, unknown: readonly string[]): string[] =>
  scan(text, new Set(unknown)).map(
    (found) => `${found.unknown ? 'unknown' : 'duplicate'} field ${JSON.stringify(found.path)}`,
  );

/** What a YAML parser said of keys that stand twice: `line 8: key "a" already set in map`. */
export interface YamlRepeats {
  readonly repeats: readonly string[];
}

/** What a value was parsed from: JSON text, or the keys that YAML text held twice. */
export type BodySource = string | YamlRepeats;

/** Warnings about the fields of a body of which the unknown ones are known. */
export function describeFaults(source: BodySource | undefined, unknown: readonly string[]): string[] {
  if (typeof source === 'string') return describeFields(source, unknown);
  const texts = unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
  return source === undefined ? texts : [...source.repeats, ...texts];
}

/** The same as one error. */
export function strictError(source: BodySource | undefined, faults: readonly string[]): string {
  const repeats = typeof source === 'object' ? source.repeats : [];
  const first = repeats.length === 0 ? [] : [yamlError(repeats)];
  return `strict decoding error: ${[...first, ...faults.slice(repeats.length)].join(', ')}`;
}

export const yamlError = (repeats: readonly string[]): string =>
  `yaml: unmarshal errors:\n  ${repeats.join('\n  ')}`;

interface Found {
  readonly path: string;
  readonly unknown: boolean;
}

/**
 * Finds duplicate fields, and where the unknown ones stand; each once. The text must be valid JSON: parse it first.
 * JSON.parse keeps the last of two fields and tells nobody, hence this scan.
 */
function scan(text: string, unknown: ReadonlySet<string>): Found[] {
  const found = new Map<string, Found>();
  const stack: Frame[] = [];
  let top: Frame | undefined;
  let expectKey = false;
  let silentValue = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (expectKey && top?.keys !== undefined) {
        top.key = keyText(text, at, end);
        silentValue = top.silent || visitKey(stack, top, top.keys, unknown, found);
        expectKey = false;
      }
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      const isObject = code === 0x7b;
      top = { keys: isObject ? new Set() : undefined, index: 0, key: '', silent: silentValue };
      stack.push(top);
      expectKey = isObject;
    } else if (code === 0x7d || code === 0x5d) {
      stack.pop();
      top = stack[stack.length - 1];
      silentValue = top?.silent ?? false;
      expectKey = false;
    } else if (code === 0x2c && top !== undefined) {
      if (top.keys === undefined) top.index++;
      else expectKey = true;
    }
  }
  return [...found.values()];
}

/** Takes note of the key that `top` stands at. True for an unknown field. */
function visitKey(
  stack: readonly Frame[],
  { key }: Frame,
  keys: Set<string>,
  unknown: ReadonlySet<string>,
  found: Map<string, Found>,
): boolean {
  const again = keys.has(key);
  keys.add(key);
  if (!again && unknown.size === 0) return false;
  const path = pathOf(stack);
  const isUnknown = unknown.has(path);
  if ((again || isUnknown) && !found.has(path) && found.size < MAX_REPORTED)
    found.set(path, { path, unknown: isUnknown });
  return isUnknown;
}

/** Index of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function keyText(text: string, start: number, end: number): string {
  const plain = text.slice(start + 1, end);
  return plain.includes('\\') ? (JSON.parse(text.slice(start, end + 1)) as string) : plain;
}

function pathOf(stack: readonly Frame[]): string {
  let path = '';
  for (const frame of stack) {
    if (frame.keys === undefined) path += `[${frame.index}]`;
    else path += path === '' ? frame.key : `.${frame.key}`;
  }
  return path;
}
