import { parseFieldSelector, requiredFieldValue } from '@gantry/machinery/field-selector';
import type { RequestAttributes } from '../request.ts';

/** A request's path and method, read once. `rest` is what follows a subresource: `proxy/REST`. */
export interface ParsedRequest {
  readonly attributes: RequestAttributes;
  readonly rest: string;
}

const NON_RESOURCE_VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'head',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
  OPTIONS: 'options',
};

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);
/** A flag of the query: there and not `false` or `0`. */
const isTrue = (value: string | null): boolean =>
  value !== null && value !== '0' && value.toLowerCase() !== 'false';

/**
 * The value of `metadata.name=x` when the selector demands exactly that. Read by the parser that selects too: what
 * authorization sees must be what is selected.
 */
function nameFromFieldSelector(selector: string | null): string {
  if (selector === null || selector === '') return '';
  try {
    return requiredFieldValue(parseFieldSelector(selector), 'metadata.name') ?? '';
  } catch {
    return '';
  }
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'GET':
    case 'HEAD':
      if (name !== '') return 'get';
      return isTrue(query.get('watch')) ? 'watch' : 'list';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === '' ? 'deletecollection' : 'delete';
    default:
      return '';
  }
}

/** An empty segment up to the object's name, other than after a closing slash: no route of the original's has one. */
function hasGap(parts: readonly string[], resourceAt: number): boolean {
  const last = parts[resourceAt] === 'namespaces' ? resourceAt + 3 : resourceAt + 1;
  for (let at = 1; at <= last && at < parts.length; at++)
    if (parts[at] === '' && (at < parts.length - 1 || at <= resourceAt)) return true;
  return false;
}

const nonResource = (method: string, path: string): ParsedRequest => ({
  rest: '',
  attributes: {
    isResourceRequest: false,
    verb: NON_RESOURCE_VERBS[method] ?? method.toLowerCase(),
    group: '',
    version: '',
    resource: '',
    subresource: '',
    namespace: '',
    name: '',
    path,
  },
});

/**
 * `/api/v1/namespaces/NS/RESOURCE/NAME/SUB/REST` and `/apis/GROUP/VERSION/…` as authorization sees them.
 * Segments are percent-decoded; throws URIError for a malformed escape.
 */
export function parseRequest(method: string, path: string, query: URLSearchParams): ParsedRequest {
  const parts = path.split('/');
  const root = parts[1];
  const grouped = root === 'apis';
  let at = grouped ? 4 : 3;
  if ((!grouped && root !== 'api') || parts.length <= at || hasGap(parts, at))
    return nonResource(method, path);
  const segment = (index: number): string => {
    const text = parts[index] ?? '';
    return text.includes('%') ? decodeURIComponent(text) : text;
  };
  let forcedVerb = '';
  if (segment(at) === 'watch' && parts.length > at + 1) {
    forcedVerb = 'watch';
    at++;
  }
  let namespace = '';
  if (segment(at) === 'namespaces' && parts.length > at + 1) {
    namespace = segment(at + 1);
    const next = segment(at + 2);
    if (next !== '' && !NAMESPACE_SUBRESOURCES.has(next)) at += 2;
  }
  const resource = segment(at);
  let name = segment(at + 1);
  const verb = forcedVerb !== '' ? forcedVerb : verbOf(method, name, query);
  const collection = verb === 'list' || verb === 'watch' || verb === 'deletecollection';
  const fieldSelector = query.get('fieldSelector');
  const labelSelector = query.get('labelSelector');
  if (collection && name === '') name = nameFromFieldSelector(fieldSelector);
  const attributes: RequestAttributes = {
    isResourceRequest: true,
    verb,
    group: grouped ? segment(2) : '',
    version: grouped ? segment(3) : segment(2),
    resource,
    subresource: segment(at + 2),
    namespace,
    name,
    path,
    ...(collection && fieldSelector !== null ? { fieldSelector } : {}),
    ...(collection && labelSelector !== null ? { labelSelector } : {}),
  };
  return { attributes, rest: parts.slice(at + 3).join('/') };
}
