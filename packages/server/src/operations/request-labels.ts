import type { RoutedRequest } from '../http/api-request.ts';
import type { RequestAttributes } from '../request.ts';

/** What the metrics of a request are broken out by. */
export interface RequestLabels {
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly scope: string;
}

const CONNECTIONS = new Set(['log', 'exec', 'portforward', 'attach', 'proxy']);
const METHODS = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'LIST',
  'PATCH',
  'POST',
  'PROXY',
  'PUT',
  'UPDATE',
  'WATCH',
]);
const APPLY_TYPES = new Set(['application/apply-patch+yaml', 'application/apply-patch+cbor']);
const SYSTEM_CLIENTS = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'cluster-policy-controller',
]);

export function scopeOf({ name, verb, namespace, isResourceRequest }: RequestAttributes): string {
  if (name !== '' || verb === 'create') return 'resource';
  if (namespace !== '') return 'namespace';
  return isResourceRequest ? 'cluster' : '';
}

function verbOf({ method, attributes, headers }: RoutedRequest, scope: string): string {
  const { isResourceRequest, subresource, verb } = attributes;
  if (isResourceRequest && CONNECTIONS.has(subresource)) return 'CONNECT';
  if (verb === 'watch') return 'WATCH';
  if (method === 'GET' || method === 'HEAD') return scope !== 'resource' && scope !== '' ? 'LIST' : 'GET';
  if (method === 'PATCH' && APPLY_TYPES.has(String(headers['content-type'] ?? ''))) return 'APPLY';
  return METHODS.has(method) ? method : 'other';
}

/** A request's labels. A path that is no resource counts under its own name only where that is one of ours. */
export function labelsOf(request: RoutedRequest, ownPath: boolean): RequestLabels {
  const { attributes } = request;
  const scope = scopeOf(attributes);
  const verb = verbOf(request, scope);
  if (!attributes.isResourceRequest)
    return { verb, group: '', version: '', resource: '', subresource: ownPath ? attributes.path : '', scope };
  const { group, version, resource, subresource } = attributes;
  return { verb, group, version, resource, subresource, scope };
}

export function dryRunOf(query: URLSearchParams): string {
  if (!query.has('dryRun')) return '';
  return query.getAll('dryRun').every((value) => value === 'All') ? 'All' : 'invalid';
}

export function systemClientOf({ headers }: RoutedRequest): string {
  const agent = headers['user-agent'];
  if (typeof agent !== 'string') return '';
  const slash = agent.indexOf('/');
  const program = slash < 0 ? '' : agent.slice(0, slash);
  return SYSTEM_CLIENTS.has(program) ? program : '';
}
