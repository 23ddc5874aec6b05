import { mayDo } from '@gantry/client/access-review';
import type { Client } from '@gantry/client/port';
import type { KindFinder, ServedKind } from '../render/kinds.ts';

export interface ReviewParts {
  /** May ask what others may do. */
  readonly client: Client;
  readonly kinds: KindFinder;
}

export type Asker = { readonly user?: string; readonly groups?: readonly string[] };

/** What a right is asked about. */
export interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Objects that are asked about one by one; beyond that the right has to be to all of a kind and namespace. */
const NAMES_MAX = 200;

/** Somebody's rights to do one thing. Asks once about each kind and namespace, then about names. */
export class Rights {
  readonly #parts: ReviewParts;
  readonly #asker: Asker;
  readonly #verb: string;
  readonly #whole = new Map<string, Promise<boolean>>();
  #names = 0;

  constructor(parts: ReviewParts, asker: Asker, verb: string) {
    this.#parts = parts;
    this.#asker = asker;
    this.#verb = verb;
  }

  async allow({ apiVersion, kind, namespace = '', name }: Named): Promise<boolean> {
    const served = await this.#parts.kinds.find(apiVersion, kind);
    if (served === undefined || this.#asker.user === undefined) return false;
    const key = `${apiVersion}/${kind}/${namespace}`;
    const whole = this.#whole.get(key) ?? this.#ask(served, namespace, '');
    this.#whole.set(key, whole);
    if (await whole) return true;
    this.#names += 1;
    return this.#names <= NAMES_MAX && this.#ask(served, namespace, name);
  }

  #ask({ group, plural: resource }: ServedKind, namespace: string, name: string): Promise<boolean> {
    const { user, groups = [] } = this.#asker;
    const attributes = { verb: this.#verb, group, resource, namespace, name };
    return mayDo(this.#parts.client, { user, groups }, attributes);
  }
}
