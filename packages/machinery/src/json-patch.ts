import { deepClone, deepEqual, isObject, setOwn } from './json.ts';
import { badRequest, requestEntityTooLarge, type StatusError, unprocessablePatch } from './status.ts';

export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

export const MAX_JSON_PATCH_OPERATIONS = 10_000;
/** Bytes that `copy` operations may add to a document together. */
const MAX_COPIED_LENGTH = 3 * 1024 * 1024;

/** Why an operation could not be applied. Clients see a fixed text instead; this one is for logs. */
export class JsonPatchError extends Error {
  override readonly name = 'JsonPatchError';
}

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** Checks the form of a patch document. Throws StatusError 400 or 413. */
export function checkJsonPatch(patch: unknown): readonly JsonPatchOperation[] {
  if (patch === null) return [];
  if (!Array.isArray(patch)) throw misfit(patch, 'value of type []handlers.jsonPatchOp');
  if (patch.length > MAX_JSON_PATCH_OPERATIONS) {
    throw requestEntityTooLarge(
      `The allowed maximum operations in a JSON patch is ${MAX_JSON_PATCH_OPERATIONS}, got ${patch.length}`,
    );
  }
  for (const operation of patch) {
    if (operation === null) continue;
    if (!isObject(operation)) throw misfit(operation, 'value of type handlers.jsonPatchOp');
    for (const field of ['op', 'path', 'from'])
      if (typeof (operation[field] ?? '') !== 'string')
        throw misfit(operation[field], `struct field jsonPatchOp.${field} of type string`);
  }
  return patch as JsonPatchOperation[];
}

function misfit(value: unknown, wanted: string): StatusError {
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return badRequest(`error decoding patch: json: cannot unmarshal ${found} into Go ${wanted}`);
}

function pointer(path: unknown): string[] {
  if (typeof path !== 'string') throw new JsonPatchError('operation missing path field: missing value');
  if (path === '') return [];
  // Whatever stands before the first slash is passed over, as the original's library does.
  const [head, ...parts] = path.split('/');
  if (parts.length === 0) throw new JsonPatchError(`missing path: ${head}: missing value`);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function child(node: unknown, key: string, operation: string, path: string): unknown {
  if (Array.isArray(node)) return node[arrayIndex(key, node.length, false)];
  if (isObject(node) && Object.hasOwn(node, key)) return node[key];
  throw new JsonPatchError(
    `${operation} operation does not apply: doc is missing path: ${path}: missing value`,
  );
}

function arrayIndex(key: string, length: number, forAdd: boolean): number {
  if (forAdd && key === '-') return length;
  if (!/^-?\d{1,9}$/.test(key)) throw new JsonPatchError(`value was not a proper array index: '${key}'`);
  const given = Number(key);
  const index = given < 0 ? given + length + (forAdd ? 1 : 0) : given;
  if (index < 0 || index > (forAdd ? length : length - 1)) {
    throw new JsonPatchError(`Unable to access invalid index: ${given}: invalid index referenced`);
  }
  return index;
}

/** A document under change; only the patch's own copy is touched. */
class Document {
  root: unknown;
  copied = 0;
  constructor(root: unknown) {
    this.root = root;
  }

  get(path: string, operation: string): unknown {
    const keys = pointer(path);
    const last = keys.pop();
    if (last === undefined) return this.root;
    let node = this.root;
    for (const key of keys) node = child(node, key, operation, path);
    // A last member that isn't there reads as null, as in the original's library: replace adds it, copy copies null.
    if (isObject(node) && !Object.hasOwn(node, last) && operation !== 'move') return null;
    return child(node, last, operation, path);
  }

  #parent(path: string, operation: string): { parent: unknown; key: string } {
    const keys = pointer(path);
    const key = keys.pop();
    if (key === undefined) throw new JsonPatchError(`${operation} operation can't change the whole document`);
    let parent = this.root;
    for (const step of keys) parent = child(parent, step, operation, path);
    if (typeof parent !== 'object' || parent === null) {
      throw new JsonPatchError(
        `${operation} operation does not apply: doc is missing path: ${path}: missing value`,
      );
    }
    return { parent, key };
  }

  add(path: string, value: unknown, operation = 'add'): void {
    if (path === '') {
      this.root = value;
      return;
    }
    const { parent, key } = this.#parent(path, operation);
    if (Array.isArray(parent)) parent.splice(arrayIndex(key, parent.length, true), 0, value);
    else if (isObject(parent)) setOwn(parent, key, value);
  }

  remove(path: string, operation = 'remove'): void {
    const { parent, key } = this.#parent(path, operation);
    if (Array.isArray(parent)) {
      parent.splice(arrayIndex(key, parent.length, false), 1);
    } else if (isObject(parent)) {
      if (!Object.hasOwn(parent, key)) {
        throw new JsonPatchError(
          `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`,
        );
      }
      delete parent[key];
    }
  }

  replace(path: string, value: unknown): void {
    if (path === '') {
      this.root = value;
      return;
    }
    this.get(path, 'replace');
    const { parent, key } = this.#parent(path, 'replace');
    if (Array.isArray(parent)) parent[arrayIndex(key, parent.length, false)] = value;
    else if (isObject(parent)) setOwn(parent, key, value);
  }

  test(path: string, value: unknown): void {
    let actual: unknown;
    try {
      actual = this.get(path, 'test');
    } catch (error) {
      // A path that isn't there equals null, as in the original's library.
      if (value !== null) throw error;
      return;
    }
    if (!deepEqual(actual, value)) throw new JsonPatchError(`testing value ${path} failed: test failed`);
  }

  copy(from: string, path: string): void {
    const value = this.get(from, 'copy');
    this.copied += JSON.stringify(value)?.length ?? 0;
    if (this.copied > MAX_COPIED_LENGTH) {
      throw new JsonPatchError(`copy operations add more than ${MAX_COPIED_LENGTH} bytes`);
    }
    this.add(path, deepClone(value), 'copy');
  }

  move(from: string, path: string): void {
    const value = this.get(from, 'move');
    if (path.startsWith(`${from}/`)) throw new JsonPatchError(`can't move ${from} into itself`);
    this.remove(from, 'move');
    this.add(path, value, 'move');
  }
}

function applyOperation(document: Document, operation: JsonPatchOperation): void {
  const { op, path, from, value } = isObject(operation) ? operation : ({} as Partial<JsonPatchOperation>);
  if (op === undefined || !OPERATIONS.has(op))
    throw new JsonPatchError(`Unexpected kind: ${op ?? 'unknown'}`);
  if (typeof path !== 'string') throw new JsonPatchError('operation missing path field: missing value');
  if (op === 'remove') {
    document.remove(path);
  } else if (op === 'move' || op === 'copy') {
    if (typeof from !== 'string') throw new JsonPatchError('operation, missing from field: missing value');
    document[op](from, path);
  } else {
    // An operation without a value means null, as in the original's library.
    document[op](path, op === 'test' ? (value ?? null) : deepClone(value ?? null));
  }
}

/**
 * RFC 6902 on a copy of the document: all operations or none. Throws StatusError: 400 when the patch is no list, 413
 * when it has too many operations, 422 (with the JsonPatchError as `cause`) when one doesn't apply.
 */
export function applyJsonPatch(document: unknown, patch: unknown): unknown {
  const operations = checkJsonPatch(patch);
  const target = new Document(deepClone(document));
  try {
    for (const operation of operations) applyOperation(target, operation);
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    const status = unprocessablePatch();
    status.cause = error;
    throw status;
  }
  return target.root;
}
