import type { Store } from '@gantry/store/port';
import type { DispatchRequest, ServerLog } from '../api-server.ts';
import { apiserverUser } from '../bootstrap/run.ts';
import { feed } from '../cache/feed.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import { ConfigConsumer, type OwnRequest } from '../flowcontrol/config-consumer.ts';
import { ensureConfig } from '../flowcontrol/config-producer.ts';
import { flowControlDumps } from '../flowcontrol/dumps.ts';
import { FlowControl } from '../flowcontrol/flow-control.ts';
import { Limiter } from '../flowcontrol/limiter.ts';
import type { ServerState } from '../flowcontrol/work-estimate.ts';
import type { PlainHandler } from '../http/chain.ts';
import type { ApiResponse } from '../http/response.ts';
import type { UserInfo } from '../request.ts';
import type { WatchHub } from '../watch/watch-hub.ts';
import { parseFeatureGates } from './feature-gates.ts';
import { healthHandler } from './health.ts';
import { healthChecks } from './health-checks.ts';
import { ServerMetrics } from './metrics.ts';
import type { OperationsOptions } from './options.ts';
import { metricsHandler, readOnly, slisHandler } from './plain.ts';
import { profilingHandler } from './profiling.ts';
import { countReceived } from './store-metrics.ts';
import { type VersionInfo, versionDocument, versionHandler } from './version.ts';
import { flagzHandler, statuszHandler } from './zpages.ts';

const ENSURE_MS = 60_000;
/** What `/statusz` points to. */
const PATHS = ['/flagz', '/healthz', '/livez', '/metrics', '/readyz', '/statusz', '/version'];

export interface OperationsParts {
  readonly options: OperationsOptions;
  readonly store: Store;
  readonly cache: WatchCache;
  readonly hub: WatchHub;
  readonly version: VersionInfo;
  readonly log: ServerLog;
  /** The server's own chain; called only after the start. */
  dispatch(user: UserInfo, request: DispatchRequest): Promise<ApiResponse>;
  closing(): boolean;
}

/** Health, metrics, version, limits: what an operator sees of the server, and turns on it. */
export class Operations {
  readonly metrics: ServerMetrics;
  readonly limiter: Limiter;
  readonly plain: readonly PlainHandler[];
  readonly #parts: OperationsParts;
  readonly #request: OwnRequest;
  readonly #flow: FlowControl | undefined;
  readonly #consumer: ConfigConsumer | undefined;
  #ensuring: NodeJS.Timeout | undefined;
  #bootstrapped = false;

  constructor(parts: OperationsParts) {
    const { options, cache, log, version } = parts;
    const { maxRequestsInflight: reading = 400, maxMutatingRequestsInflight: mutating = 200 } = options;
    this.#parts = parts;
    this.#request = (request) => parts.dispatch(apiserverUser, request);
    const enabled = options.enablePriorityAndFairness !== false;
    this.#flow = enabled ? new FlowControl(reading + mutating, serverState(parts)) : undefined;
    this.limiter = new Limiter({ reading, mutating, flow: this.#flow });
    this.metrics = new ServerMetrics({
      executing: () => this.limiter.executing,
      waiting: () => this.limiter.waiting,
      revision: () => cache.cursor,
      storeSize: () => parts.store.size(),
      objects: function* () {
        for (const [key, resource] of cache.resources())
          yield [key, resource.size, resource.averageBytes] as const;
      },
      version: versionDocument(version),
      disabled: options.disabledMetrics ?? [],
      featureGates: options.featureGates ?? parseFeatureGates([]),
    });
    cache.onBatch((resource, events) => countReceived(resource, events.length));
    const checks = healthChecks(
      () => ({ bootstrapped: this.#bootstrapped, closing: parts.closing(), storage: cache.healthy }),
      options.livezGraceMs,
      options.healthChecks,
    );
    this.plain = [
      healthHandler(checks),
      readOnly(versionHandler(version)),
      metricsHandler(this.metrics),
      slisHandler(),
      statuszHandler('1.36.0', PATHS),
      flagzHandler(options.flags ?? {}),
      ...(this.#flow === undefined ? [] : [flowControlDumps(this.#flow)]),
      ...(options.profiling === true ? [profilingHandler()] : []),
    ];
    if (this.#flow === undefined) return;
    this.#consumer = new ConfigConsumer(this.#flow, cache.state, this.#request, log);
    feed(cache, this.#consumer.listener);
  }

  /** After the bootstrap objects: makes those of flow control. Rejects when they can't be stored. */
  async start(): Promise<void> {
    if (this.#consumer === undefined) return;
    const { cache, log } = this.#parts;
    await ensureConfig(cache.state, this.#request);
    this.#consumer.start();
    this.#ensuring = setInterval(() => {
      ensureConfig(cache.state, this.#request).catch((error: unknown) =>
        log.warn({ err: error }, 'mending the flow control objects failed'),
      );
    }, ENSURE_MS);
    this.#ensuring.unref();
  }

  markReady(): void {
    this.#bootstrapped = true;
  }

  close(): void {
    clearInterval(this.#ensuring);
    this.#flow?.close();
  }
}

const storageKey = (group: string, resource: string): string =>
  group === '' ? resource : `${resource}.${group}`;

function serverState({ cache, hub }: OperationsParts): ServerState {
  return {
    objects: (group, resource) => {
      const held = cache.known(storageKey(group, resource));
      return held === undefined ? undefined : { count: held.size, bytes: held.averageBytes };
    },
    watches: (group, resource) => hub.countOf(storageKey(group, resource)),
  };
}
