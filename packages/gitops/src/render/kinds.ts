import type { Client } from '@gantry/client/port';
import { parseGroupVersion } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';

/** How a kind is addressed, as the server's discovery says. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** Looks kinds up. */
export type KindFinder = Pick<ServedKinds, 'find'>;

interface ResourceList {
  readonly resources?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

const FRESH_MS = 30_000;
/** What wasn't there may be there a moment later: a definition that was just made. */
const FRESH_MISS_MS = 1_000;
const LISTS_MAX = 200;

/** The server's kinds, asked for by group and version and kept for half a minute. */
export class ServedKinds {
  readonly #client: Client;
  readonly #lists = new Map<string, { at: number; list: Promise<ResourceList | undefined> }>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Undefined when the server doesn't serve it. */
  async find(apiVersion: string, kind: string): Promise<ServedKind | undefined> {
    const found =
      (await this.#findIn(apiVersion, kind, FRESH_MS)) ??
      (await this.#findIn(apiVersion, kind, FRESH_MISS_MS));
    if (found === undefined) return undefined;
    return {
      ...parseGroupVersion(apiVersion),
      kind,
      plural: found.name,
      namespaced: found.namespaced,
      verbs: found.verbs,
    };
  }

  async #findIn(apiVersion: string, kind: string, freshMs: number) {
    const list = await this.#list(apiVersion, freshMs);
    return list?.resources?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
  }

  #list(apiVersion: string, freshMs: number): Promise<ResourceList | undefined> {
    const known = this.#lists.get(apiVersion);
    if (known !== undefined && Date.now() - known.at < freshMs) return known.list;
    // It becomes part of a path: what is no group and version would ask for something else.
    if (!/^([a-z0-9.-]+\/)?[a-z0-9]+$/.test(apiVersion)) return Promise.resolve(undefined);
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const list = this.#client.request<ResourceList>('GET', path).catch((error: unknown) => {
      if (isStatusError(error, 'NotFound')) return undefined;
      this.#lists.delete(apiVersion);
      throw error;
    });
    if (this.#lists.size >= LISTS_MAX) this.#lists.clear();
    this.#lists.set(apiVersion, { at: Date.now(), list });
    return list;
  }
}
