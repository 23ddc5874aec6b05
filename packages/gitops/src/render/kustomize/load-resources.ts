import { deepClone, getOwn, isObject, type JsonObject, setOwn } from '@gantry/machinery/json';
import { parseYaml, type YamlDocument, YamlError } from '@gantry/machinery/yaml';
import { yamlReason } from '../yaml-reason.ts';
import type { CopyBudget } from './copy-budget.ts';
import { isMissing, isScalar } from './json-tree.ts';
import { at, KustomizeError, type Place } from './problem.ts';
import { type Path, Resource } from './resource.ts';
import { locateIn } from './written-by.ts';

/** Where a text stands: a file, or a value within one, whose first line is `firstLine`. */
export interface TextPlace {
  readonly file: string;
  readonly firstLine?: number;
}

export const lineIn = (place: TextPlace, line: number): Place => ({
  file: place.file,
  line: (place.firstLine ?? 1) + line - 1,
});

/**
 * The documents of a text. In resources Kustomize takes `yes` for a text, in its own files for a boolean. Throws
 * KustomizeError.
 */
export function readYaml(text: string, place: TextPlace, booleans: '1.1' | '1.2' = '1.1'): YamlDocument[] {
  try {
    return parseYaml(text, { booleans });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new KustomizeError(yamlReason(error, text), lineIn(place, error.line));
  }
}

/**
 * The objects of a text, those within Lists last. Throws KustomizeError when one is none: Kustomize wants kind and
 * metadata.name of each.
 */
export function readResources(
  text: string,
  place: TextPlace,
  budget: CopyBudget,
  isPatch = false,
): Resource[] {
  const hasAliases = /&\S[\s\S]*\*\S/.test(text);
  const found = readYaml(text, place, '1.2').map((document) => ({
    value: document.value,
    path: [] as Path,
    document,
  }));
  const out: Resource[] = [];
  for (let i = 0; i < found.length; i++) {
    const next = found[i];
    if (next === undefined || isEmptyValue(next.value)) continue;
    const { value, path, document } = next;
    const line = path.length === 0 ? document.line : document.positionOf(path).line;
    const where = lineIn(place, line);
    if (!isObject(value))
      throw new KustomizeError(
        'not a Kubernetes object: a mapping with apiVersion, kind and metadata is expected',
        where,
      );
    checkObject(value, where);
    const items = String(value.kind).endsWith('List') ? getOwn(value, 'items') : undefined;
    if (items === null) continue;
    if (items !== undefined) {
      if (!Array.isArray(items))
        throw new KustomizeError(`expected array in ${value.kind}/items`, where, { field: 'items' });
      for (const [index, item] of items.entries())
        found.push({ value: item, path: [...path, 'items', index], document });
      continue;
    }
    // Aliases share what they stand for: each object gets its own.
    if (hasAliases) at(where, '', () => budget.takeValue(value));
    const object = deepClone(value);
    takeTextsAsWritten(object, document, path, isPatch);
    const layer = locateIn(object, (at) => lineIn(place, document.positionOf([...path, ...at]).line));
    out.push(new Resource(deepClone(object), where, layer));
  }
  return out;
}

const isEmptyValue = (value: unknown): boolean =>
  isMissing(value) || (typeof value === 'object' && Object.keys(value as object).length === 0);

function checkObject(value: JsonObject, place: Place): void {
  const { kind } = value;
  if (!isScalar(kind) || kind === '')
    throw new KustomizeError('Required value: not a Kubernetes object without it', place, { field: 'kind' });
  if (String(kind).endsWith('List')) return;
  const metadata = getOwn(value, 'metadata');
  const name = isObject(metadata) ? getOwn(metadata, 'name') : undefined;
  if (!isScalar(name) || name === '')
    throw new KustomizeError('Required value', place, { field: 'metadata.name', object: String(kind) });
}

/** Annotations are texts, whatever they look like: `1.10` stays `1.10`. In a patch null removes one. */
function takeTextsAsWritten(object: JsonObject, document: YamlDocument, path: Path, isPatch: boolean): void {
  const metadata = getOwn(object, 'metadata');
  const annotations = isObject(metadata) ? getOwn(metadata, 'annotations') : undefined;
  if (!isObject(annotations)) return;
  for (const [key, value] of Object.entries(annotations)) {
    if (typeof value === 'string' || (typeof value === 'object' && (value !== null || isPatch))) continue;
    setOwn(
      annotations,
      key,
      document.textOf([...path, 'metadata', 'annotations', key]) ?? String(value ?? ''),
    );
  }
}
