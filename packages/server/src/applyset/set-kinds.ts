import type { Definition } from '@gantry/api/apiextensions/v1/definition';
import type { AnyObject } from '@gantry/machinery/object';
import { encodeBody } from '../cache/encode-body.ts';
import { Entry } from '../cache/entry.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import { DEFINITIONS } from '../crd/follower.ts';
import { settleStatus } from '../crd/status.ts';
import type { ApiResource, CustomResources, ResourceTable } from '../registry/resource.ts';
import { type PreparedWrite, RFC3339, type StateView } from '../registry/write.ts';

/** Finds the resource of an object's kind. */
export type KindTable = Pick<ResourceTable, 'findKind'>;

/** What a definition would bring if it was stored like this. */
export type Preview = (definition: Entry) => CustomResources | undefined;

const SERVED_MS = 10_000;

export const isDefinition = ({ apiVersion, kind }: { apiVersion: string; kind: string }): boolean =>
  kind === 'CustomResourceDefinition' && apiVersion === 'apiextensions.k8s.io/v1';

/** The kinds that are served once the definitions of a set are stored and their names are accepted. */
export class SetKinds implements KindTable {
  readonly #base: ResourceTable;
  readonly #preview: Preview;
  /** By the name of the definition, which is the storage name of its resource. */
  readonly #definitions = new Map<string, { settled: Definition; resources: CustomResources | undefined }>();

  constructor(base: ResourceTable, preview: Preview) {
    this.#base = base;
    this.#preview = preview;
  }

  /** Names of the definitions that are taken as planned. */
  get changed(): readonly string[] {
    return [...this.#definitions.keys()];
  }

  /** Names of those whose resources will answer requests a moment after they are stored. */
  get served(): readonly string[] {
    return [...this.#definitions].flatMap(([name, { resources }]) =>
      resources === undefined || resources.stored.hidden === true ? [] : [name],
    );
  }

  /** `state` holds the set's definitions so far, this one included. */
  add({ operation, key, uid, before, body }: PreparedWrite, state: StateView): void {
    if (operation === 'none' && this.#base.ofStorage(key.name) !== undefined) return;
    const definition = JSON.parse(body) as Definition;
    const all = state
      .list(DEFINITIONS, undefined)
      .map((object) => object as unknown as Definition)
      .map((other) => this.#definitions.get(other.metadata.name)?.settled ?? other);
    // What the controller of definitions does a moment after it is stored.
    settleStatus(definition, all, RFC3339(new Date()));
    const settled = encodeBody(definition as unknown as AnyObject);
    const entry = Entry.fromBody(key, uid, before?.revision ?? 0, settled);
    this.#definitions.set(key.name, { settled: definition, resources: this.#preview(entry) });
  }

  findKind(group: string, version: string, kind: string): ApiResource | undefined {
    const served = this.#base.findKind(group, version, kind);
    if (served !== undefined && !this.#definitions.has(served.storage)) return served;
    for (const { resources } of this.#definitions.values()) {
      const found = resources?.served.find(
        (one) => one.kind.kind === kind && one.kind.group === group && one.kind.version === version,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Resolves once the resources of these definitions answer requests, or after ten seconds. */
export async function untilServed(
  cache: WatchCache,
  table: ResourceTable,
  names: readonly string[],
): Promise<void> {
  const isServed = (): boolean => names.every((name) => table.ofStorage(name)?.hidden === false);
  if (isServed()) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(finish, SERVED_MS);
    const stop = cache.onBatch((resource) => {
      if (resource === DEFINITIONS && isServed()) finish();
    });
  });
}
