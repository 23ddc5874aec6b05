import { parseYaml } from '@gantry/machinery/yaml';
import type { Context, Link, Span, Tracer } from '@opentelemetry/api';
import type { Call } from '../http/server.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';
import type { RequestObserver } from './observer.ts';

/** A TracingConfiguration (apiserver.config.k8s.io/v1). */
export interface TracingConfiguration {
  /** Of an OTLP collector, gRPC without TLS. */
  readonly endpoint: string;
  /** Of requests whose client does not say whether they are sampled. */
  readonly samplingRatePerMillion: number;
}

const GROUP = 'apiserver.config.k8s.io';
const DEFAULT_ENDPOINT = 'localhost:4317';
const MOST = 1_000_000;
/** Users whose trace is continued; that of others is linked to, so that nobody writes into foreign traces. */
const TRUSTED = ['system:masters', 'system:monitoring'];
const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function checkEndpoint(endpoint: string): void {
  const scheme = /^([a-z-]+):/.exec(endpoint.includes('//') ? endpoint : `dns://${endpoint}`)?.[1] ?? '';
  if (!['dns', 'unix', 'unix-abstract'].includes(scheme))
    throw new Error(
      `endpoint: Invalid value: ${JSON.stringify(endpoint)}: unsupported scheme: ${scheme}.  Options are none, dns, unix, or unix-abstract.  See https://github.com/grpc/grpc/blob/master/doc/naming.md`,
    );
}

/** Reads the file's text. Throws Error that names the field. */
export function parseTracingConfiguration(text: string): TracingConfiguration {
  const value = parseYaml(text)[0]?.value as Readonly<Record<string, unknown>> | null | undefined;
  const { apiVersion, kind, endpoint = DEFAULT_ENDPOINT, samplingRatePerMillion = 0 } = value ?? {};
  const served = ['v1', 'v1beta1'].map((version) => `${GROUP}/${version}`);
  if (typeof apiVersion !== 'string' || !served.includes(apiVersion) || kind !== 'TracingConfiguration')
    throw new Error(`give apiVersion ${GROUP}/v1, kind TracingConfiguration`);
  if (typeof endpoint !== 'string') throw new Error('endpoint: must be a string');
  checkEndpoint(endpoint);
  const rate = samplingRatePerMillion;
  if (typeof rate !== 'number' || !Number.isInteger(rate))
    throw new Error('samplingRatePerMillion: must be a whole number');
  if (rate < 0)
    throw new Error(`samplingRatePerMillion: Invalid value: ${rate}: sampling rate must be positive`);
  if (rate > MOST)
    throw new Error(
      `samplingRatePerMillion: Invalid value: ${rate}: sampling rate per million must be less than or equal to one million`,
    );
  return { endpoint, samplingRatePerMillion: rate };
}

/** `GET /api/v1/namespaces/{:namespace}/pods/{:name}/log`, or the method alone. */
function spanName(method: string, attributes: RequestAttributes): string {
  const { isResourceRequest, group, version, namespace, resource, name, subresource } = attributes;
  if (!isResourceRequest) return method;
  const parts = [
    ...(group === '' ? ['/api'] : ['/apis', group]),
    version,
    ...(namespace === '' ? [] : ['namespaces/{:namespace}']),
    resource,
    ...(name === '' ? [] : ['{:name}']),
    ...(subresource === '' ? [] : [subresource]),
  ];
  return `${method} ${parts.join('/')}`;
}

type Api = typeof import('@opentelemetry/api');

function remoteContext(api: Api, call: Call): Context | undefined {
  const { traceparent, tracestate } = call.authentication.headers;
  const match = typeof traceparent === 'string' ? TRACE_PARENT.exec(traceparent) : null;
  if (match === null) return undefined;
  const [, traceId = '', spanId = '', flags = ''] = match;
  const state = typeof tracestate === 'string' ? api.createTraceState(tracestate) : undefined;
  const spanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(state === undefined ? {} : { traceState: state }),
  };
  if (!api.isSpanContextValid(spanContext)) return undefined;
  return api.trace.setSpanContext(api.ROOT_CONTEXT, spanContext);
}

function begin(
  api: Api,
  tracer: Tracer,
  call: Call,
  startTime: number,
  known?: [UserInfo, RequestAttributes],
): Span {
  const remote = remoteContext(api, call);
  const trusted = known?.[0].groups.some((group) => TRUSTED.includes(group)) === true;
  const link = remote === undefined || trusted ? undefined : api.trace.getSpanContext(remote);
  const links: Link[] = link === undefined ? [] : [{ context: link }];
  const name = known === undefined ? call.method : spanName(call.method, known[1]);
  return tracer.startSpan(
    name,
    {
      kind: api.SpanKind.SERVER,
      startTime,
      links,
      attributes: {
        'http.request.method': call.method,
        'http.target': call.url,
        'url.path': call.path,
        'url.scheme': 'https',
        'audit-id': call.auditId,
        'user_agent.original': String(call.authentication.headers['user-agent'] ?? ''),
        'network.peer.address': call.remoteAddress ?? '',
      },
    },
    trusted && remote !== undefined ? remote : api.ROOT_CONTEXT,
  );
}

/** A span for each request, which goes to the tracer once the request has ended. */
export function tracingObserver(api: Api, tracer: Tracer): RequestObserver {
  return {
    begin: (call) => {
      const startTime = Date.now();
      let span: Span | undefined;
      return {
        known: (user, attributes) => {
          span = begin(api, tracer, call, startTime, [user, attributes]);
        },
        end: (status) => {
          span ??= begin(api, tracer, call, startTime);
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
  };
}

export interface Tracing {
  readonly observer: RequestObserver;
  /** Sends what is left. */
  close(): Promise<void>;
}

const exporterUrl = (endpoint: string): string =>
  endpoint.startsWith('unix') ? endpoint : `http://${endpoint.replace(/^dns:\/{2,3}/, '')}`;

/** Loads what tracing takes only now, so that a server without it has nothing of it. */
export async function openTracing(config: TracingConfiguration): Promise<Tracing> {
  const [api, sdk, resources, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-grpc'),
  ]);
  const exporter = new OTLPTraceExporter({ url: exporterUrl(config.endpoint) });
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': 'apiserver' }),
    sampler: new sdk.ParentBasedSampler({
      root: new sdk.TraceIdRatioBasedSampler(config.samplingRatePerMillion / MOST),
    }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  return {
    observer: tracingObserver(api, provider.getTracer('k8s.io/kube-apiserver')),
    close: () => provider.shutdown().catch(() => undefined),
  };
}
