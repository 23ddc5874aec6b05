import type { AnyObject } from '@gantry/machinery/object';
import { parseYaml, type YamlDocument, YamlError } from '@gantry/machinery/yaml';
import { suffixed } from '../plan/suffixed.ts';
import { hookOf } from '../sync/waves/annotations.ts';
import type { ManifestFile } from './files.ts';
import type { SourceObject, SourceProblem } from './source-object.ts';
import { yamlReason } from './yaml-reason.ts';

export interface ParsedManifest {
  readonly objects: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
}

/** The objects of one file: several documents, and the items of a List. Empty documents are passed over. */
export function parseManifest(file: ManifestFile): ParsedManifest {
  const objects: SourceObject[] = [];
  const problems: SourceProblem[] = [];
  try {
    for (const document of parseYaml(file.text)) {
      if (document.value === null || document.value === undefined) continue;
      readDocument(file.path, document, objects, problems);
    }
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    problems.push({
      file: file.path,
      line: error.line,
      reason: yamlReason(error, file.text),
    });
  }
  return { objects, problems };
}

function readDocument(
  file: string,
  document: YamlDocument,
  objects: SourceObject[],
  problems: SourceProblem[],
): void {
  const { value } = document;
  if (
    isRecord(value) &&
    typeof value.kind === 'string' &&
    value.kind.endsWith('List') &&
    Array.isArray(value.items)
  ) {
    for (const [index, item] of value.items.entries())
      add(file, document, item, ['items', index], objects, problems);
    return;
  }
  add(file, document, value, [], objects, problems);
}

function add(
  file: string,
  document: YamlDocument,
  value: unknown,
  prefix: readonly (string | number)[],
  objects: SourceObject[],
  problems: SourceProblem[],
): void {
  const line = prefix.length === 0 ? document.line : document.positionOf(prefix).line;
  nameHook(value, `${file}:${line}`);
  const problem = whyNoObject(value);
  if (problem !== undefined) {
    problems.push({ file, line, ...problem });
    return;
  }
  objects.push({
    object: value as AnyObject,
    file,
    line,
    positionOf: (path) => document.positionOf([...prefix, ...path]),
  });
}

/** A hook may have generateName: each run of a sync makes it anew. `place` tells those of one name apart. */
function nameHook(value: unknown, place: string): void {
  if (!isRecord(value) || !isRecord(value.metadata)) return;
  const { metadata } = value;
  if (metadata.name !== undefined || typeof metadata.generateName !== 'string') return;
  if (isRecord(metadata.annotations) && hookOf(value as unknown as AnyObject) !== undefined)
    metadata.name = suffixed(metadata.generateName, place);
}

function whyNoObject(value: unknown): Pick<SourceProblem, 'object' | 'field' | 'reason'> | undefined {
  if (!isRecord(value))
    return { reason: 'not a Kubernetes object: a mapping with apiVersion, kind and metadata is expected' };
  for (const field of ['apiVersion', 'kind']) {
    if (typeof value[field] !== 'string' || value[field] === '')
      return { field, reason: 'Required value: not a Kubernetes object without it' };
  }
  const object = value.kind as string;
  if (!isRecord(value.metadata)) return { object, field: 'metadata.name', reason: 'Required value' };
  const { name, namespace, generateName } = value.metadata;
  for (const [field, text] of Object.entries({ name, namespace })) {
    if (text === undefined || text === null || typeof text === 'string') continue;
    return {
      object,
      field: `metadata.${field}`,
      reason: `Invalid value: ${JSON.stringify(text)}: must be a string: put it in quotes`,
    };
  }
  if (typeof name !== 'string' || name === '') {
    const hint = generateName === undefined ? '' : ': generateName would make a new object on each sync';
    return { object, field: 'metadata.name', reason: `Required value${hint}` };
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
