import { isObject } from '@gantry/machinery/json';
import type { CopyBudget } from './copy-budget.ts';
import { formatId, type ObjectId, sameId } from './gvk.ts';
import { textOf } from './json-tree.ts';
import { StepError } from './problem.ts';
import type { Resource } from './resource.ts';

/** The objects of a kustomization in their order; of each id there is one. */
export class ResourceSet {
  #list: Resource[] = [];

  /** Of the whole build. */
  readonly budget: CopyBudget;

  constructor(budget: CopyBudget) {
    this.budget = budget;
  }

  get list(): readonly Resource[] {
    return this.#list;
  }

  /** Throws StepError when there is one of its id already. */
  append(resource: Resource): void {
    const { id } = resource;
    const twin = this.#byName(id.name).find((known) => sameId(known.id, id));
    if (twin !== undefined) {
      throw new StepError(
        `may not add resource with an already registered id: ${formatId(id)}: it stands at ${twin.place.file}:${twin.place.line}`,
      );
    }
    this.#list.push(resource);
    const known = this.#index?.get(id.name);
    if (known === undefined) this.#index?.set(id.name, [resource]);
    else known.push(resource);
  }

  /** What a generator made: new, or over one that is there, as its behavior says. */
  absorb(resource: Resource): void {
    const { id, behavior } = resource;
    const matches = this.withAnyId(id);
    if (matches.length > 1)
      throw new StepError(`${matches.length} objects could be the one that ${formatId(id)} is merged into`);
    const [old] = matches;
    if (old === undefined) {
      if (behavior === 'merge' || behavior === 'replace')
        throw new StepError(`${formatId(id)} does not exist; cannot merge or replace`);
      this.append(resource);
      return;
    }
    if (behavior !== 'merge' && behavior !== 'replace')
      throw new StepError(
        `${formatId(id)} exists at ${old.place.file}:${old.place.line}; behavior must be merge or replace`,
      );
    takeOver(resource, old);
    if (behavior === 'merge') {
      this.budget.takeValue([old.object.data, old.object.binaryData]);
      mergeData(resource, old);
    }
    this.#list[this.#list.indexOf(old)] = resource;
    this.renamed();
  }

  /** Those whose present or past id this is. */
  withAnyId(id: ObjectId): Resource[] {
    return this.#list.filter((resource) => resource.allIds.some((known) => sameId(known, id)));
  }

  /** Throws StepError unless there is exactly one. */
  one(id: ObjectId): Resource {
    const matches = this.withAnyId(id);
    const [match] = matches;
    if (match !== undefined && matches.length === 1) return match;
    throw new StepError(
      `${matches.length > 1 ? 'multiple' : 'no'} matches for Id ${formatId(id)}; failed to find unique target for patch ${formatId(id)}`,
    );
  }

  replaceAll(list: readonly Resource[]): void {
    this.#list = [...list];
    this.renamed();
  }

  dropEmpty(): void {
    if (this.#list.some((resource) => resource.isEmpty))
      this.replaceAll(this.#list.filter((resource) => !resource.isEmpty));
  }

  #index: Map<string, Resource[]> | undefined;

  /** Names have changed: what was known by name is found anew. */
  renamed(): void {
    this.#index = undefined;
  }

  #byName(name: string): readonly Resource[] {
    if (this.#index === undefined) {
      this.#index = new Map();
      for (const resource of this.#list) {
        const known = this.#index.get(resource.name);
        if (known === undefined) this.#index.set(resource.name, [resource]);
        else known.push(resource);
      }
    }
    return this.#index.get(name) ?? [];
  }
}

/** Name, namespace, past, labels and annotations of the old object; the new one's own labels and annotations win. */
function takeOver(resource: Resource, old: Resource): void {
  resource.setTexts('labels', { ...old.texts('labels'), ...resource.texts('labels') });
  resource.setTexts('annotations', { ...old.texts('annotations'), ...resource.texts('annotations') });
  resource.setName(old.name);
  resource.setNamespace(old.namespace);
  resource.previous = [...old.previous];
  resource.prefixes = [...old.prefixes];
  resource.suffixes = [...old.suffixes];
  resource.varNames = [...old.varNames];
  resource.needsHash = resource.needsHash && old.needsHash;
  resource.behavior = old.behavior;
}

function mergeData(resource: Resource, old: Resource): void {
  for (const field of ['data', 'binaryData']) {
    const merged = { ...textsOf(old.object[field]), ...textsOf(resource.object[field]) };
    if (Object.keys(merged).length > 0) resource.object[field] = merged;
  }
  resource.layers.unshift(...old.layers);
  if (old.origin !== undefined) resource.origin = old.origin;
}

/** What is merged becomes text. */
const textsOf = (map: unknown): Record<string, string> =>
  isObject(map) ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, textOf(value)])) : {};
