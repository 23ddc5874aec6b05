import { getOwn, isObject, type JsonObject } from '@gantry/machinery/json';
import { effectiveNamespace, gvkOf, type ObjectId } from './gvk.ts';
import { setField, textOf } from './json-tree.ts';
import type { Place } from './problem.ts';

export type Path = readonly (string | number)[];

/** Tells where a field's value is written, when this layer wrote it. */
export type Layer = (path: Path, root: JsonObject) => Place | undefined;

export type Behavior = 'create' | 'replace' | 'merge';

/** One object on its way through the kustomizations, with what must be known of its past. */
export class Resource {
  object: JsonObject;
  /** Where it came from: the manifest, or the generator's entry. */
  readonly place: Place;
  /** Who wrote what; the later wins. */
  readonly layers: Layer[];
  /** The first of them: its manifest. */
  readonly layer: Layer;
  /** What it was called before each change of its name, namespace or kind; the oldest first. */
  previous: Omit<ObjectId, 'group' | 'version'>[] = [];
  prefixes: string[] = [];
  suffixes: string[] = [];
  /** Vars that read from it. */
  varNames: string[] = [];
  needsHash = false;
  behavior: Behavior | undefined;
  /** Annotations of buildMetadata. */
  origin: Record<string, unknown> | undefined;
  transformations: Record<string, unknown>[] = [];

  constructor(object: JsonObject, place: Place, layer: Layer) {
    this.object = object;
    this.place = place;
    this.layers = [layer];
    this.layer = layer;
  }

  get apiVersion(): string {
    return textOf(getOwn(this.object, 'apiVersion'));
  }

  get kind(): string {
    return textOf(getOwn(this.object, 'kind'));
  }

  get name(): string {
    return textOf(this.#metadata('name'));
  }

  get namespace(): string {
    return textOf(this.#metadata('namespace'));
  }

  /** `Deployment/web` */
  get title(): string {
    return `${this.kind}/${this.name}`;
  }

  get id(): ObjectId {
    return { ...gvkOf(this.apiVersion, this.kind), name: this.name, namespace: this.namespace };
  }

  get previousIds(): ObjectId[] {
    return this.previous.map((id) => ({
      ...gvkOf(this.apiVersion, id.kind),
      name: id.name,
      namespace: id.namespace,
    }));
  }

  /** Present and past ones. */
  get allIds(): ObjectId[] {
    return [...this.previousIds, this.id];
  }

  get originalId(): ObjectId {
    return this.previousIds[0] ?? this.id;
  }

  get isEmpty(): boolean {
    return Object.keys(this.object).length === 0;
  }

  /** Called before its name, namespace or kind changes. */
  remember(): void {
    const { id } = this;
    const now = { kind: id.kind, name: id.name, namespace: effectiveNamespace(id) };
    const last = this.previous.at(-1);
    if (last?.kind !== now.kind || last.name !== now.name || last.namespace !== now.namespace)
      this.previous.push(now);
  }

  /** Labels or annotations, as texts. */
  texts(field: 'labels' | 'annotations'): Record<string, string> {
    const map = this.#metadata(field);
    if (!isObject(map)) return {};
    return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, textOf(value)]));
  }

  /** An empty map removes the field. */
  setTexts(field: 'labels' | 'annotations', map: Readonly<Record<string, string>>): void {
    const metadata = this.metadata();
    if (Object.keys(map).length === 0) delete metadata[field];
    else metadata[field] = { ...map };
  }

  setName(name: string): void {
    setField(this.metadata(), 'name', name);
  }

  setNamespace(namespace: string): void {
    const metadata = this.metadata();
    if (namespace === '') delete metadata.namespace;
    else metadata.namespace = namespace;
  }

  /** The metadata, made when it isn't there. */
  metadata(): JsonObject {
    const found = getOwn(this.object, 'metadata');
    if (isObject(found)) return found;
    const made: JsonObject = {};
    this.object.metadata = made;
    return made;
  }

  #metadata(field: string): unknown {
    const metadata = getOwn(this.object, 'metadata');
    return isObject(metadata) ? getOwn(metadata, field) : undefined;
  }
}
