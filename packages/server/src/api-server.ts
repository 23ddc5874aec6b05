import type { KindDefinition } from '@gantry/api/kind';
import type { Store } from '@gantry/store/port';
import { applySetHandler } from './applyset/handler.ts';
import type { StateListener } from './auth/authorization/source.ts';
import { feed } from './cache/feed.ts';
import { WatchCache } from './cache/watch-cache.ts';
import { discoveryHandler } from './discovery/discovery.ts';
import { openApiHandler } from './discovery/openapi.ts';
import type { ConnectHandler, RegistryAccess, VirtualHandler } from './handler.ts';
import { ApiChain, authorize, type PlainHandler } from './http/chain.ts';
import { type ExtraRoute, Frontend } from './http/frontend.ts';
import { ReadHandlers } from './http/read-handlers.ts';
import type { ApiResponse } from './http/response.ts';
import { HandlerTable } from './http/routes.ts';
import type { TlsFiles } from './http/server.ts';
import { WriteHandlers } from './http/write-handlers.ts';
import { healthHandler } from './operations/health.ts';
import { ServerMetrics } from './operations/metrics.ts';
import { documentsHandler, indexHandler, metricsHandler } from './operations/plain.ts';
import { type VersionInfo, versionHandler } from './operations/version.ts';
import { AdmissionChain } from './registry/admission-chain.ts';
import { startEventExpiry } from './registry/event-expiry.ts';
import { Lister } from './registry/lister.ts';
import { Registry } from './registry/registry.ts';
import { ResourceTable } from './registry/resource.ts';
import { resourceHandlers } from './registry/resources/handlers.ts';
import { resourceHooks } from './registry/resources/hooks-table.ts';
import type { ServiceRanges } from './registry/resources/service.ts';
import type { AdmissionPlugin, AuthenticationInput, Authorizer, StateReader, UserInfo } from './request.ts';
import { WatchServer } from './watch/watch-server.ts';

export interface ServerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What decides who may do what, and what answers besides storage. */
export interface Plugins {
  /** Always answers with a user; throws Unauthorized for a wrong credential. */
  authenticate(input: AuthenticationInput): Promise<UserInfo> | UserInfo;
  /** The user that `Impersonate-*` headers ask for; throws Forbidden. */
  impersonate?(input: AuthenticationInput, user: UserInfo): UserInfo | undefined;
  readonly authorizer: Authorizer;
  /** Told of objects at the start and of each change, before anybody else sees it. */
  readonly listeners?: readonly StateListener[];
  readonly admission?: readonly AdmissionPlugin[];
  readonly virtualHandlers?: readonly VirtualHandler[];
  readonly connectHandlers?: readonly ConnectHandler[];
  /** JSON documents by path, e.g. the OIDC discovery. */
  readonly documents?: Readonly<Record<string, unknown>>;
}

export interface ServerOptions {
  readonly store: Store;
  readonly kinds: readonly KindDefinition[];
  readonly services: ServiceRanges;
  readonly version: VersionInfo;
  /** `host:port` under which discovery says that the server is. */
  readonly serverAddress: string;
  readonly log: ServerLog;
  /** Made once the state can be read. */
  readonly plugins: (state: StateReader) => Plugins;
  /** OpenAPI documents and the like. */
  readonly plain?: readonly PlainHandler[];
}

/** A request in the server's own process, after authentication. */
export interface DispatchRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: URLSearchParams | Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON values are serialised; Buffers and strings are sent as they are. */
  readonly body?: unknown;
}

export interface ApiServer {
  readonly registry: RegistryAccess;
  readonly state: StateReader;
  readonly cache: WatchCache;
  readonly metrics: ServerMetrics;
  /** The chain from authorization on. A watch answers with `stream`. Never rejects. */
  dispatch(user: UserInfo, request: DispatchRequest): Promise<ApiResponse>;
  /** Serves HTTPS. Returns the port; `close` drains watches and running requests. */
  listen(options: {
    readonly tls: TlsFiles;
    readonly host: string;
    readonly port: number;
    readonly extraRoutes?: readonly ExtraRoute[];
  }): Promise<{ readonly port: number; renew(tls: TlsFiles): void; close(graceMs?: number): Promise<void> }>;
  /** Says that start-up work (bootstrap objects) is done: `/readyz` turns ok. */
  markReady(): void;
  /** Ends the cache; the store stays open. */
  close(): void;
}

/** Builds the API server around a store and fills its cache. Rejects when the store can't be read. */
export async function createServer(options: ServerOptions): Promise<ApiServer> {
  const { store, kinds, log } = options;
  const cache = await WatchCache.start(store, log);
  const plugins = options.plugins(cache.state);
  for (const listener of plugins.listeners ?? []) feed(cache, listener);
  const table = new ResourceTable(kinds, resourceHooks(options.services));
  const registry = new Registry(cache, store, table, new AdmissionChain(plugins.admission ?? []));
  const lister = new Lister(cache, store);
  const watches = new WatchServer(cache, store);
  const { authorizer } = plugins;
  let ready = false;
  const metrics: ServerMetrics = new ServerMetrics({
    inFlight: () => frontend.inFlight,
    watches: () => watches.hub.count,
    revision: () => cache.cursor,
    objects: function* () {
      for (const [key, resource] of cache.resources()) yield [key, resource.size] as const;
    },
  });
  const virtual = [
    ...(plugins.virtualHandlers ?? []),
    ...resourceHandlers(registry),
    applySetHandler({ registry, store, authorizer }),
  ];
  const checks = healthChecks(cache, () => ready && !frontend.closing);
  const chain: ApiChain = new ApiChain({
    registry,
    table,
    authorizer,
    handlers: new HandlerTable(virtual, plugins.connectHandlers ?? []),
    reads: new ReadHandlers(cache, lister, watches),
    writes: new WriteHandlers(registry, lister, (user, request, verb) =>
      authorize(authorizer, user, { ...request.attributes, verb }),
    ),
    onFault: (error, { method, path }) => log.error({ err: error, method, path }, 'a request failed'),
    plain: [
      healthHandler(checks),
      versionHandler(options.version),
      metricsHandler(metrics),
      documentsHandler(plugins.documents ?? {}),
      discoveryHandler(kinds, options.serverAddress),
      openApiHandler(kinds),
      ...(options.plain ?? []),
      indexHandler([
        '/api',
        '/apis',
        '/healthz',
        '/livez',
        '/metrics',
        '/openapi/v2',
        '/openapi/v3',
        '/readyz',
        '/version',
      ]),
    ],
  });
  const frontend: Frontend = new Frontend({ chain, plugins, metrics, watches, log });
  const stopExpiry = startEventExpiry(cache, store, (error) =>
    log.warn({ err: error }, 'expiring events failed'),
  );
  return {
    registry,
    state: cache.state,
    cache,
    metrics,
    dispatch: (user, request) => frontend.dispatch(user, request),
    listen: (address) => frontend.listen(address),
    markReady: () => {
      ready = true;
    },
    close: () => {
      stopExpiry();
      cache.close();
    },
  };
}

function healthChecks(cache: WatchCache, isReady: () => boolean) {
  const ping = { name: 'ping', check: () => undefined };
  const storage = {
    name: 'etcd',
    check: () => {
      if (!cache.healthy) throw new Error('the store cannot be read');
    },
  };
  const hook = {
    name: 'poststarthook/bootstrap',
    check: () => {
      if (!isReady()) throw new Error('not finished');
    },
  };
  return { livez: [ping], healthz: [ping, storage], readyz: [ping, storage, hook] };
}
