import type { Application, ApplicationObjectStatus, ApplySetReference } from '@gantry/api/generated/types';
import { parseGroupVersion } from '@gantry/machinery/object';

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
    this.remove(key);
    const identities = entries.map(entryIdentity);
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
