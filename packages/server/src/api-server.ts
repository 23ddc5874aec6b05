import type { KindDefinition } from '@gantry/api/kind';
import { serviceUnavailable } from '@gantry/machinery/status';
import type { Ledger } from '@gantry/store/ledger-port';
import type { Store } from '@gantry/store/port';
import { Aggregation } from './aggregation/aggregation.ts';
import type { FrontProxyIdentity } from './aggregation/transport.ts';
import { applySetHandler } from './applyset/handler.ts';
import type { Auditor } from './audit/auditor.ts';
import type { Impersonated } from './auth/authentication/impersonation-modes.ts';
import type { StateListener } from './auth/authorization/source.ts';
import { apiserverUser } from './bootstrap/run.ts';
import { feed } from './cache/feed.ts';
import { WatchCache } from './cache/watch-cache.ts';
import { CustomResourceSupport } from './crd/custom-resources.ts';
import { discoveryHandler } from './discovery/discovery.ts';
import { discoveryPaths } from './discovery/groups.ts';
import { openApiHandler } from './discovery/openapi.ts';
import type { ConnectHandler, RegistryAccess, VirtualHandler } from './handler.ts';
import { ApiChain, authorize, type PlainHandler } from './http/chain.ts';
import { type ExtraRoute, Frontend } from './http/frontend.ts';
import { ReadHandlers } from './http/read-handlers.ts';
import type { ApiResponse } from './http/response.ts';
import { HandlerTable } from './http/routes.ts';
import type { TlsFiles } from './http/server.ts';
import { WriteHandlers } from './http/write-handlers.ts';
import { LedgerService } from './ledger/service.ts';
import { type ComponentCheck, componentStatuses } from './operations/component-status.ts';
import type { ServerMetrics } from './operations/metrics.ts';
import { Operations } from './operations/operations.ts';
import type { OperationsOptions } from './operations/options.ts';
import { documentsHandler, indexHandler, readOnly } from './operations/plain.ts';
import { measuredStore } from './operations/store-metrics.ts';
import type { VersionInfo } from './operations/version.ts';
import { AdmissionChain } from './registry/admission-chain.ts';
import { startEventExpiry } from './registry/event-expiry.ts';
import { Lister } from './registry/lister.ts';
import { Registry } from './registry/registry.ts';
import { ResourceTable } from './registry/resource.ts';
import { resourceHandlers } from './registry/resources/handlers.ts';
import { resourceHooks } from './registry/resources/hooks-table.ts';
import type { ServiceRanges } from './registry/resources/service.ts';
import type {
  AdmissionPlugin,
  AuthenticationInput,
  Authorizer,
  RequestAttributes,
  StateReader,
  UserInfo,
} from './request.ts';
import { WatchServer } from './watch/watch-server.ts';

const LEDGER = { group: 'gitops.gantry.dev', resource: 'ledgerentries' } as const;

/** Entries are never stored among the objects. */
const noLedger: VirtualHandler = {
  ...LEDGER,
  create: () => Promise.reject(serviceUnavailable('no ledger is kept here')),
};

/** What `/` lists beyond the API itself. */
const INDEX = [
  '/healthz',
  '/livez',
  '/metrics',
  '/metrics/slis',
  '/openapi/v2',
  '/openapi/v3',
  '/readyz',
  '/version',
];

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
  impersonate?(
    input: AuthenticationInput,
    user: UserInfo,
    attributes: RequestAttributes,
  ): Impersonated | undefined | Promise<Impersonated | undefined>;
  /** Absent: nothing is recorded. */
  readonly auditor?: Auditor;
  readonly authorizer: Authorizer;
  /** Told of objects at the start and of each change, before anybody else sees it. */
  readonly listeners?: readonly StateListener[];
  readonly admission?: readonly AdmissionPlugin[];
  readonly virtualHandlers?: readonly VirtualHandler[];
  readonly connectHandlers?: readonly ConnectHandler[];
  /** Fixed answers by path, e.g. the OIDC discovery. */
  readonly documents?: Readonly<Record<string, ApiResponse>>;
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
  /** With what the server vouches for users towards aggregated API servers. */
  readonly frontProxy?: FrontProxyIdentity;
  readonly operations?: OperationsOptions;
  /** The parts of the control plane that ComponentStatus tells of, by name. */
  readonly components?: Readonly<Record<string, ComponentCheck>>;
  /** Where ledger entries lie; absent = none are kept. */
  readonly ledger?: Ledger;
  /** Whether objects of a resource are encrypted where they lie: then the ledger keeps no manifests of them. */
  readonly isSealed?: (resource: string) => boolean;
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
  /** Makes, and from then on keeps, the objects that the server itself needs. Rejects when they can't be stored. */
  start(): Promise<void>;
  /** Says that start-up work (bootstrap objects) is done: `/readyz` turns ok. */
  markReady(): void;
  /** Ends the cache; the store stays open. Resolves when what was done is in the ledger. */
  close(): Promise<void>;
}

/** Builds the API server around a store and fills its cache. Rejects when the store can't be read. */
export async function createServer(options: ServerOptions): Promise<ApiServer> {
  const { kinds, log } = options;
  const store = measuredStore(options.store);
  const cache = await WatchCache.start(store, log);
  const plugins = options.plugins(cache.state);
  for (const listener of plugins.listeners ?? []) feed(cache, listener);
  for (const { listener } of plugins.admission ?? []) if (listener !== undefined) feed(cache, listener);
  const table = new ResourceTable(kinds, resourceHooks(options.services));
  const registry = new Registry(cache, store, table, new AdmissionChain(plugins.admission ?? []));
  const lister = new Lister(cache, store);
  const watches = new WatchServer(cache, store, options.operations?.minRequestTimeoutMs);
  const warn = log.warn.bind(log);
  const endWatches = (resource: string): void => watches.hub.endResource(resource);
  const custom = new CustomResourceSupport({ cache, registry, endWatches, warn });
  const { authorizer } = plugins;
  const aggregation = aggregationOf(options, cache, registry);
  const operations: Operations = new Operations({
    options: options.operations ?? {},
    store,
    cache,
    hub: watches.hub,
    version: options.version,
    log,
    dispatch: (user, request) => frontend.dispatch(user, request),
    closing: () => frontend.closing,
  });
  const { metrics, limiter } = operations;
  const ledger = ledgerOf(options, table, authorizer);
  const virtual = [
    ...(plugins.virtualHandlers ?? []),
    ...resourceHandlers(registry),
    applySetHandler({
      ...{ registry, store, authorizer, preview: (definition) => custom.preview(definition) },
      ...(ledger === undefined ? {} : { ledger }),
    }),
    ledger?.handler ?? noLedger,
  ];
  const chain: ApiChain = new ApiChain({
    registry,
    table,
    authorizer,
    handlers: new HandlerTable(virtual, plugins.connectHandlers ?? []),
    reads: new ReadHandlers(
      ...([cache, lister, watches] as const),
      new Map([['componentstatuses', componentStatuses(options.components ?? {})]]),
    ),
    writes: new WriteHandlers(registry, lister, (user, request, verb) =>
      authorize(authorizer, user, { ...request.attributes, verb }),
    ),
    ...(ledger === undefined ? {} : { ownReaders: new Map([[ledger.handler, ledger.read]]) }),
    onFault: (error, { method, path }) => log.error({ err: error, method, path }, 'a request failed'),
    remote: (path) => aggregation?.handlerFor(path),
    plain: [
      (request) => aggregation?.answer(request),
      ...operations.plain,
      documentsHandler(plugins.documents ?? {}),
      readOnly(discoveryHandler(custom.kinds, options.serverAddress, aggregation?.discovery)),
      openApiHandler(custom.kinds, aggregation?.openApi),
      ...(options.plain ?? []),
      indexHandler(() => [
        ...INDEX,
        ...Object.keys(plugins.documents ?? {}),
        ...discoveryPaths(custom.kinds.kinds(), aggregation?.discovery.all() ?? []),
      ]),
    ],
  });
  const frontend: Frontend = new Frontend({
    chain,
    plugins,
    metrics,
    watches,
    limiter,
    options: options.operations ?? {},
    log,
  });
  const expiryFailed = (error: unknown): void => log.warn({ err: error }, 'expiring events failed');
  const stopExpiry = startEventExpiry(cache, store, expiryFailed, options.operations?.eventLifeMs);
  return {
    registry,
    state: cache.state,
    cache,
    metrics,
    dispatch: (user, request) => frontend.dispatch(user, request),
    listen: (address) => frontend.listen(address),
    async start() {
      await operations.start();
      await aggregation?.start();
      ledger?.start();
    },
    markReady: () => operations.markReady(),
    close: async () => {
      void aggregation?.close();
      void custom.close();
      operations.close();
      stopExpiry();
      cache.close();
      await ledger?.close();
    },
  };
}

/** Undefined when no ledger is kept, or its kind is not served. */
function ledgerOf(
  { ledger, store, log, isSealed = () => false }: ServerOptions,
  table: ResourceTable,
  authorizer: Authorizer,
): LedgerService | undefined {
  const resource = table.find(LEDGER.group, 'v1alpha1', LEDGER.resource);
  if (ledger === undefined || resource === undefined) return undefined;
  return new LedgerService({ ledger, store, resource, table, log, authorizer, isSealed });
}

/** Undefined when APIService is not served. */
function aggregationOf(
  { kinds, frontProxy, log }: ServerOptions,
  cache: WatchCache,
  registry: Registry,
): Aggregation | undefined {
  const kind = kinds.find(
    ({ group, plural }) => group === 'apiregistration.k8s.io' && plural === 'apiservices',
  );
  if (kind === undefined) return undefined;
  const warn = log.warn.bind(log);
  return new Aggregation({ cache, registry, kinds, kind, identity: frontProxy, user: apiserverUser, warn });
}
