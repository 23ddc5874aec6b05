import type { Definition } from '@gantry/api/apiextensions/v1/definition';
import type { Entry } from '../cache/entry.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { WebhookClient } from '../outbound/webhook-client.ts';
import type { ResourceTable } from '../registry/resource.ts';
import { DefinitionSource } from './definition-source.ts';
import { differenceOf, resourcesOf } from './served-definition.ts';

export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

export interface FollowerParts {
  readonly cache: WatchCache;
  readonly table: ResourceTable;
  readonly client: WebhookClient;
  /** Ends the watches of a storage resource: their clients start anew. */
  endWatches(resource: string): void;
  warn(fields: object, message: string): void;
}

/** Keeps the table of resources as the definitions in the cache say; every server of a database does the same. */
export function followDefinitions(parts: FollowerParts): void {
  const { cache } = parts;
  const follower = new Follower(parts);
  for (const entry of cache.resource(DEFINITIONS).all()) follower.apply(entry);
  cache.onBatch((resource, events) => {
    if (resource !== DEFINITIONS) return;
    for (const { type, entry } of events)
      if (type === 'delete') follower.remove(entry.key.name);
      else follower.apply(entry);
  });
  cache.onReset((before) => {
    const now = cache.resource(DEFINITIONS);
    for (const { key } of before.get(DEFINITIONS)?.all() ?? [])
      if (now.get('', key.name) === undefined) follower.remove(key.name);
    for (const entry of now.all()) follower.apply(entry);
  });
}

const definitionOf = (entry: Entry): Definition => entry.object as unknown as Definition;

class Follower {
  readonly #parts: FollowerParts;
  /** The entry that each definition is served from. */
  readonly #entries = new Map<string, Entry>();

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  apply(entry: Entry): void {
    const { name } = entry.key;
    const before = this.#entries.get(name);
    if (before?.revision === entry.revision) return;
    try {
      this.#replace(name, before, entry);
    } catch (error) {
      this.#parts.warn({ err: error, definition: name }, 'a definition of custom resources cannot be served');
      this.remove(name);
    }
  }

  #replace(name: string, before: Entry | undefined, entry: Entry): void {
    const difference =
      before === undefined ? 'content' : differenceOf(definitionOf(before), definitionOf(entry));
    if (difference === 'none') return;
    this.#entries.set(name, entry);
    this.#parts.table.setCustom(name, resourcesOf(new DefinitionSource(entry), this.#parts.client));
    if (before !== undefined && difference === 'content') this.#parts.endWatches(name);
  }

  remove(name: string): void {
    if (!this.#entries.delete(name)) return;
    this.#parts.table.setCustom(name, undefined);
    this.#parts.endWatches(name);
  }
}
