/** A request to the agent's server, taken apart. */
export type Route =
  | { readonly type: 'logs'; readonly namespace: string; readonly pod: string; readonly container: string }
  | {
      readonly type: 'exec' | 'attach';
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
    }
  | { readonly type: 'portForward'; readonly namespace: string; readonly pod: string }
  | { readonly type: 'nodeLogs'; readonly path: string }
  | { readonly type: PlainType };

type PlainType = 'healthz' | 'pods' | 'runningPods' | 'summary' | 'metrics' | 'resourceMetrics';

const PLAIN: Readonly<Record<string, PlainType>> = {
  '/healthz': 'healthz',
  '/pods': 'pods',
  '/pods/': 'pods',
  '/runningpods': 'runningPods',
  '/runningpods/': 'runningPods',
  '/stats/summary': 'summary',
  '/metrics': 'metrics',
  '/metrics/resource': 'resourceMetrics',
};

const NODE_LOGS = '/logs/';

/** Undefined when the agent serves no such path. A uid between pod and container is allowed, as the original's. */
export function routeOf(path: string): Route | undefined {
  const plain = PLAIN[path];
  if (plain !== undefined) return { type: plain };
  if (path.startsWith(NODE_LOGS))
    return { type: 'nodeLogs', path: decodeURIComponent(path.slice(NODE_LOGS.length)) };
  const [, verb, namespace = '', pod = '', ...rest] = path.split('/').map((part) => decodeURIComponent(part));
  if (namespace === '' || pod === '') return undefined;
  const container = rest.at(-1) ?? '';
  if (verb === 'portForward' && rest.length <= 1) return { type: 'portForward', namespace, pod };
  if (container === '' || rest.length > 2) return undefined;
  if (verb === 'containerLogs') return { type: 'logs', namespace, pod, container };
  if (verb === 'exec' || verb === 'attach') return { type: verb, namespace, pod, container };
  return undefined;
}

/** A flag of the query: by the agent's name (`input`) or the API's (`stdin`). */
export function flag(query: URLSearchParams, ...names: readonly string[]): boolean {
  return names.some((name) => ['1', 'true'].includes(query.get(name) ?? ''));
}
