import { type CompiledKind, compileKind } from '@gantry/api/compile';
import { fromStorage, toStorage } from '@gantry/api/conversion';
import type { KindDefinition } from '@gantry/api/kind';
import type { NullFields } from '@gantry/api/schema/null-fields';
import { type AnyObject, formatGroupVersion } from '@gantry/machinery/object';
import type { GroupResource } from '@gantry/machinery/status';
import { qualified } from '@gantry/machinery/status';
import type { ResourceKey } from '@gantry/store/port';
import type { Entry } from '../cache/entry.ts';
import type { EquivalentForms } from '../request.ts';
import { equivalentForms } from './forms.ts';
import type { ResourceHooks } from './hooks.ts';

/** A served resource: its kind, how it is stored, and what is special about it. */
export interface ApiResource {
  readonly kind: KindDefinition;
  readonly compiled: CompiledKind;
  readonly gr: GroupResource;
  readonly apiVersion: string;
  readonly storage: ResourceKey;
  /** The kind in which rows are written; `kind` itself unless two kinds share rows. */
  readonly storageKind: KindDefinition;
  readonly storageApiVersion: string;
  readonly converted: boolean;
  /** Of the stored kind: fields that are null in the store when nobody set them. */
  readonly storedNulls?: NullFields;
  /** Both return a new object. Identity when the kind is the stored one. */
  fromStorage(object: AnyObject): AnyObject;
  /** A promise only where `prepare` is there. */
  toStorage(object: AnyObject): AnyObject | Promise<AnyObject>;
  /** An entry in the served version; read-only. */
  view(entry: Entry): AnyObject;
  /** Another state of an entry's object that differs in its metadata only, in the served version. */
  viewAs(stored: AnyObject, entry: Entry): AnyObject;
  /** Of custom resources: JSON bytes of an entry in the served version. */
  bytes?(entry: Entry): Buffer;
  /** Where versions are converted by a webhook: must have resolved before entries are read. Rejects when it fails. */
  prepare?(entries: readonly Entry[]): Promise<void>;
  /** Part of the name under which rendered forms are kept; changes with the definition of a custom resource. */
  readonly tag: string;
  /** Told to whoever uses a deprecated version. */
  readonly deprecation?: string;
  /** Not in discovery (yet). */
  readonly hidden?: boolean;
  /** Of custom resources: no objects may be created, since the definition is going. */
  readonly terminating?: boolean;
  /** Absent when rows are served in this form only. */
  readonly forms?: EquivalentForms;
  readonly hooks: ResourceHooks;
  /** Reviews and the like: never stored. */
  readonly virtual: boolean;
  readonly verbs: ReadonlySet<string>;
}

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export const storageKeyOf = (kind: KindDefinition): ResourceKey => {
  const { group, plural } = kind.storage ?? kind;
  return qualified({ group, resource: plural });
};

/** The versions of one definition: those that are served, and the one in which rows are written. */
export interface CustomResources {
  readonly served: readonly ApiResource[];
  readonly stored: ApiResource;
}

type TableListener = (before: CustomResources | undefined, now: CustomResources | undefined) => void;

const pathKey = ({ group, version, plural }: KindDefinition): string => `${group}/${version}/${plural}`;
const kindKey = ({ group, version, kind }: KindDefinition): string => `${group}/${version}/${kind}`;

/** Every served resource, by the names that requests and objects use. */
export class ResourceTable {
  readonly #byPath = new Map<string, ApiResource>();
  readonly #byKind = new Map<string, ApiResource>();
  readonly #byStorage = new Map<ResourceKey, ApiResource>();
  readonly #builtin: readonly ApiResource[];
  readonly #custom = new Map<string, CustomResources>();
  readonly #listeners = new Set<TableListener>();
  #all: readonly ApiResource[];

  constructor(kinds: readonly KindDefinition[], hooks: Readonly<Record<ResourceKey, ResourceHooks>>) {
    const stored = new Map(
      kinds.filter((kind) => kind.storage === undefined).map((kind) => [storageKeyOf(kind), kind]),
    );
    const forms = equivalentForms(kinds.map((kind) => ({ kind, storage: storageKeyOf(kind) })));
    this.#builtin = kinds.map((kind) => {
      const storage = storageKeyOf(kind);
      const made = makeResource(kind, stored.get(storage) ?? kind, storage, hooks[storage] ?? {});
      const shared = forms.get(storage);
      return shared === undefined ? made : { ...made, forms: shared };
    });
    this.#all = this.#builtin;
    for (const resource of this.#builtin) {
      this.#byPath.set(pathKey(resource.kind), resource);
      this.#byKind.set(kindKey(resource.kind), resource);
      if (!resource.converted) this.#byStorage.set(resource.storage, resource);
    }
  }

  /** Built-in ones first, then those of definitions. */
  get all(): readonly ApiResource[] {
    return this.#all;
  }

  /** What the definition of this name brings from now on; undefined: nothing. Built-in resources stay before it. */
  setCustom(definition: string, next: CustomResources | undefined): void {
    const before = this.#custom.get(definition);
    if (before === undefined && next === undefined) return;
    if (before !== undefined) this.#remove(before);
    if (next === undefined) this.#custom.delete(definition);
    else {
      this.#custom.set(definition, next);
      this.#add(next);
    }
    this.#all = this.#builtin.concat([...this.#custom.values()].flatMap(({ served }) => served));
    for (const listener of this.#listeners) listener(before, next);
  }

  /** Of the resources that discovery shows. */
  kinds(): readonly KindDefinition[] {
    return this.#all.flatMap(({ kind, hidden }) => (hidden === true ? [] : [kind]));
  }

  /** Called after each change of custom resources. */
  onChange(listener: TableListener): void {
    this.#listeners.add(listener);
  }

  #add({ served, stored }: CustomResources): void {
    for (const resource of served) {
      const [path, kind] = [pathKey(resource.kind), kindKey(resource.kind)];
      if (!this.#byPath.has(path)) this.#byPath.set(path, resource);
      if (!this.#byKind.has(kind)) this.#byKind.set(kind, resource);
    }
    if (!this.#byStorage.has(stored.storage)) this.#byStorage.set(stored.storage, stored);
  }

  #remove({ served, stored }: CustomResources): void {
    for (const resource of served) {
      const [path, kind] = [pathKey(resource.kind), kindKey(resource.kind)];
      if (this.#byPath.get(path) === resource) this.#byPath.delete(path);
      if (this.#byKind.get(kind) === resource) this.#byKind.delete(kind);
    }
    if (this.#byStorage.get(stored.storage) === stored) this.#byStorage.delete(stored.storage);
  }

  find(group: string, version: string, plural: string): ApiResource | undefined {
    return this.#byPath.get(`${group}/${version}/${plural}`);
  }

  findKind(group: string, version: string, kind: string): ApiResource | undefined {
    return this.#byKind.get(`${group}/${version}/${kind}`);
  }

  ofStorage(key: ResourceKey): ApiResource | undefined {
    return this.#byStorage.get(key);
  }

  of(kind: KindDefinition): ApiResource {
    const resource = this.find(kind.group, kind.version, kind.plural);
    if (resource === undefined)
      throw new Error(`kind ${kind.group}/${kind.version} ${kind.kind} is not served`);
    return resource;
  }

  hasGroupVersion(group: string, version: string): boolean {
    return this.#all.some((resource) => resource.kind.group === group && resource.kind.version === version);
  }
}

function makeResource(
  kind: KindDefinition,
  storageKind: KindDefinition,
  storage: ResourceKey,
  hooks: ResourceHooks,
): ApiResource {
  const verbs = new Set(kind.verbs ?? ALL_VERBS);
  const converted = kind !== storageKind;
  const { nulls } = compileKind(storageKind);
  const same = (object: AnyObject): AnyObject => object;
  return {
    kind,
    compiled: compileKind(kind),
    gr: { group: kind.group, resource: kind.plural },
    apiVersion: formatGroupVersion(kind.group, kind.version),
    storage,
    storageKind,
    storageApiVersion: formatGroupVersion(storageKind.group, storageKind.version),
    converted,
    ...(nulls === undefined ? {} : { storedNulls: nulls }),
    fromStorage: converted ? (object) => fromStorage(kind, object) : same,
    toStorage: converted ? (object) => toStorage(kind, object) : same,
    view: converted ? ({ object }) => fromStorage(kind, object) : ({ object }) => object,
    viewAs: converted ? (object) => fromStorage(kind, object) : same,
    tag: '',
    ...(kind.deprecation === undefined ? {} : { deprecation: kind.deprecation }),
    hooks,
    virtual: !verbs.has('get') && !verbs.has('list'),
    verbs,
  };
}
