import { deepClone, isObject } from '@gantry/machinery/json';
import { formatId, isSelected, type ObjectId, sameNamespace } from './gvk.ts';
import { asTypeOf, isMissing, isScalar, resolvePlain, shapeOf, splitFieldPath, textOf } from './json-tree.ts';
import type { FieldOptions, Replacement, Target } from './kustomization.ts';
import { lookUp, matchPath, type Slot } from './path-matcher.ts';
import { onObject, type Place, StepError } from './problem.ts';
import type { Resource } from './resource.ts';
import type { ResourceSet } from './resource-set.ts';
import { TargetTest } from './selector.ts';
import { setInText } from './structured-text.ts';
import { Writes } from './written-by.ts';

const DEFAULT_PATH = 'metadata.name';

/** Copies a value of one object into fields of others. Throws StepError. */
export function replace(set: ResourceSet, replacement: Replacement, place: Place): void {
  const { source, sourceValue, targets } = replacement;
  if ((source === undefined && sourceValue === undefined) || targets === undefined)
    throw new StepError('replacements must specify a source and at least one target');
  if (source !== undefined && sourceValue !== undefined)
    throw new StepError('value and resource selectors are mutually exclusive');
  const value = source === undefined ? resolvePlain(sourceValue ?? '') : sourceOf(set, source);
  for (const target of targets) applyTo(set, value, target, place);
  set.renamed();
}

function sourceOf(set: ResourceSet, source: NonNullable<Replacement['source']>): unknown {
  const wanted = idOf(source);
  const matches = set.list.filter((resource) => resource.allIds.some((id) => isMeant(id, wanted)));
  const [match] = matches;
  if (match === undefined) throw new StepError(`nothing selected by ${formatId(wanted)}`);
  if (matches.length > 1) {
    const places = matches.map((resource) => `${resource.place.file}:${resource.place.line}`);
    throw new StepError(`multiple matches for selector ${formatId(wanted)}: ${places.join(', ')}`);
  }
  const path = source.fieldPath === undefined || source.fieldPath === '' ? DEFAULT_PATH : source.fieldPath;
  const value = lookUp(match.object, splitFieldPath(path));
  if (isMissing(value) || (typeof value === 'object' && Object.keys(value as object).length === 0))
    throw new StepError(`fieldPath \`${path}\` is missing for replacement source ${match.title}`);
  return refined(value, source.options);
}

const idOf = (target: Target): ObjectId => ({
  group: target.group ?? '',
  version: target.version ?? '',
  kind: target.kind ?? '',
  name: target.name ?? '',
  namespace: target.namespace ?? '',
});

const isMeant = (id: ObjectId, wanted: ObjectId): boolean =>
  (wanted.name === '' || wanted.name === id.name) &&
  (wanted.namespace === '' || sameNamespace(wanted, id)) &&
  isSelected(id, wanted);

function refined(value: unknown, options: FieldOptions | undefined): unknown {
  const { delimiter = '', index = 0 } = options ?? {};
  if (delimiter === '') return value;
  if (!isScalar(value)) throw new StepError('delimiter option can only be used with scalar nodes');
  const parts = textOf(value).split(delimiter);
  const part = parts[index];
  if (part === undefined)
    throw new StepError(`options.index ${index} is out of bounds: the value has ${parts.length} parts`);
  return part;
}

function applyTo(
  set: ResourceSet,
  value: unknown,
  target: NonNullable<Replacement['targets']>[number],
  place: Place,
): void {
  if (target.select === undefined) throw new StepError('target must specify resources to select');
  const select = new TargetTest(target.select);
  const rejects = (target.reject ?? []).map((reject) => ({ reject, test: new TargetTest(reject) }));
  for (const resource of set.list) {
    if (!select.texts(resource) || rejects.some(({ reject, test }) => isRejected(resource, reject, test)))
      continue;
    if (!resource.allIds.some((id) => select.id(id))) continue;
    const writes = new Writes();
    const paths = (target.fieldPaths ?? []).length === 0 ? [DEFAULT_PATH] : (target.fieldPaths ?? []);
    for (const path of paths)
      onObject(resource, () =>
        copyTo(set, resource, value, path, target.options ?? {}, (slot) =>
          writes.addTree(slot.path, slot.get(), () => place),
        ),
      );
    if (!writes.isEmpty) resource.layers.push(writes.layer);
  }
}

/** By its labels or annotations, when these are asked for, or by what it is or was called. */
function isRejected(resource: Resource, reject: Target, test: TargetTest): boolean {
  const { labelSelector = '', annotationSelector = '', ...id } = reject;
  if ((labelSelector !== '' || annotationSelector !== '') && test.texts(resource)) return true;
  if (Object.values(id).every((part) => part === '')) return false;
  return resource.allIds.some((own) => test.id(own));
}

function copyTo(
  set: ResourceSet,
  resource: Resource,
  value: unknown,
  fieldPath: string,
  options: FieldOptions,
  wrote: (slot: Slot) => void,
): void {
  const path = splitFieldPath(fieldPath);
  const create = options.create === true ? shapeOf(value) : undefined;
  const root: Slot = {
    path: [],
    get: () => resource.object,
    set: (next) => {
      if (isObject(next)) resource.object = next;
    },
    isNew: false,
  };
  set.budget.takeValue(value);
  if (setInText(resource.object, value, path, create)) return;
  const slots = matchPath(root, path, create);
  if (slots.length === 0)
    throw new StepError(
      `unable to find ${create === undefined ? '' : 'or create '}field ${JSON.stringify(fieldPath)} in ${resource.title}`,
    );
  for (const slot of slots) {
    writeTo(set, slot, value, options);
    wrote(slot);
  }
}

function writeTo(set: ResourceSet, slot: Slot, value: unknown, options: FieldOptions): void {
  const before = slot.get();
  const next =
    options.delimiter === undefined || options.delimiter === '' ? value : spliced(before, value, options);
  set.budget.takeValue(next);
  if (isScalar(before) && isScalar(next)) slot.set(asTypeOf(slot.isNew ? undefined : before, next));
  else slot.set(deepClone(next));
}

function spliced(before: unknown, value: unknown, { delimiter = '', index = 0 }: FieldOptions): unknown {
  if (!isScalar(before)) throw new StepError('delimiter option can only be used with scalar nodes');
  const parts = textOf(before).split(delimiter);
  const text = textOf(value);
  if (index < 0) parts.unshift(text);
  else if (index >= parts.length) parts.push(text);
  else parts[index] = text;
  return parts.join(delimiter);
}
