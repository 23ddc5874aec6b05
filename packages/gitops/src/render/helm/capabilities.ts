import type { Client } from '@gantry/client/port';

/** What a chart may ask of the server. */
export interface Capabilities {
  /** `v1.36.3` */
  readonly version: string;
  /** `apps/v1` and `apps/v1/Deployment` */
  readonly apiVersions: readonly string[];
}

const FRESH_MS = 60_000;
const GROUPS_MAX = 500;

interface Groups {
  readonly groups?: readonly { readonly versions?: readonly { readonly groupVersion: string }[] }[];
}

interface Resources {
  readonly resources?: readonly { readonly kind: string }[];
}

/** The server's version and kinds, asked for once a minute. A group that doesn't answer is left out. */
export class ServerCapabilities {
  readonly #client: Pick<Client, 'request'>;
  #kept: { readonly at: number; readonly value: Promise<Capabilities> } | undefined;

  constructor(client: Pick<Client, 'request'>) {
    this.#client = client;
  }

  get(): Promise<Capabilities> {
    if (this.#kept !== undefined && Date.now() - this.#kept.at < FRESH_MS) return this.#kept.value;
    const value = this.#ask();
    this.#kept = { at: Date.now(), value };
    value.catch(() => {
      if (this.#kept?.value === value) this.#kept = undefined;
    });
    return value;
  }

  async #ask(): Promise<Capabilities> {
    const [{ gitVersion }, { groups = [] }] = await Promise.all([
      this.#client.request<{ gitVersion: string }>('GET', '/version'),
      this.#client.request<Groups>('GET', '/apis'),
    ]);
    const named = groups
      .flatMap(({ versions = [] }) => versions.map(({ groupVersion }) => groupVersion))
      .slice(0, GROUPS_MAX);
    const lists = await Promise.all(
      ['v1', ...named].map(async (groupVersion) => {
        const path = groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`;
        const found = await this.#client.request<Resources>('GET', path).catch((): Resources => ({}));
        const kinds = new Set((found.resources ?? []).map(({ kind }) => `${groupVersion}/${kind}`));
        return [groupVersion, ...kinds];
      }),
    );
    return { version: gitVersion, apiVersions: lists.flat() };
  }
}
