import type { ShutdownOptions } from '../http/drain.ts';
import type { TransportOptions } from '../http/server.ts';
import type { FeatureGates } from './feature-gates.ts';
import type { HealthCheck } from './health.ts';
import type { RequestObserver } from './observer.ts';

/** What an operator may set; the names are those of the flags. */
export interface OperationsOptions {
  /** Default: 400 and 200, together the seats of priority and fairness. */
  readonly maxRequestsInflight?: number;
  readonly maxMutatingRequestsInflight?: number;
  /** Default: true. */
  readonly enablePriorityAndFairness?: boolean;
  /** Longest that a request which is no watch and no connection may take; default 60 s. */
  readonly requestTimeoutMs?: number;
  readonly livezGraceMs?: number;
  /** Checks of `/healthz`, `/livez` and `/readyz` beyond the server's own. */
  readonly healthChecks?: readonly HealthCheck[];
  /** How long events are kept after they were last seen; 0 = for good. Default: an hour. */
  readonly eventLifeMs?: number;
  /** Least time of a watch that asks for none, which gets up to twice as much; 0 = a day. Default: half an hour. */
  readonly minRequestTimeoutMs?: number;
  /** Whose pages may ask and read answers, by the `Origin` that browsers send. */
  readonly corsAllowedOrigins?: readonly RegExp[];
  /** Value of the header `Strict-Transport-Security` of every answer; '' = none. */
  readonly strictTransport?: string;
  readonly shutdown?: ShutdownOptions;
  readonly transport?: TransportOptions;
  /** Offers `/debug/pprof`. Default: false. */
  readonly profiling?: boolean;
  readonly featureGates?: FeatureGates;
  /** Names of metrics that `/metrics` leaves out. */
  readonly disabledMetrics?: readonly string[];
  /** Flags and their values, for `/flagz`. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Told of each request that comes over the wire: logs, traces. */
  readonly observers?: readonly RequestObserver[];
}
