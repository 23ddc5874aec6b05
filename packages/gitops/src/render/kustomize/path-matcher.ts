import { getOwn, isObject, setOwn } from '@gantry/machinery/json';
import { isMissing, isScalar, type Shape, shapeOf, textOf } from './json-tree.ts';
import { StepError } from './problem.ts';
import type { Path } from './resource.ts';
import { pattern } from './selector.ts';
import { setShared } from './shared-texts.ts';

/** A field that a path leads to. */
export interface Slot {
  readonly path: Path;
  get(): unknown;
  set(value: unknown): void;
  /** Made by the match itself. */
  readonly isNew: boolean;
}

const isIndex = (step: string): boolean => /^\+?\d+$/.test(step);
const isElement = (step: string): boolean => step.startsWith('[') && step.endsWith(']');

/**
 * The fields that a path of names, indexes, `[name=pattern]` and `*` leads to. With `create`, the shape of what is to
 * be written, what is missing is made. Throws StepError.
 */
export function matchPath(root: Slot, path: readonly string[], create: Shape | undefined): Slot[] {
  const [step, ...rest] = path;
  if (step === undefined) return [root];
  const value = root.get();
  if (isIndex(step)) return matchIndex(root, Number(step), rest, create);
  if (isElement(step)) return matchElements(root, step, rest, create);
  if (step === '*')
    return listOf(value, root).flatMap((_, index) => matchPath(element(root, index), rest, create));
  return matchField(root, step, rest, create);
}

function listOf(value: unknown, slot: Slot): unknown[] {
  if (Array.isArray(value)) return value;
  if (isMissing(value)) return [];
  throw new StepError(`${slot.path.join('.')}: expected a list, found ${JSON.stringify(value).slice(0, 80)}`);
}

const element = (slot: Slot, index: number, isNew = false): Slot => ({
  path: [...slot.path, index],
  get: () => (slot.get() as unknown[])[index],
  set: (value) => {
    (slot.get() as unknown[])[index] = value;
  },
  isNew,
});

/** What a missing field is made as, by what comes after it. */
function empty(next: string | undefined, create: Shape): unknown {
  if (next !== undefined) return isElement(next) || isIndex(next) ? [] : {};
  return create === 'map' ? {} : create === 'list' ? [] : '';
}

function matchField(slot: Slot, name: string, rest: readonly string[], create: Shape | undefined): Slot[] {
  const value = slot.get();
  if (isMissing(value)) return [];
  if (!isObject(value))
    throw new StepError(
      `${slot.path.join('.')}: expected a mapping, found ${JSON.stringify(value).slice(0, 80)}`,
    );
  const isNew = getOwn(value, name) === undefined;
  if (isNew && create === undefined) return [];
  if (isNew && create !== undefined) setOwn(value, name, empty(rest[0], create));
  const field: Slot = {
    path: [...slot.path, name],
    get: () => getOwn(value, name),
    set: (next) => setShared(value, name, next),
    isNew,
  };
  return matchPath(field, rest, create);
}

function matchIndex(slot: Slot, index: number, rest: readonly string[], create: Shape | undefined): Slot[] {
  const list = listOf(slot.get(), slot);
  const isNew = index === list.length && create !== undefined;
  if (isNew) list.push(empty(rest[0], create));
  if (index >= list.length)
    throw new StepError(
      `${slot.path.join('.')}: index ${index} specified but only ${list.length} elements found`,
    );
  return matchPath(element(slot, index, isNew), rest, create);
}

function matchElements(slot: Slot, step: string, rest: readonly string[], create: Shape | undefined): Slot[] {
  const { name, value } = splitElement(step);
  const list = listOf(slot.get(), slot);
  const test = pattern(value);
  const isMeant = (item: unknown): boolean => {
    if (name === '') return isScalar(item) && test(textOf(item));
    const field = isObject(item) ? getOwn(item, name) : undefined;
    return field !== undefined && test(textOf(field));
  };
  const find = (): Slot[] =>
    list.flatMap((item, index) =>
      isMeant(item)
        ? name === ''
          ? [element(slot, index)]
          : matchPath(element(slot, index), rest, create)
        : [],
    );
  const found = find();
  if (found.length > 0 || create === undefined) return found;
  list.push(name === '' ? value : { [name]: value });
  return find();
}

/** `[name=value]` */
export function splitElement(step: string): { name: string; value: string } {
  const text = step.slice(1, -1);
  const at = text.indexOf('=');
  if (at < 0) throw new StepError(`${step}: a list element is named as [field=value]`);
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** The value at a path, in which `[name=value]` is taken literally; undefined when there is none. */
export function lookUp(root: unknown, path: readonly string[]): unknown {
  let node = root;
  for (const part of path) {
    const step = part.trim();
    if (step === '') continue;
    if (isMissing(node)) return undefined;
    if (isIndex(step) || step === '-') {
      if (!Array.isArray(node)) throw new StepError(`${step}: not a list`);
      node = step === '-' ? node.at(-1) : node[Number(step)];
    } else if (isElement(step)) {
      const { name, value } = splitElement(step);
      if (!Array.isArray(node)) throw new StepError(`${step}: not a list`);
      node = node.find((item) =>
        name === '' ? textOf(item) === value : isObject(item) && textOf(getOwn(item, name)) === value,
      );
    } else {
      if (!isObject(node)) throw new StepError(`${step}: not a field of ${shapeOf(node)}`);
      node = getOwn(node, step);
    }
  }
  return node;
}
