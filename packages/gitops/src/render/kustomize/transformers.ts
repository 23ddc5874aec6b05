import { getOwn, isObject, type JsonObject } from '@gantry/machinery/json';
import { jsonSize } from '../json-size.ts';
import { type FieldSpec, fieldSpec, mergeSpecs, visitFields } from './field-spec.ts';
import { effectiveNamespace, type Gvk, isClusterScoped, isSelected, sameId } from './gvk.ts';
import { isMissing, isScalar, textOf } from './json-tree.ts';
import type { Label } from './kustomization.ts';
import { type Place, StepError } from './problem.ts';
import type { Path, Resource } from './resource.ts';
import type { ResourceSet } from './resource-set.ts';
import { setShared, share } from './shared-texts.ts';
import type { TransformConfig } from './transform-config.ts';
import { Writes } from './written-by.ts';

/** Kinds whose names are given: they keep them. */
const NAME_KEPT: readonly Gvk[] = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
];

/** Runs a change of each object; what it writes leads to `place`. */
function eachResource(
  set: ResourceSet,
  specs: readonly FieldSpec[],
  change: (resource: Resource, writes: Writes) => void,
): void {
  set.budget.checkLooks(specs.length, set.list.length);
  for (const resource of set.list) {
    const writes = new Writes();
    change(resource, writes);
    if (!writes.isEmpty) resource.layers.push(writes.layer);
  }
}

/** `namePrefix` and `nameSuffix`. */
export function affixNames(
  set: ResourceSet,
  affix: string,
  end: 'prefix' | 'suffix',
  specs: readonly FieldSpec[],
  place: Place,
): void {
  eachResource(set, specs, (resource, writes) => {
    const { originalId } = resource;
    if (NAME_KEPT.some((kept) => isSelected(originalId, kept))) return;
    for (const spec of specs) {
      if (!isSelected(originalId, spec)) continue;
      if (spec.path === 'metadata/name') {
        resource[end === 'prefix' ? 'prefixes' : 'suffixes'].push(affix);
        resource.remember();
      }
      visitFields(resource, spec, 'scalar', (field) => {
        const name = textOf(field.get());
        const next = end === 'prefix' ? `${affix}${name}` : `${name}${affix}`;
        set.budget.takeChanges(1, next.length);
        field.set(next);
        writes.add(field.path, next, place);
      });
    }
  });
  set.renamed();
}

export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none';

export interface NamespaceOptions {
  readonly namespace: string;
  readonly specs: readonly FieldSpec[];
  readonly unsetOnly?: boolean;
  readonly subjects?: SubjectMode;
}

/** `namespace`: of the objects that have one, and of what refers to it. */
export function setNamespaces(set: ResourceSet, options: NamespaceOptions, place: Place): void {
  const { namespace, unsetOnly = false, subjects = 'defaultOnly' } = options;
  set.budget.takeChanges(set.list.length, namespace.length);
  eachResource(set, options.specs, (resource, writes) => {
    resource.remember();
    const write = (field: { path: Path; get(): unknown; set(value: unknown): void }): void => {
      if (unsetOnly && textOf(field.get()) !== '') return;
      field.set(namespace);
      writes.add(field.path, namespace, place);
    };
    if (!isClusterScoped(resource.id))
      visitFields(resource, fieldSpec({ path: 'metadata/namespace', create: true }), 'scalar', write);
    const isBinding = resource.kind === 'RoleBinding' || resource.kind === 'ClusterRoleBinding';
    if (isBinding && subjects !== 'none') setSubjects(resource, subjects, namespace, write);
    for (const spec of options.specs) {
      if (spec.path === 'metadata/namespace') continue;
      if (spec.path === 'metadata/name' && resource.apiVersion !== 'v1') continue;
      if (isBinding && spec.path === 'subjects/namespace') continue;
      visitFields(resource, spec, 'scalar', write);
    }
  });
  set.renamed();
  checkUnique(set);
}

function setSubjects(
  resource: Resource,
  mode: SubjectMode,
  namespace: string,
  write: (field: { path: Path; get(): unknown; set(value: unknown): void }) => void,
): void {
  const subjects = getOwn(resource.object, 'subjects');
  if (!Array.isArray(subjects)) return;
  subjects.forEach((subject, index) => {
    if (!isObject(subject)) return;
    const isMeant = mode === 'defaultOnly' ? subject.name === 'default' : subject.kind === 'ServiceAccount';
    if (!isMeant) return;
    write({
      path: ['subjects', index, 'namespace'],
      get: () => subject.namespace,
      set: () => {
        subject.namespace = namespace;
      },
    });
  });
}

function checkUnique(set: ResourceSet): void {
  const byName = new Map<string, Resource[]>();
  for (const resource of set.list) {
    const { id } = resource;
    const key = `${id.kind}/${id.name}/${effectiveNamespace(id)}`;
    const others = byName.get(key) ?? [];
    const twin = others.find((other) => sameId(other.id, id));
    if (twin !== undefined)
      throw new StepError(
        `the namespace makes ${resource.title} of ${resource.place.file}:${resource.place.line} and that of ${twin.place.file}:${twin.place.line} one object`,
      );
    others.push(resource);
    byName.set(key, others);
  }
}

/** Labels or annotations into the maps that the specs lead to. */
export function addTexts(
  set: ResourceSet,
  texts: Readonly<Record<string, string>>,
  specs: readonly FieldSpec[],
  placeOf: (key: string) => Place,
): void {
  const keys = Object.keys(texts).sort();
  if (keys.length === 0) return;
  const length = jsonSize(texts, Number.MAX_SAFE_INTEGER);
  eachResource(set, specs, (resource, writes) => {
    const added = new Map<string, (readonly [JsonObject, string])[]>();
    for (const spec of specs)
      visitFields(resource, spec, 'map', (field) => {
        const map = field.get();
        if (isMissing(map)) return;
        if (!isObject(map))
          throw new StepError(`expected a mapping in ${field.path.join('/')}, found ${JSON.stringify(map)}`);
        set.budget.takeChanges(1, length);
        for (const key of keys) {
          if (Object.hasOwn(map, key)) setShared(map, key, texts[key]);
          else {
            map[key] = texts[key];
            const entries = added.get(key);
            if (entries === undefined) added.set(key, [[map, key]]);
            else entries.push([map, key]);
          }
          writes.add([...field.path, key], texts[key], placeOf(key));
        }
      });
    for (const entries of added.values()) share(entries);
  });
}

const METADATA_LABELS = fieldSpec({ path: 'metadata/labels', create: true });

/** Where an entry of `labels` goes. Throws StepError. */
export function labelSpecs(label: Label, config: TransformConfig): FieldSpec[] {
  const own = mergeSpecs((label.fields ?? []).map(fieldSpec), config.labels);
  if (label.includeSelectors === true) return mergeSpecs(own, config.commonLabels);
  const templates = label.includeTemplates === true ? mergeSpecs(own, config.templateLabels) : own;
  return mergeSpecs(templates, [METADATA_LABELS]);
}

/** `replicas`: of the objects of that name, whatever they were called in between. */
export function setReplicas(
  set: ResourceSet,
  name: string,
  count: number,
  specs: readonly FieldSpec[],
  place: Place,
): void {
  let found = false;
  set.budget.checkLooks(specs.length, set.list.length);
  for (const spec of specs) {
    for (const resource of set.list) {
      if (!resource.allIds.some((id) => id.name === name && isSelected(id, spec))) continue;
      found = true;
      const writes = new Writes();
      visitFields(resource, spec, 'scalar', (field) => {
        if (!isMissing(field.get()) && !isScalar(field.get()))
          throw new StepError(`expected a number in ${field.path.join('/')}`);
        field.set(count);
        writes.add(field.path, count, place);
      });
      resource.layers.push(writes.layer);
    }
  }
  if (!found)
    throw new StepError(
      `no object is called ${JSON.stringify(name)} among ${specs.map((spec) => spec.kind).join(', ')}`,
    );
}
