import type { Application, ApplicationObjectStatus, ApplySetReference } from '@gantry/api/generated/types';
import { parseGroupVersion } from '@gantry/machinery/object';
import type { KindFinder } from '../render/kinds.ts';

/** `group/Kind/namespace/name` of an entry of status.objects. */
export function entryIdentity(entry: {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}): string {
  return `${parseGroupVersion(entry.apiVersion).group}/${entry.kind}/${entry.namespace ?? ''}/${entry.name}`;
}

export const inventoryOf = (application: Application): readonly ApplicationObjectStatus[] =>
  application.status?.objects ?? [];

/** Which Applications hold which objects: from objects that change to the Applications concerned. */
export class InventoryIndex {
  readonly #holders = new Map<string, Set<string>>();
  readonly #held = new Map<string, readonly string[]>();

  /** `key` is the Application's `namespace/name`. */
  set(key: string, entries: readonly ApplicationObjectStatus[]): void {
    this.#replace(key, entries.map(entryIdentity));
  }

  /** Adds what an Application is about to apply; its next status settles what it really holds. */
  claim(key: string, identities: ReadonlySet<string>): void {
    this.#replace(key, [...new Set([...(this.#held.get(key) ?? []), ...identities])]);
  }

  #replace(key: string, identities: readonly string[]): void {
    this.remove(key);
    this.#held.set(key, identities);
    for (const identity of identities) {
      const holders = this.#holders.get(identity);
      if (holders === undefined) this.#holders.set(identity, new Set([key]));
      else holders.add(key);
    }
  }

  remove(key: string): void {
    for (const identity of this.#held.get(key) ?? []) {
      const holders = this.#holders.get(identity);
      holders?.delete(key);
      if (holders?.size === 0) this.#holders.delete(identity);
    }
    this.#held.delete(key);
  }

  /** How many objects an Application holds. */
  sizeOf(key: string): number {
    return this.#held.get(key)?.length ?? 0;
  }

  holdersOf(identity: string): readonly string[] {
    return [...(this.#holders.get(identity) ?? [])];
  }
}

/**
 * What a commit no longer holds and may be deleted. Never the namespace that holds the Application itself: its history
 * would go with it.
 */
export function pruneList(
  application: Application,
  renderedIdentities: ReadonlySet<string>,
): ApplySetReference[] {
  if (application.spec.syncPolicy?.prune === false) return [];
  const home = `/Namespace//${application.metadata.namespace ?? ''}`;
  return inventoryOf(application)
    .filter((entry) => !renderedIdentities.has(entryIdentity(entry)) && entryIdentity(entry) !== home)
    .map(({ apiVersion, kind, namespace, name }) => ({
      apiVersion,
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
    }));
}

/** `pruneList` without objects of kinds that the server no longer serves: they went with their kind. */
export async function servedPruneList(
  kinds: KindFinder,
  application: Application,
  renderedIdentities: ReadonlySet<string>,
): Promise<ApplySetReference[]> {
  const references = pruneList(application, renderedIdentities);
  const served = await Promise.all(references.map(({ apiVersion, kind }) => kinds.find(apiVersion, kind)));
  return references.filter((_, index) => served[index] !== undefined);
}
