import { type CompiledKind, compileKind } from '@gantry/api/compile';
import { fromStorage, toStorage } from '@gantry/api/conversion';
import type { KindDefinition } from '@gantry/api/kind';
import { type AnyObject, formatGroupVersion } from '@gantry/machinery/object';
import type { GroupResource } from '@gantry/machinery/status';
import { qualified } from '@gantry/machinery/status';
import type { ResourceKey } from '@gantry/store/port';
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
  /** Both return a new object. Identity when the kind is the stored one. */
  fromStorage(object: AnyObject): AnyObject;
  toStorage(object: AnyObject): AnyObject;
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

/** Every served resource, by the names that requests and objects use. */
export class ResourceTable {
  readonly #byPath = new Map<string, ApiResource>();
  readonly #byKind = new Map<string, ApiResource>();
  readonly #byStorage = new Map<ResourceKey, ApiResource>();
  readonly all: readonly ApiResource[];

  constructor(kinds: readonly KindDefinition[], hooks: Readonly<Record<ResourceKey, ResourceHooks>>) {
    const stored = new Map(
      kinds.filter((kind) => kind.storage === undefined).map((kind) => [storageKeyOf(kind), kind]),
    );
    this.all = kinds.map((kind) => {
      const storage = storageKeyOf(kind);
      return makeResource(kind, stored.get(storage) ?? kind, storage, hooks[storage] ?? {});
    });
    for (const resource of this.all) {
      const { group, version, plural, kind } = resource.kind;
      this.#byPath.set(`${group}/${version}/${plural}`, resource);
      this.#byKind.set(`${group}/${version}/${kind}`, resource);
      if (!resource.converted) this.#byStorage.set(resource.storage, resource);
    }
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
    return this.all.some((resource) => resource.kind.group === group && resource.kind.version === version);
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
    fromStorage: converted ? (object) => fromStorage(kind, object) : same,
    toStorage: converted ? (object) => toStorage(kind, object) : same,
    hooks,
    virtual: !verbs.has('get') && !verbs.has('list'),
    verbs,
  };
}
