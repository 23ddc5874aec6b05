/** One entry of a back end's tables: an element of a map or set, a chain with its rules, a line of a dispatch chain. */
export interface Entry {
  readonly table: string;
  readonly key: string;
  /** '' where the table is a set. */
  readonly value: string;
}

export type Operation =
  | { readonly op: 'add'; readonly table: string; readonly key: string; readonly value: string }
  | { readonly op: 'delete'; readonly table: string; readonly key: string; readonly value: string };

/**
 * What was last asked for, by owner (a Service, a pod), and the differ. Two owners may hold the same entry (chains are
 * shared; two Services may claim one external address): the entry stays as long as one holds it, and its value is that
 * of the first owner in alphabetical order, so that the result does not depend on the order of events.
 */
export class Ledger {
  readonly #byOwner = new Map<string, readonly Entry[]>();
  readonly #tables = new Map<string, Map<string, Map<string, string>>>();

  /** Replaces the entries of some owners; answers what changes in the tables, deletions before additions of a key. */
  update(changes: ReadonlyMap<string, readonly Entry[]>): Operation[] {
    const touched = new Map<string, { table: string; key: string; before: string | undefined }>();
    const touch = ({ table, key }: Entry): void => {
      const id = `${table}\0${key}`;
      if (!touched.has(id)) touched.set(id, { table, key, before: this.get(table, key) });
    };
    for (const [owner, entries] of changes) {
      for (const entry of this.#byOwner.get(owner) ?? []) {
        touch(entry);
        this.#holders(entry).delete(owner);
      }
      for (const entry of entries) {
        touch(entry);
        const holders = this.#holders(entry);
        if (!holders.has(owner)) holders.set(owner, entry.value);
      }
      if (entries.length > 0) this.#byOwner.set(owner, entries);
      else this.#byOwner.delete(owner);
    }
    const operations: Operation[] = [];
    for (const { table, key, before } of touched.values()) {
      const after = this.get(table, key);
      if (after === undefined) this.#tables.get(table)?.delete(key);
      if (after === before) continue;
      if (before !== undefined) operations.push({ op: 'delete', table, key, value: before });
      if (after !== undefined) operations.push({ op: 'add', table, key, value: after });
    }
    return operations;
  }

  /** The value in force, or undefined. */
  get(table: string, key: string): string | undefined {
    const holders = this.#tables.get(table)?.get(key);
    if (holders === undefined || holders.size === 0) return undefined;
    if (holders.size === 1) return holders.values().next().value;
    let first: string | undefined;
    for (const owner of holders.keys()) if (first === undefined || owner < first) first = owner;
    return first === undefined ? undefined : holders.get(first);
  }

  /** All entries of a table in force, sorted by key. */
  list(table: string): Entry[] {
    const keys = [...(this.#tables.get(table)?.keys() ?? [])].sort();
    return keys.flatMap((key) => {
      const value = this.get(table, key);
      return value === undefined ? [] : [{ table, key, value }];
    });
  }

  #holders(entry: Entry): Map<string, string> {
    const table = this.#tables.get(entry.table) ?? new Map<string, Map<string, string>>();
    this.#tables.set(entry.table, table);
    const holders = table.get(entry.key) ?? new Map<string, string>();
    table.set(entry.key, holders);
    return holders;
  }
}
