/** Reports that one body may cause; see MAX_REPORTED of the decoder. */
const MAX_REPORTED = 100;

interface Frame {
  /** Keys seen so far; undefined for a list. */
  keys: Set<string> | undefined;
  index: number;
  key: string;
}

/**
 * Paths of fields that a JSON text holds twice in one object, each once: `spec.replicas`, `spec.containers[0].name`.
 * The text must be valid JSON: parse it first. JSON.parse keeps the last and tells nobody, hence this scan.
 */
export function findDuplicateFields(text: string): string[] {
  const found = new Set<string>();
  const stack: Frame[] = [];
  let top: Frame | undefined;
  let expectKey = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (expectKey && top?.keys !== undefined) {
        const key = keyText(text, at, end);
        top.key = key;
        if (top.keys.has(key)) {
          if (found.size < MAX_REPORTED) found.add(pathOf(stack));
        } else top.keys.add(key);
        expectKey = false;
      }
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      const isObject = code === 0x7b;
      top = { keys: isObject ? new Set() : undefined, index: 0, key: '' };
      stack.push(top);
      expectKey = isObject;
    } else if (code === 0x7d || code === 0x5d) {
      stack.pop();
      top = stack[stack.length - 1];
      expectKey = false;
    } else if (code === 0x2c && top !== undefined) {
      if (top.keys === undefined) top.index++;
      else expectKey = true;
    }
  }
  return [...found];
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
