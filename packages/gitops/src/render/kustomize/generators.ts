import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { getOwn, isObject, type JsonObject, stableStringify } from '@gantry/machinery/json';
import type { CopyBudget } from './copy-budget.ts';
import { compareText } from './gvk.ts';
import { textOf } from './json-tree.ts';
import type { Generator, GeneratorOptions } from './kustomization.ts';
import { type Place, StepError } from './problem.ts';
import { type Behavior, Resource } from './resource.ts';
import { locateIn } from './written-by.ts';

/** Contents by path relative to the kustomization. Throws StepError when there is no such file. */
export type ReadFile = (path: string) => Buffer;

/** What one entry of `configMapGenerator` or `secretGenerator` makes. Throws StepError. */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  args: Generator,
  global: GeneratorOptions | undefined,
  read: ReadFile,
  place: Place,
  budget: CopyBudget,
): Resource {
  if (args.name === undefined || args.name === '') throw new StepError(`a ${kind} must have a name`);
  const options = joinOptions(args.options, global);
  budget.takeValue(options);
  const metadata: JsonObject = {
    name: args.name,
    ...(args.namespace === undefined || args.namespace === '' ? {} : { namespace: args.namespace }),
  };
  for (const field of ['labels', 'annotations'] as const)
    if (Object.keys(options[field] ?? {}).length > 0) metadata[field] = { ...options[field] };
  const pairs = dataOf(args, kind === 'Secret', read, budget);
  const object: JsonObject = {
    apiVersion: 'v1',
    kind,
    metadata,
    ...(kind === 'Secret'
      ? { type: args.type === undefined || args.type === '' ? 'Opaque' : args.type }
      : {}),
    ...(kind === 'Secret' ? { data: encodeAll(pairs) } : configMapData(pairs)),
    ...(options.immutable === true ? { immutable: true } : {}),
  };
  const resource = new Resource(
    object,
    place,
    locateIn(object, () => place),
  );
  resource.needsHash = options.disableNameSuffixHash !== true;
  resource.behavior = behaviorOf(args.behavior);
  return resource;
}

const behaviorOf = (text: string | undefined): Behavior =>
  text === 'merge' || text === 'replace' ? text : 'create';

/** The entry's own options win, apart from the two switches that either can turn on. */
function joinOptions(own: GeneratorOptions = {}, global: GeneratorOptions = {}): GeneratorOptions {
  return {
    labels: { ...global.labels, ...own.labels },
    annotations: { ...global.annotations, ...own.annotations },
    disableNameSuffixHash: own.disableNameSuffixHash === true || global.disableNameSuffixHash === true,
    immutable: own.immutable === true || global.immutable === true,
  };
}

function configMapData(pairs: ReadonlyMap<string, Buffer>): JsonObject {
  const data: JsonObject = {};
  const binaryData: JsonObject = {};
  for (const [key, value] of pairs)
    if (isUtf8(value)) data[key] = value.toString('utf8');
    else binaryData[key] = base64Lines(value);
  return {
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(Object.keys(binaryData).length === 0 ? {} : { binaryData }),
  };
}

const encodeAll = (pairs: ReadonlyMap<string, Buffer>): JsonObject =>
  Object.fromEntries([...pairs].map(([key, value]) => [key, base64Lines(value)]));

const LINE_LENGTH = 70;

/** Longer values come in lines of 70 characters. */
function base64Lines(value: Buffer): string {
  const text = value.toString('base64');
  return text.length < LINE_LENGTH ? text : text.replace(/.{1,70}/g, '$&\n');
}

function dataOf(args: Generator, isSecret: boolean, read: ReadFile, budget: CopyBudget): Map<string, Buffer> {
  const pairs = new Map<string, Buffer>();
  const add = (key: string, value: Buffer): void => {
    if (pairs.has(key)) throw new StepError(`configmap ${args.name} illegally repeats the key \`${key}\``);
    budget.take(key.length + value.length);
    pairs.set(key, value);
  };
  const envs = [...(args.envs ?? []), ...(args.env === undefined || args.env === '' ? [] : [args.env])];
  for (const path of envs)
    for (const [key, value] of envLines(read(path), path)) add(key, Buffer.from(value));
  for (const literal of args.literals ?? []) {
    const at = literal.indexOf('=');
    if (at < 1)
      throw new StepError(`invalid literal source ${isSecret ? 'of a Secret' : literal}, expected key=value`);
    add(literal.slice(0, at), Buffer.from(unquoted(literal.slice(at + 1))));
  }
  for (const source of args.files ?? []) {
    const { key, path } = fileSource(source);
    add(key, read(path));
  }
  return new Map([...pairs].sort(([a], [b]) => compareText(a, b)));
}

/** Lines of `KEY=value`; comments and empty lines are passed over. */
function* envLines(content: Buffer, path: string): Iterable<[string, string]> {
  if (!isUtf8(content)) throw new StepError(`${path} is not UTF-8`);
  const lines = content
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n');
  for (const line of lines) {
    const text = line.replace(/\r$/, '').trimStart();
    if (text === '' || text.startsWith('#')) continue;
    const at = text.indexOf('=');
    const key = at < 0 ? text : text.slice(0, at);
    if (key !== '') yield [key, at < 0 ? '' : text.slice(at + 1)];
  }
}

const unquoted = (text: string): string =>
  text.length >= 2 && text[0] === text.at(-1) && (text[0] === '"' || text[0] === "'")
    ? text.slice(1, -1)
    : text;

/** `path`, whose last part is the key, or `key=path`. */
export function fileSource(source: string): { key: string; path: string } {
  const parts = source.split('=');
  if (parts.length === 1) return { key: source.split('/').at(-1) ?? source, path: source };
  const [key = '', path = ''] = parts;
  if (parts.length > 2)
    throw new StepError(`source ${JSON.stringify(source)}: key name or file path contains '='`);
  if (key === '') throw new StepError(`missing key name for file path ${JSON.stringify(path)}`);
  if (path === '') throw new StepError(`missing file path for key name ${JSON.stringify(key)}`);
  return { key, path };
}

const LETTERS: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** The name's suffix: ten characters of the content's hash, without those that could spell something. */
export function contentHash(object: JsonObject): string {
  const fields: JsonObject = {
    kind: object.kind,
    // Kustomize means to count the name in, but looks for it in a field that is never there.
    name: '',
    data: mapOrText(object, 'data'),
  };
  if (object.kind === 'Secret') fields.type = textOf(object.type);
  const more = object.kind === 'Secret' ? 'stringData' : 'binaryData';
  if (isObject(getOwn(object, more))) fields[more] = object[more];
  const hex = createHash('sha256').update(goJson(fields)).digest('hex').slice(0, 10);
  return hex.replace(/[013ae]/g, (char) => LETTERS[char] ?? char);
}

const mapOrText = (object: JsonObject, field: string): unknown => {
  const value = getOwn(object, field);
  return isObject(value) ? value : textOf(value);
};

/** As Go writes JSON: keys sorted, and characters escaped that HTML or JavaScript would take for something else. */
const goJson = (value: unknown): string =>
  stableStringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
