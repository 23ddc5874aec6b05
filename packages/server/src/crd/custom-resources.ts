import type { Entry } from '../cache/entry.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { KindSource } from '../discovery/discovery.ts';
import { createWebhookClient } from '../outbound/webhook-client.ts';
import type { Registry } from '../registry/registry.ts';
import type { CustomResources } from '../registry/resource.ts';
import { DefinitionController } from './controller.ts';
import { DefinitionSource } from './definition-source.ts';
import { followDefinitions } from './follower.ts';
import { resourcesOf } from './served-definition.ts';

export interface CustomResourcesParts {
  readonly cache: WatchCache;
  readonly registry: Registry;
  /** Ends the watches of a storage resource. */
  endWatches(resource: string): void;
  warn(fields: object, message: string): void;
}

/** Custom resources: served as the stored definitions say, by every server of a database. */
export class CustomResourceSupport {
  /** All kinds that are served, built-in ones included. */
  readonly kinds: KindSource;
  readonly #client;
  readonly #controller: DefinitionController;

  constructor({ cache, registry, endWatches, warn }: CustomResourcesParts) {
    const { table } = registry;
    this.#client = createWebhookClient(cache.state);
    this.kinds = {
      kinds: () => table.kinds(),
      onChange: (listener) => table.onChange(listener),
    };
    followDefinitions({ cache, table, client: this.#client, endWatches, warn });
    this.#controller = new DefinitionController({ cache, registry, warn });
  }

  /** What a definition would bring if it was stored like this; its status is settled already. */
  preview(definition: Entry): CustomResources | undefined {
    return resourcesOf(new DefinitionSource(definition), this.#client);
  }

  async close(): Promise<void> {
    await this.#controller.close();
    this.#client.close();
  }
}
