import { collectDefaultMetrics, Registry as MetricsRegistry } from 'prom-client';
import type { RoutedRequest } from '../http/api-request.ts';
import type { ApiResponse } from '../http/response.ts';
import { measureRules } from './expression-metrics.ts';
import { type FeatureGates, showFeatureGates } from './feature-gates.ts';
import { disableMetrics, InstrumentSet, processInstruments } from './instruments.ts';
import { showMetricCounts } from './metric-counts.ts';
import { beginLongRunning, observeAbort, observeDropped, observeRequest } from './request-metrics.ts';
import { groupResource } from './store-metrics.ts';

interface Counts {
  readonly reading: number;
  readonly mutating: number;
}

export interface MetricSources {
  readonly executing: () => Counts;
  readonly waiting: () => Counts;
  /** Storage resource and number of objects. */
  readonly objects: () => Iterable<readonly [key: string, count: number, averageBytes: number]>;
  readonly revision: () => number;
  /** Bytes that the database takes. */
  readonly storeSize: () => Promise<number>;
  readonly featureGates: FeatureGates;
  /** Names of metrics that no page shows. */
  readonly disabled: readonly string[];
  readonly version: { readonly gitVersion: string; readonly gitCommit: string; readonly buildDate: string };
}

/** The API server's metrics, under the original's names. */
export class ServerMetrics {
  readonly #process = new MetricsRegistry();
  readonly #own = new InstrumentSet();
  readonly #storeSize = this.#own.gauge(
    'apiserver_storage_size_bytes',
    'Size of the storage database file physically allocated in bytes.',
    ['storage_cluster_id'],
  );
  readonly contentType = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';

  readonly #sources: MetricSources;

  constructor(sources: MetricSources) {
    this.#sources = sources;
    collectDefaultMetrics({ register: this.#process });
    const kinds = (name: string, help: string, counts: () => Counts) =>
      this.#own.gauge(name, help, ['request_kind'], (gauge) => {
        const { reading, mutating } = counts();
        gauge.with('readOnly').set(reading);
        gauge.with('mutating').set(mutating);
      });
    kinds(
      'apiserver_current_inflight_requests',
      'Maximal number of currently used inflight request limit of this apiserver per request kind in last second.',
      sources.executing,
    );
    kinds(
      'apiserver_current_inqueue_requests',
      'Maximal number of queued requests in this apiserver per request kind in last second.',
      sources.waiting,
    );
    this.#own.gauge(
      'apiserver_storage_objects',
      'Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1.',
      ['resource'],
      (gauge) => {
        gauge.reset();
        for (const [resource, count] of sources.objects()) gauge.with(resource).set(count);
      },
    );
    this.#own.gauge(
      'apiserver_resource_objects',
      'Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1.',
      ['group', 'resource'],
      (gauge) => {
        gauge.reset();
        for (const [key, count] of sources.objects()) gauge.with(...groupResource(key)).set(count);
      },
    );
    this.#own.gauge(
      'apiserver_resource_size_estimate_bytes',
      'Estimated size of stored objects in database. Estimate is based on sum of last observed sizes of serialized objects. In case of a fetching error, the value will be -1.',
      ['group', 'resource'],
      (gauge) => {
        gauge.reset();
        for (const [key, count, averageBytes] of sources.objects())
          gauge.with(...groupResource(key)).set(Math.round(count * averageBytes));
      },
    );
    this.#own.gauge(
      'gantry_cache_revision',
      'Revision up to which the watch cache holds everything.',
      [],
      (gauge) => gauge.with().set(sources.revision()),
    );
    showFeatureGates(this.#own, sources.featureGates);
    measureRules();
    disableMetrics(sources.disabled);
    showMetricCounts(this.#own, sources.disabled);
    const { gitVersion, gitCommit, buildDate } = sources.version;
    const build = [
      ['major', '1'],
      ['minor', '36'],
      ['git_version', gitVersion],
      ['git_commit', gitCommit],
      ['git_tree_state', 'clean'],
      ['build_date', buildDate],
      ['go_version', `node${process.version.slice(1)}`],
      ['compiler', 'v8'],
      ['platform', `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`],
    ] as const;
    this.#own
      .gauge(
        'kubernetes_build_info',
        'A metric with a constant "1" value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.',
        build.map(([name]) => name),
      )
      .with(...build.map(([, value]) => value))
      .set(1);
  }

  /** Requests that are being worked on. */
  get executing(): number {
    const { reading, mutating } = this.#sources.executing();
    return reading + mutating;
  }

  /** The whole page. */
  async text(): Promise<string> {
    try {
      this.#storeSize.with('postgres').set(await this.#sources.storeSize());
    } catch {
      // A database that can't be reached shows elsewhere; the other figures are wanted most then.
      this.#storeSize.reset();
    }
    return processInstruments.text() + this.#own.text() + (await this.#process.metrics());
  }

  observe(request: RoutedRequest, answer: ApiResponse, took: number, waited: number): void {
    observeRequest(request, answer, took, waited);
  }

  dropped(request: RoutedRequest, code: number): void {
    observeDropped(request, code);
  }

  aborted(request: RoutedRequest): void {
    observeAbort(request);
  }

  longRunning(request: RoutedRequest): () => void {
    return beginLongRunning(request);
  }
}
