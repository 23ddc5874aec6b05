/** Where a place in a YAML text is, told by its indentation, as far as that goes while somebody is typing. */

/** A step into the items of a list; all others are names of fields. */
export const ITEM = '[]';

export interface YamlPlace {
  /** Of the document that the place is in. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Fields above the place. */
  readonly path: readonly string[];
  /** The field whose value stands here; '' where a field itself is to be written. */
  readonly key: string;
  /** What has been typed of the field or the value. */
  readonly typed: string;
  /** Fields that stand beside it already. */
  readonly siblings: ReadonlySet<string>;
  /** Column at which the fields of this place begin. */
  readonly column: number;
}

interface Line {
  readonly key: string;
  readonly column: number;
  /** Column of the dash when the line begins an item. */
  readonly dash: number | undefined;
}

const LINE = /^(\s*)(- +)?(?:"([^"]+)"|'([^']+)'|([^\s"'#:{}[\],&*!|>%@`-][^\s:]*|-[^\s:]+)):(?=\s|$)/;
const DOCUMENT = /^---(\s|$)/;

/** The field that a line begins with; undefined when it begins with none. */
export function fieldOf(line: string): Line | undefined {
  const match = LINE.exec(line);
  if (match === null) return undefined;
  const [, spaces = '', dash, double, single, plain] = match;
  return {
    key: double ?? single ?? plain ?? '',
    column: spaces.length + (dash?.length ?? 0),
    dash: dash === undefined ? undefined : spaces.length,
  };
}

/** Fields above one that begins at `column` of a line, and in an item when `dash` says where that begins. */
export function pathAbove(
  lines: readonly string[],
  index: number,
  column: number,
  dash: number | undefined,
): string[] {
  const path: string[] = [];
  let limit = column;
  // A list may stand as far left as its field.
  let inclusive = false;
  const enterItem = (at: number): void => {
    path.unshift(ITEM);
    limit = at;
    inclusive = true;
  };
  if (dash !== undefined) enterItem(dash);
  for (let above = index - 1; above >= 0; above -= 1) {
    const text = lines[above] ?? '';
    if (DOCUMENT.test(text)) break;
    const field = fieldOf(text);
    if (field === undefined) continue;
    if (!inclusive && field.column === limit && field.dash !== undefined) enterItem(field.dash);
    else if (inclusive ? field.column <= limit : field.column < limit) {
      path.unshift(field.key);
      limit = field.column;
      inclusive = false;
      if (field.dash !== undefined) enterItem(field.dash);
    }
    if (limit === 0 && !inclusive) break;
  }
  return path;
}

function siblingsOf(
  lines: readonly string[],
  index: number,
  column: number,
  dash: number | undefined,
): Set<string> {
  const found = new Set<string>();
  for (let above = index - 1; above >= 0 && dash === undefined; above -= 1) {
    const text = lines[above] ?? '';
    const field = fieldOf(text);
    if (DOCUMENT.test(text) || (field !== undefined && field.column < column)) break;
    if (field?.column === column) found.add(field.key);
    if (field?.column === column && field.dash !== undefined) break;
  }
  for (let below = index + 1; below < lines.length; below += 1) {
    const text = lines[below] ?? '';
    const field = fieldOf(text);
    if (DOCUMENT.test(text)) break;
    if (field !== undefined && (field.column < column || (field.dash !== undefined && field.dash < column)))
      break;
    if (field?.column === column) found.add(field.key);
  }
  return found;
}

/** What a document says it is. */
function kindOf(
  lines: readonly string[],
  index: number,
): { readonly apiVersion: string; readonly kind: string } {
  let from = index;
  while (from > 0 && !DOCUMENT.test(lines[from] ?? '')) from -= 1;
  let to = index + 1;
  while (to < lines.length && !DOCUMENT.test(lines[to] ?? '')) to += 1;
  const text = lines.slice(from, to).join('\n');
  const first = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
  return {
    apiVersion: first(/^apiVersion:\s*["']?([^\s"'#]+)/m),
    kind: first(/^kind:\s*["']?([^\s"'#]+)/m),
  };
}

/** The place before the cursor: where a field is being written, or the value of one. Undefined where neither is. */
export function placeAt(lines: readonly string[], index: number, cursor: number): YamlPlace | undefined {
  const before = (lines[index] ?? '').slice(0, cursor);
  const about = kindOf(lines, index);
  const field = fieldOf(before);
  const value = field === undefined ? null : /:\s+["']?([^\s"']*)$/.exec(before);
  if (field !== undefined && value !== null) {
    const { column, dash, key } = field;
    const path = pathAbove(lines, index, column, dash);
    return { ...about, path, key, typed: value[1] ?? '', siblings: new Set(), column };
  }
  const start = /^(\s*)(- +)?([\w./-]*)$/.exec(before);
  if (start === null || field !== undefined) return undefined;
  const [, spaces = '', marker, typed = ''] = start;
  const column = spaces.length + (marker?.length ?? 0);
  const dash = marker === undefined ? undefined : spaces.length;
  const path = pathAbove(lines, index, column, dash);
  return { ...about, path, key: '', typed, siblings: siblingsOf(lines, index, column, dash), column };
}

/** The field under the pointer, with those above it. */
export function fieldAt(
  lines: readonly string[],
  index: number,
):
  | (Pick<YamlPlace, 'apiVersion' | 'kind' | 'path' | 'key'> & { readonly from: number; readonly to: number })
  | undefined {
  const text = lines[index] ?? '';
  const field = fieldOf(text);
  if (field === undefined) return undefined;
  const { key, column, dash } = field;
  const path = pathAbove(lines, index, column, dash);
  return { ...kindOf(lines, index), path, key, from: column, to: text.indexOf(':', column) };
}
