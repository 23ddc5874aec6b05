import type { Application, ApplicationObjectStatus } from '@gantry/api/generated/types';
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

/** Objects that one Application would apply although another one holds them. */
export interface Contest {
  readonly contender: string;
  readonly holder: string;
  readonly identities: readonly string[];
}

/** Which Applications hold which objects: from objects that change to the Applications concerned. */
export class InventoryIndex {
  readonly #holders = new Map<string, Set<string>>();
  readonly #held = new Map<string, readonly string[]>();
  /** Of that, what no status says yet. */
  readonly #claimed = new Map<string, ReadonlySet<string>>();
  /** By contender. */
  readonly #contests = new Map<string, readonly Contest[]>();
  #onContest: (key: string) => void = () => undefined;

  /** `key` is the Application's `namespace/name`. Who else holds some of it is told: it may be over for them. */
  set(key: string, entries: readonly ApplicationObjectStatus[]): void {
    this.#claimed.delete(key);
    this.#replace(key, entries.map(entryIdentity));
    const others = new Set<string>();
    for (const identity of this.#held.get(key) ?? []) {
      const holders = this.#holders.get(identity);
      if (holders === undefined || holders.size < 2) continue;
      for (const holder of holders) if (holder !== key) others.add(holder);
    }
    for (const other of others) this.#onContest(other);
  }

  /** Adds what an Application is about to apply; its next status settles what it really holds. */
  claim(key: string, identities: ReadonlySet<string>): void {
    const before = new Set(this.#held.get(key));
    const claimed = [...identities].filter((identity) => !before.has(identity));
    this.#claimed.set(key, new Set([...(this.#claimed.get(key) ?? []), ...claimed]));
    this.#replace(key, [...before.union(identities)]);
  }

  #replace(key: string, identities: readonly string[]): void {
    this.#drop(key);
    this.#held.set(key, identities);
    for (const identity of identities) {
      const holders = this.#holders.get(identity);
      if (holders === undefined) this.#holders.set(identity, new Set([key]));
      else holders.add(key);
    }
  }

  /** The Application is gone. */
  remove(key: string): void {
    this.#claimed.delete(key);
    this.#drop(key);
    this.contest(key, new Set());
  }

  /** Told of each Application whose contests are others now. */
  onContest(listener: (key: string) => void): void {
    this.#onContest = listener;
  }

  /**
   * Notes which of the objects that an Application would apply are held by others, but for those that are about to let go
   * of them; none: it has no contest any more.
   */
  contest(
    key: string,
    identities: ReadonlySet<string>,
    isLettingGo: (holder: string, identity: string) => boolean = () => false,
  ): void {
    const byHolder = new Map<string, string[]>();
    for (const identity of identities) {
      const holder = this.holdersOf(identity).find((other) => other !== key && !isLettingGo(other, identity));
      if (holder === undefined) continue;
      const listed = byHolder.get(holder);
      if (listed === undefined) byHolder.set(holder, [identity]);
      else listed.push(identity);
    }
    const before = this.#contests.get(key) ?? [];
    const now = [...byHolder].map(([holder, listed]) => ({ contender: key, holder, identities: listed }));
    if (now.length === 0) this.#contests.delete(key);
    else this.#contests.set(key, now);
    for (const holder of new Set([...before, ...now].map((one) => one.holder))) this.#onContest(holder);
  }

  /** Of an Application, on either side. */
  contestsOf(key: string): readonly Contest[] {
    if (this.#contests.size === 0) return [];
    return [...this.#contests.values()]
      .flat()
      .filter(({ contender, holder }) => contender === key || holder === key);
  }

  /** What an Application holds and others would apply. */
  wantedFrom(key: string): ReadonlySet<string> {
    const contests = this.contestsOf(key).filter(({ holder }) => holder === key);
    return new Set(contests.flatMap(({ identities }) => identities));
  }

  #drop(key: string): void {
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

  /** Those whose status says so: what is only claimed may yet be refused. */
  keepersOf(identity: string): readonly string[] {
    return this.holdersOf(identity).filter((key) => this.#claimed.get(key)?.has(identity) !== true);
  }
}
