import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry as MetricsRegistry } from 'prom-client';
import type { RequestAttributes } from '../request.ts';

const BUCKETS = [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10, 30, 60];
const LABELS = ['verb', 'group', 'version', 'resource', 'subresource', 'scope', 'component'] as const;
/** Verbs of requests that are no resources, as the original counts them. */
const KNOWN_RESOURCE = /^[a-z0-9]{1,63}$/;

/** The API server's metrics, under the original's names. */
export class ServerMetrics {
  readonly registry = new MetricsRegistry();
  readonly #total = new Counter({
    name: 'apiserver_request_total',
    help: 'Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.',
    labelNames: [...LABELS, 'code', 'dry_run'],
    registers: [this.registry],
  });
  readonly #duration = new Histogram({
    name: 'apiserver_request_duration_seconds',
    help: 'Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.',
    labelNames: [...LABELS, 'dry_run'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  readonly #size = new Histogram({
    name: 'apiserver_response_sizes',
    help: 'Response size distribution in bytes for each group, version, verb, resource, subresource, scope and component.',
    labelNames: LABELS,
    buckets: [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9],
    registers: [this.registry],
  });

  constructor(sources: {
    readonly inFlight: () => { readonly reading: number; readonly mutating: number };
    readonly watches: () => number;
    readonly objects: () => Iterable<readonly [string, number]>;
    readonly revision: () => number;
  }) {
    const { registry } = this;
    collectDefaultMetrics({ register: registry });
    new Gauge({
      name: 'apiserver_current_inflight_requests',
      help: 'Maximal number of currently used inflight request limit of this apiserver per request kind in last second.',
      labelNames: ['request_kind'],
      registers: [registry],
      collect() {
        const { reading, mutating } = sources.inFlight();
        this.set({ request_kind: 'readOnly' }, reading);
        this.set({ request_kind: 'mutating' }, mutating);
      },
    });
    new Gauge({
      name: 'apiserver_longrunning_requests',
      help: 'Gauge of all active long-running apiserver requests.',
      registers: [registry],
      collect() {
        this.set(sources.watches());
      },
    });
    new Gauge({
      name: 'apiserver_storage_objects',
      help: 'Number of stored objects at the time of last check split by kind.',
      labelNames: ['resource'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [resource, count] of sources.objects()) this.set({ resource }, count);
      },
    });
    new Gauge({
      name: 'gantry_cache_revision',
      help: 'Revision up to which the watch cache holds everything.',
      registers: [registry],
      collect() {
        this.set(sources.revision());
      },
    });
  }

  observe(
    attributes: RequestAttributes,
    code: number,
    seconds: number,
    bytes: number,
    dryRun: boolean,
  ): void {
    const labels = labelsOf(attributes);
    const dry_run = dryRun ? 'All' : '';
    this.#total.inc({ ...labels, code: String(code), dry_run });
    if (labels.verb === 'WATCH') return;
    this.#duration.observe({ ...labels, dry_run }, seconds);
    this.#size.observe(labels, bytes);
  }
}

/** Names come from the URL: what no resource of ours could be called does not get a time series of its own. */
function labelsOf(attributes: RequestAttributes): Record<(typeof LABELS)[number], string> {
  const { isResourceRequest, verb, group, version, resource, subresource, namespace, name } = attributes;
  const known = isResourceRequest && KNOWN_RESOURCE.test(resource);
  return {
    verb: verb.toUpperCase(),
    group: known ? group : '',
    version: known ? version : '',
    resource: known ? resource : '',
    subresource: known ? subresource : '',
    scope: !known ? '' : name !== '' ? 'resource' : namespace !== '' ? 'namespace' : 'cluster',
    component: 'apiserver',
  };
}
