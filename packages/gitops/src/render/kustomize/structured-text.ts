import { deepClone, isObject, type JsonObject, stableStringify } from '@gantry/machinery/json';
import { parseYaml, stringifyYaml, YamlError } from '@gantry/machinery/yaml';
import { asTypeOf, isScalar, type Shape, textOf } from './json-tree.ts';
import { lookUp, matchPath, type Slot } from './path-matcher.ts';
import { StepError } from './problem.ts';

/**
 * Sets a value within a text that holds JSON or YAML, when the path leads into one: `data.config\.json.db.host`. False
 * when it doesn't, or when there is no such field in the text.
 */
export function setInText(
  object: JsonObject,
  value: unknown,
  path: readonly string[],
  create: Shape | undefined,
): boolean {
  for (let length = 1; length < path.length; length++) {
    const text = scalarAt(object, path.slice(0, length));
    if (text === undefined) continue;
    const written = withValue(text, value, path.slice(length), create);
    if (written === undefined) return false;
    const parent = lookUp(object, path.slice(0, length - 1));
    const key = path[length - 1] ?? '';
    if (!isObject(parent)) return false;
    parent[key] = written;
    return true;
  }
  return false;
}

function scalarAt(object: JsonObject, path: readonly string[]): string | undefined {
  try {
    const value = lookUp(object, path);
    return isScalar(value) ? textOf(value) : undefined;
  } catch (error) {
    if (error instanceof StepError) return undefined;
    throw error;
  }
}

/** The text with the value in it; undefined when it has no such field. Throws StepError for a value of another type. */
function withValue(
  text: string,
  value: unknown,
  path: readonly string[],
  create: Shape | undefined,
): string | undefined {
  let root: unknown;
  const slot: Slot = {
    path: [],
    get: () => root,
    set: (next) => {
      root = next;
    },
    isNew: false,
  };
  let slots: Slot[];
  try {
    root = deepClone(parseYaml(text, { booleans: '1.2' })[0]?.value);
    slots = matchPath(slot, path, create);
  } catch (error) {
    if (error instanceof StepError || error instanceof YamlError) return undefined;
    throw error;
  }
  if (slots.length === 0) return undefined;
  for (const found of slots) {
    const before = found.get();
    const isText = isScalar(before) && isScalar(value);
    found.set(isText ? asTypeOf(found.isNew ? undefined : before, value) : deepClone(value));
  }
  return format(root, text);
}

/** JSON stays JSON, in one line or in several; all else becomes YAML. */
function format(value: unknown, before: string): string {
  if (!/^\s*[{[]/.test(before)) return stringifyYaml(value).trim();
  const text = stableStringify(value);
  return before.includes('\n') && before.includes('  ') ? JSON.stringify(JSON.parse(text), null, 2) : text;
}
