import type { RoutedRequest } from '../http/api-request.ts';
import { type ApiResponse, bodyLength } from '../http/response.ts';
import { type Cell, type Distribution, processInstruments as set } from './instruments.ts';
import { dryRunOf, labelsOf, type RequestLabels, systemClientOf } from './request-labels.ts';

const TARGET = ['group', 'version', 'resource', 'subresource', 'scope'];
const LABELS = ['verb', ...TARGET, 'component'];
const DURATIONS = [
  ...[0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3],
  ...[4, 5, 6, 8, 10, 15, 20, 30, 45, 60],
];
const COMPONENT = 'apiserver';

const total = set.counter(
  'apiserver_request_total',
  'Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.',
  ['verb', 'dry_run', ...TARGET, 'component', 'code', 'system_client'],
);
const longRunning = set.gauge(
  'apiserver_longrunning_requests',
  'Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component. Not all requests are tracked this way.',
  LABELS,
);
const duration = set.histogram(
  'apiserver_request_duration_seconds',
  'Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.',
  ['verb', 'dry_run', ...TARGET, 'component'],
  [0.005, 0.025, ...DURATIONS],
);
const sli = set.histogram(
  'apiserver_request_sli_duration_seconds',
  'Response latency distribution (not counting webhook duration and priority & fairness queue wait times) in seconds for each verb, group, version, resource, subresource, scope and component.',
  LABELS,
  DURATIONS,
);
const sizes = set.histogram(
  'apiserver_response_sizes',
  'Response size distribution in bytes for each group, version, verb, resource, subresource, scope and component.',
  LABELS,
  [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9],
);
const terminations = set.counter(
  'apiserver_request_terminations_total',
  'Number of requests which apiserver terminated in self-defense.',
  [...LABELS, 'code'],
);
const aborts = set.counter(
  'apiserver_request_aborts_total',
  'Number of requests which apiserver aborted possibly due to a timeout, for each group, version, verb, resource, subresource and scope',
  ['verb', ...TARGET],
);

const deprecated = set.gauge(
  'apiserver_requested_deprecated_apis',
  'Gauge of deprecated APIs that have been requested, broken out by API group, version, resource, subresource, and removed_release.',
  ['group', 'version', 'resource', 'subresource', 'removed_release'],
);

/** Somebody asked for a kind that is deprecated; none of those has a release that removes it. */
export function noteDeprecated({ attributes }: Pick<RoutedRequest, 'attributes'>): void {
  const { group, version, resource, subresource } = attributes;
  deprecated.with(group, version, resource, subresource, '').set(1);
}

/** Failed and refused handshakes; counted where connections come in. */
export const tlsHandshakeErrors = set
  .counter(
    'apiserver_tls_handshake_errors_total',
    "Number of requests dropped with 'TLS handshake error from' error",
  )
  .with();

interface Series {
  readonly labels: readonly string[];
  readonly codes: Map<string, Cell>;
  readonly duration: Distribution;
  readonly dryDuration: Distribution;
  readonly sli: Distribution;
  readonly sizes: Distribution;
}

/** Paths that are ours, beside those of resources. */
const OWN_PATHS =
  /^\/(healthz|livez|readyz)(\/[\w-]+)*$|^\/(api|apis|metrics|metrics\/slis|version|openapi\/v[23]|openid\/v1\/jwks|statusz|flagz)?$/;
const MAX_KNOWN = 10_000;

const values = ({ verb, group, version, resource, subresource, scope }: RequestLabels): string[] => [
  verb,
  group,
  version,
  resource,
  subresource,
  scope,
  COMPONENT,
];

/** Series by what a request is about, so that counting one takes a look-up and some additions. */
const known = new Map<string, Series>();

function seriesOf(labels: RequestLabels): Series {
  const all = values(labels);
  const key = all.join('\u0000');
  const found = known.get(key);
  if (found !== undefined) return found;
  const [verb = '', ...target] = all;
  const series: Series = {
    labels: all,
    codes: new Map(),
    duration: duration.with(verb, '', ...target),
    dryDuration: duration.with(verb, 'All', ...target),
    sli: sli.with(...all),
    sizes: sizes.with(...all),
  };
  if (known.size < MAX_KNOWN) known.set(key, series);
  return series;
}

const anonymous = (labels: RequestLabels): RequestLabels => ({
  ...labels,
  group: '',
  version: '',
  resource: '',
  subresource: '',
});

/** Names come from the URL: what was never answered otherwise than with 403 or 404 gets no series of its own. */
function bounded(labels: RequestLabels, code: number): RequestLabels {
  if ((code !== 403 && code !== 404) || known.has(values(labels).join('\u0000'))) return labels;
  return anonymous(labels);
}

function count(request: RoutedRequest, { labels, codes }: Series, code: number): void {
  const dryRun = dryRunOf(request.query);
  const client = systemClientOf(request);
  const key = `${code} ${dryRun} ${client}`;
  let cell = codes.get(key);
  if (cell === undefined) {
    const [verb = '', ...target] = labels;
    cell = total.with(verb, dryRun, ...target, String(code), client);
    codes.set(key, cell);
  }
  cell.value++;
}

const own = ({ attributes }: RoutedRequest): boolean => OWN_PATHS.test(attributes.path);

/** Counts an answered request. Times in milliseconds; `waited` is what it spent in a queue, inside `took`. */
export function observeRequest(
  request: RoutedRequest,
  answer: ApiResponse,
  took: number,
  waited: number,
): void {
  const series = seriesOf(bounded(labelsOf(request, own(request)), answer.status));
  count(request, series, answer.status);
  if (answer.stream !== undefined) return;
  const dry = request.query.has('dryRun');
  (dry ? series.dryDuration : series.duration).observe(took / 1000);
  if (!dry) series.sli.observe((took - waited) / 1000);
  if (request.method === 'GET') series.sizes.observe(bodyLength(answer));
}

/** Counts a request that was turned away before anything was done for it. */
export function observeDropped(request: RoutedRequest, code: number): void {
  const labels = bounded(labelsOf(request, own(request)), 404);
  count(request, seriesOf(labels), code);
  terminations.with(...values(labels), String(code)).add();
}

/** A request that took too long, or whose client went away. */
export function observeAbort(request: RoutedRequest): void {
  const { verb, group, version, resource, subresource, scope } = labelsOf(request, own(request));
  aborts.with(verb, group, version, resource, subresource, scope).add();
}

/** Counts a watch, or a connection, for as long as it lasts; returns how to end that. */
export function beginLongRunning(request: RoutedRequest): () => void {
  const cell = longRunning.with(...values(labelsOf(request, own(request))));
  cell.add();
  let open = true;
  return () => {
    if (open) cell.add(-1);
    open = false;
  };
}
