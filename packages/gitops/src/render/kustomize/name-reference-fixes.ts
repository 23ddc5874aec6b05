import { getOwn, isObject } from '@gantry/machinery/json';
import { type Field, type FieldSpec, visitFields } from './field-spec.ts';
import {
  effectiveNamespace,
  type Gvk,
  isClusterScoped,
  isSelected,
  type ObjectId,
  sameNamespace,
} from './gvk.ts';
import { isMissing, isScalar, textOf } from './json-tree.ts';
import { StepError } from './problem.ts';
import type { Resource } from './resource.ts';
import type { ResourceSet } from './resource-set.ts';
import type { NameReference } from './transform-config.ts';

interface Referring {
  readonly kind: Gvk;
  /** Without a kind: the object's is known by then. */
  readonly spec: FieldSpec;
  readonly target: Gvk;
}

const SLICE = 100;

/**
 * Fields that hold the name of an object that is called otherwise now get its new name. `breathe` is called now and then.
 * Throws StepError.
 */
export async function fixNameReferences(
  set: ResourceSet,
  references: readonly NameReference[],
  breathe: () => Promise<void>,
): Promise<void> {
  const candidates = new Candidates(set);
  const byKind = new Map<string, Referring[]>();
  for (const target of references)
    for (const { path, create, ...kind } of target.referrers) {
      const one = { kind, target, spec: { path, create, group: '', version: '', kind: '' } };
      byKind.set(kind.kind, [...(byKind.get(kind.kind) ?? []), one]);
    }
  for (const [index, resource] of set.list.entries()) {
    if (index % SLICE === 0) await breathe();
    const { originalId } = resource;
    for (const { kind, spec, target } of [
      ...(byKind.get(originalId.kind) ?? []),
      ...(byKind.get('') ?? []),
    ]) {
      if (!isSelected(originalId, kind)) continue;
      const referrer = new Referrer(resource, spec.path, target, candidates);
      visitFields(resource, spec, undefined, (field) => referrer.fix(field));
    }
  }
}

/** Renamed objects by the names that they had. */
class Candidates {
  readonly #byName = new Map<string, Resource[]>();
  readonly #byNamespace = new Map<string, Resource[]>();

  constructor(set: ResourceSet) {
    for (const resource of set.list) {
      const namespace = effectiveNamespace(resource.originalId);
      const inIt = this.#byNamespace.get(namespace);
      if (inIt === undefined) this.#byNamespace.set(namespace, [resource]);
      else inIt.push(resource);
      for (const name of new Set(resource.previous.map((id) => id.name))) {
        const known = this.#byName.get(name);
        if (known === undefined) this.#byName.set(name, [resource]);
        else known.push(resource);
      }
    }
  }

  inOriginalNamespace(namespace: string): readonly Resource[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  named(name: string): readonly Resource[] {
    return this.#byName.get(name) ?? [];
  }
}

class Referrer {
  readonly #resource: Resource;
  readonly #path: string;
  readonly #target: Gvk;
  readonly #candidates: Candidates;

  constructor(resource: Resource, path: string, target: Gvk, candidates: Candidates) {
    this.#resource = resource;
    this.#path = path;
    this.#target = target;
    this.#candidates = candidates;
  }

  fix(field: Field): void {
    const value = field.get();
    if (isMissing(value)) return;
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        if (isObject(item)) this.#fixMap(item);
        else if (isScalar(item)) value[index] = this.#newName(item) ?? item;
      });
    } else if (isObject(value)) this.#fixMap(value);
    else {
      const name = this.#newName(value);
      if (name !== undefined) field.set(name);
    }
  }

  #newName(value: unknown): string | undefined {
    const old = textOf(value);
    const found = this.#select(old, this.#reachable(old), (a, b) => a.name === b.name);
    return found === undefined || found.name === old ? undefined : found.name;
  }

  /** A reference with a namespace beside the name: both are set. */
  #fixMap(map: Record<string, unknown>): void {
    if (!Object.hasOwn(map, 'name'))
      throw new StepError(`${this.#resource.title}: ${this.#path}: a reference without a name`);
    const old = textOf(map.name);
    let candidates = this.#reachable(old);
    if (Object.hasOwn(map, 'namespace')) {
      const namespace = textOf(map.namespace);
      const inIt = (idOf: (resource: Resource) => ObjectId) =>
        candidates.filter((resource) => effectiveNamespace(idOf(resource)) === namespace);
      const isOriginal = this.#candidates
        .inOriginalNamespace(namespace)
        .some((resource) => this.#canReach(resource));
      candidates = inIt((resource) => (isOriginal ? resource.originalId : resource.id));
    }
    const found = this.#select(old, candidates, (a, b) => a.name === b.name && a.namespace === b.namespace);
    if (found === undefined || (found.name === old && found.namespace === '')) return;
    map.name = found.name;
    if (found.namespace !== '') map.namespace = found.namespace;
  }

  /** What an object of this namespace can refer to at all. */
  #reachable(name: string): readonly Resource[] {
    return this.#candidates.named(name).filter((resource) => this.#canReach(resource));
  }

  #canReach(resource: Resource): boolean {
    const { id } = this.#resource;
    if (isClusterScoped(id) || isClusterScoped(resource.id) || sameNamespace(resource.id, id)) return true;
    return subjectNamespaces(this.#resource).has(resource.namespace);
  }

  #select(
    name: string,
    candidates: readonly Resource[],
    isAlike: (a: Resource, b: Resource) => boolean,
  ): Resource | undefined {
    const { id } = this.#resource;
    const role = this.#path.endsWith('roleRef/name') ? roleOf(this.#resource) : undefined;
    let left = candidates.filter(
      (resource) =>
        resource.previousIds.some((previous) => isSelected(previous, this.#target)) &&
        (role === undefined || resource.previousIds.some((previous) => isSelected(previous, role))) &&
        (isClusterScoped(id) ||
          isClusterScoped(resource.id) ||
          resource.kind === 'ServiceAccount' ||
          sameNamespace(resource.id, id)),
    );
    if (left.length === 1) return left[0];
    left = left.filter((resource) => hasSameAffixes(resource, this.#resource, true));
    if (left.length > 1) left = left.filter((resource) => hasSameAffixes(resource, this.#resource, false));
    const [first] = left;
    if (first === undefined || left.every((resource) => isAlike(resource, first))) return first;
    const places = left.map(
      (resource) => `${resource.title} (${resource.place.file}:${resource.place.line})`,
    );
    throw new StepError(
      `${this.#resource.title}: ${this.#path}: ${JSON.stringify(name)} could be any of ${places.join(', ')}`,
    );
  }
}

function roleOf(resource: Resource): Gvk | undefined {
  const role = getOwn(resource.object, 'roleRef');
  if (!isObject(role) || isMissing(role.apiGroup) || isMissing(role.kind)) return undefined;
  return { group: textOf(role.apiGroup), version: '', kind: textOf(role.kind) };
}

function subjectNamespaces(resource: Resource): ReadonlySet<string> {
  const subjects = resource.kind === 'RoleBinding' ? getOwn(resource.object, 'subjects') : undefined;
  const named = (Array.isArray(subjects) ? subjects : []).filter(
    (subject) => isObject(subject) && subject.kind === 'ServiceAccount' && isScalar(subject.namespace),
  ) as { namespace: unknown }[];
  return new Set(named.map((subject) => textOf(subject.namespace)));
}

function hasSameAffixes(a: Resource, b: Resource, orNone: boolean): boolean {
  const same = (mine: readonly string[], other: readonly string[]): boolean =>
    (orNone && (mine.length === 0 || other.length === 0)) || endAlike(mine, other);
  return same(a.prefixes, b.prefixes) && same(a.suffixes, b.suffixes);
}

/** The shorter is the end of the longer; nothing is the end of nothing alone. */
function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return long.length === 0;
  return short.every((text, index) => text === long[index + long.length - short.length]);
}
