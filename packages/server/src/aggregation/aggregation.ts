import type { KindDefinition } from '@gantry/api/kind';
import { feed } from '../cache/feed.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { ConnectHandler, RegistryAccess } from '../handler.ts';
import type { RoutedRequest } from '../http/api-request.ts';
import type { ApiResponse } from '../http/response.ts';
import type { UserInfo } from '../request.ts';
import { UpgradeProxy } from '../streaming/upgrade-proxy.ts';
import { ApiServiceIndex } from './api-services.ts';
import { AvailabilityController } from './availability.ts';
import { answerRemotely } from './in-process.ts';
import { remoteHandler } from './proxy.ts';
import { RegistrationController } from './registration.ts';
import { RemoteDiscovery } from './remote-discovery.ts';
import { RemoteOpenApi } from './remote-openapi.ts';
import { type FrontProxyIdentity, RemoteTransport } from './transport.ts';

export interface AggregationParts {
  readonly cache: WatchCache;
  readonly registry: RegistryAccess;
  readonly kinds: readonly KindDefinition[];
  /** Of APIService. */
  readonly kind: KindDefinition;
  readonly identity: FrontProxyIdentity | undefined;
  /** As whom this server keeps APIServices. */
  readonly user: UserInfo;
  warn(fields: object, message: string): void;
}

/** API servers behind this one: who serves what, whether it is there, and the way to it. */
export class Aggregation {
  readonly index = new ApiServiceIndex();
  readonly discovery: RemoteDiscovery;
  readonly openApi: RemoteOpenApi;
  readonly #transport: RemoteTransport;
  readonly #availability: AvailabilityController;
  readonly #registration: RegistrationController;
  readonly #upgrades = new UpgradeProxy();
  readonly #parts: AggregationParts;

  constructor(parts: AggregationParts) {
    const { cache, registry, kind, user } = parts;
    const { state } = cache;
    const { index } = this;
    const warn = parts.warn.bind(parts);
    this.#parts = parts;
    this.#transport = new RemoteTransport(index, parts.identity);
    const common = { index, transport: this.#transport, state };
    this.discovery = new RemoteDiscovery(common);
    this.openApi = new RemoteOpenApi(common);
    this.#availability = new AvailabilityController({ ...common, registry, kind, user, warn });
    const builtIn = new Map(
      parts.kinds.map(({ group, version }) => [`${group}/${version}`, { group, version }]),
    );
    this.#registration = new RegistrationController({
      ...{ index, state, registry, kind, user, warn },
      builtIn: [...builtIn.values()],
    });
    feed(cache, index.listener);
    feed(cache, this.#availability.listener);
    feed(cache, this.#registration.listener);
  }

  /** Passes requests below a path on to another server; undefined for all that this one serves itself. */
  handlerFor(path: string): ConnectHandler | undefined {
    const entry = this.index.serving(path);
    if (entry === undefined) return undefined;
    return remoteHandler(
      { transport: this.#transport, upgrades: this.#upgrades, state: this.#parts.cache.state },
      entry,
    );
  }

  /** Answers a request of this process itself from another server; undefined for all that this one serves. */
  answer(request: RoutedRequest): Promise<ApiResponse> | undefined {
    const entry = this.index.serving(request.path);
    if (entry === undefined) return undefined;
    return answerRemotely({ transport: this.#transport, state: this.#parts.cache.state }, entry, request);
  }

  /** Registers what this server serves, then follows what others do. */
  async start(): Promise<void> {
    this.#availability.start();
    this.discovery.start();
    this.openApi.start();
    await this.#registration.start();
  }

  async close(): Promise<void> {
    await Promise.all([
      this.#registration.close(),
      this.#availability.close(),
      this.discovery.close(),
      this.openApi.close(),
    ]);
    this.#transport.close();
  }
}
