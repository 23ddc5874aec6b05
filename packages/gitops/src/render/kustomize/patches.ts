import { deepClone, isObject, type JsonObject } from '@gantry/machinery/json';
import { applyJsonPatch, type JsonPatchOperation } from '@gantry/machinery/json-patch';
import { isStatusError } from '@gantry/machinery/status';
import { parseYaml, type YamlDocument, YamlError } from '@gantry/machinery/yaml';
import { yamlReason } from '../yaml-reason.ts';
import { formatId } from './gvk.ts';
import type { Patch, Target } from './kustomization.ts';
import { lineIn, readResources, type TextPlace } from './load-resources.ts';
import type { Schemas } from './merge-schema.ts';
import { at, KustomizeError, StepError } from './problem.ts';
import { Resource } from './resource.ts';
import type { ResourceSet } from './resource-set.ts';
import { TargetTest } from './selector.ts';
import { strategicMerge } from './strategic-merge.ts';
import { placeOf, valueAt, Writes } from './written-by.ts';

/** The text of a patch and where it stands. */
export interface PatchText {
  readonly text: string;
  readonly place: TextPlace;
}

interface Operations {
  readonly list: readonly JsonPatchOperation[];
  readonly document: YamlDocument;
}

/** Applies one entry of `patches`. Throws StepError and KustomizeError. */
export function applyPatch(set: ResourceSet, patch: Patch, source: PatchText, schemas: Schemas): void {
  const operations = readOperations(source);
  if (operations !== undefined) {
    if (patch.target === undefined) throw new StepError('must specify a target for a JSON patch');
    for (const resource of selected(set, patch.target)) {
      set.budget.takeChanges(1);
      resource.remember();
      applyOperations(set, resource, operations, source.place);
    }
    return;
  }
  const patches = readResources(source.text, source.place, set.budget, true);
  if (patches.length === 0)
    throw new StepError('the patch is neither a strategic merge patch nor a JSON patch');
  if (patch.target === undefined) {
    for (const one of patches) mergeInto(set.one(one.id), one, patch.options ?? {}, schemas);
    set.dropEmpty();
    return;
  }
  const [one] = patches;
  if (one === undefined || patches.length > 1)
    throw new StepError("several strategic merge patches in one entry can't have a target");
  for (const resource of selected(set, patch.target)) {
    set.budget.takeChanges(1);
    set.budget.takeValue(one.object);
    mergeInto(resource, forTarget(one, resource), patch.options ?? {}, schemas);
  }
  set.dropEmpty();
}

/** Applies one entry of `patchesStrategicMerge`, which names its objects itself. */
export function applyMergePatches(set: ResourceSet, source: PatchText, schemas: Schemas): void {
  for (const patch of readResources(source.text, source.place, set.budget, true))
    mergeInto(set.one(patch.id), forTarget(patch, patch), {}, schemas);
  set.dropEmpty();
}

/** Applies one entry of `patchesJson6902`. */
export function applyJson6902(set: ResourceSet, target: Target | undefined, source: PatchText): void {
  if (target?.name === undefined || target.name === '') throw new StepError('must specify the target name');
  const operations = readOperations(source);
  if (operations === undefined || operations.list.length === 0)
    throw new StepError('the patch is no list of JSON patch operations');
  for (const resource of selected(set, target)) applyOperations(set, resource, operations, source.place);
}

function selected(set: ResourceSet, target: Target): Resource[] {
  const test = new TargetTest(target);
  return set.list.filter((resource) => test.resource(resource));
}

/** A patch for a target is read as one for the target's kind; its labels and annotations become texts. */
function forTarget(patch: Resource, target: Resource): Resource {
  const object = deepClone(patch.object);
  object.apiVersion = target.apiVersion;
  const { metadata } = object;
  if (isObject(metadata))
    for (const field of ['labels', 'annotations']) {
      const map = metadata[field];
      if (!isObject(map)) continue;
      if (Object.keys(map).length === 0) delete metadata[field];
      // A null is the text "null" to Kustomize, in a patch with a target.
      for (const [key, value] of Object.entries(map))
        map[key] = typeof value === 'string' ? value : String(value);
    }
  return new Resource(object, patch.place, patch.layer);
}

function mergeInto(
  resource: Resource,
  patch: Resource,
  options: NonNullable<Patch['options']>,
  schemas: Schemas,
): void {
  const { id, name, kind, namespace, title } = resource;
  if (options.allowNameChange === true || options.allowKindChange === true) resource.remember();
  let merged: JsonObject | undefined;
  try {
    merged = strategicMerge(resource.object, deepClone(patch.object), schemas(id));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const place = placeOf([patch.layer], patch.object, error.path, patch.place);
    const reason = kind === 'Secret' ? error.message.replace(/ \(.*\)/, '') : error.message;
    throw new KustomizeError(reason, place, { object: title });
  }
  resource.object = merged ?? {};
  if (merged === undefined) return;
  if (options.allowKindChange !== true) resource.object.kind = kind;
  if (options.allowNameChange !== true) resource.setName(name);
  resource.setNamespace(namespace);
  resource.layers.push(...patch.layers);
}

/** Undefined for what is no list of operations. */
function readOperations(source: PatchText): Operations | undefined {
  let documents: YamlDocument[];
  try {
    documents = parseYaml(source.text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const reason = yamlReason(error, source.text);
    throw new KustomizeError(reason, lineIn(source.place, error.line));
  }
  const [document] = documents;
  if (document === undefined || !Array.isArray(document.value)) return undefined;
  return { list: document.value as JsonPatchOperation[], document };
}

function applyOperations(
  set: ResourceSet,
  resource: Resource,
  { list, document }: Operations,
  place: TextPlace,
): void {
  const writes = new Writes();
  const marked = withPlaceForAnnotations(resource);
  for (const [index, operation] of list.entries()) {
    const where = lineIn(place, document.positionOf([index]).line);
    at(where, 'patch', () => {
      set.budget.takeChanges(1);
      set.budget.takeValue(copiedBy(resource.object, operation));
    });
    try {
      resource.object = applyJsonPatch(resource.object, [operation]) as JsonObject;
    } catch (error) {
      if (!isStatusError(error)) throw error;
      const { cause } = error;
      throw new KustomizeError(
        `${operation?.op ?? 'operation'} ${operation?.path ?? ''}: ${cause instanceof Error ? cause.message : error.message}`,
        where,
        { object: resource.title },
      );
    }
    if (!isObject(resource.object))
      throw new KustomizeError('the patch leaves no object', where, {
        object: formatId(resource.originalId),
      });
    if (takesAnnotations(operation)) forgetOrigin(resource);
    if (typeof operation.path !== 'string' || operation.op === 'remove' || operation.op === 'test') continue;
    const path = writtenPath(resource.object, operation.path);
    writes.addTree(path, operation.value, (at) =>
      lineIn(place, document.positionOf([index, 'value', ...at]).line),
    );
  }
  if (marked) dropEmptyAnnotations(resource);
  resource.layers.push(writes.layer);
}

/** An operation on the annotations as a whole takes those away in which Kustomize notes where an object comes from. */
const takesAnnotations = ({ op, path }: JsonPatchOperation): boolean =>
  op !== 'test' && (path === '/metadata/annotations' || path === '/metadata');

function forgetOrigin(resource: Resource): void {
  resource.origin = undefined;
  resource.transformations = [];
}

/** What an operation adds to the object; each is applied by itself, so the limit of one patch doesn't add up. */
function copiedBy(object: JsonObject, operation: JsonPatchOperation): unknown {
  if (operation?.op !== 'copy' || typeof operation.from !== 'string') return operation?.value;
  const steps = operation.from.split('/').slice(1);
  return valueAt(
    object,
    steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
  );
}

/** Steps of a JSON pointer; `-` is what is now the last element. */
function writtenPath(object: JsonObject, pointer: string): string[] {
  let node: unknown = object;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const own = step === '-' && Array.isArray(node) ? String(node.length - 1) : step;
      node = valueAt(node, [own]);
      return own;
    });
}

/**
 * Kustomize keeps notes of an object's past in its annotations: with such notes a patch can add the first annotation,
 * although nobody wrote any.
 */
function withPlaceForAnnotations(resource: Resource): boolean {
  const { previous, prefixes, suffixes, needsHash, behavior } = resource;
  const isNoted =
    previous.length + prefixes.length + suffixes.length > 0 || needsHash || behavior !== undefined;
  const metadata = resource.metadata();
  if (!isNoted || isObject(metadata.annotations)) return false;
  metadata.annotations = {};
  return true;
}

function dropEmptyAnnotations(resource: Resource): void {
  const { metadata } = resource.object;
  if (isObject(metadata) && isObject(metadata.annotations) && Object.keys(metadata.annotations).length === 0)
    delete metadata.annotations;
}
