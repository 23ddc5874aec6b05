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

/** The server's kinds, asked for by group and version and kept for half a minute. */
export class ServedKinds {
  readonly #client: Client;
  readonly #lists = new Map<string, { at: number; list: Promise<ResourceList | undefined> }>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Undefined when the server doesn't serve it. */
  async find(apiVersion: string, kind: string): Promise<ServedKind | undefined> {
    const list = await this.#list(apiVersion);
    const found = list?.resources?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    if (found === undefined) return undefined;
    return {
      ...parseGroupVersion(apiVersion),
      kind,
      plural: found.name,
      namespaced: found.namespaced,
      verbs: found.verbs,
    };
  }

  #list(apiVersion: string): Promise<ResourceList | undefined> {
    const known = this.#lists.get(apiVersion);
    if (known !== undefined && Date.now() - known.at < FRESH_MS) return known.list;
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const list = this.#client.request<ResourceList>('GET', path).catch((error: unknown) => {
      this.#lists.delete(apiVersion);
      if (isStatusError(error, 'NotFound')) return undefined;
      throw error;
    });
    this.#lists.set(apiVersion, { at: Date.now(), list });
    return list;
  }
}
