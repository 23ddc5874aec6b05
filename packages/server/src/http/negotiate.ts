import { failure, type StatusError } from '@gantry/machinery/status';
import { LRUCache } from 'lru-cache';
import type { ApiResource } from '../registry/resource.ts';
import { headerOf, type RoutedRequest } from './api-request.ts';
import { messageOfKind } from './protobuf/message-table.ts';

export type Format = 'json' | 'yaml' | 'protobuf';

/** How a client wants its answer. */
export interface Accepted {
  readonly format: Format;
  readonly form: 'full' | 'table' | 'metadata';
  /** Version of meta.k8s.io of a table or of metadata. */
  readonly version: 'v1' | 'v1beta1';
  /** The client asked for PartialObjectMetadataList, which no single object is. */
  readonly list: boolean;
  readonly pretty: boolean;
}

/** What an endpoint can answer with, besides JSON and YAML. */
export interface Endpoint {
  /** Table and PartialObjectMetadata. */
  readonly transforms: boolean;
  /** The objects themselves have a binary form. */
  readonly protobuf: boolean;
}

interface Clause {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

const TYPES = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const STREAM_TYPES = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';

/** In the order in which a wildcard chooses. */
const FORMATS: readonly (readonly [Format, string])[] = [
  ['json', 'json'],
  ['yaml', 'yaml'],
  ['protobuf', 'vnd.kubernetes.protobuf'],
];
const KNOWN_TYPES = new Set(['*/*', ...FORMATS.map(([, subtype]) => `application/${subtype}`)]);
const MAX_CLAUSES = 32;
const MAX_CACHED_HEADER = 1024;
const parsed = new LRUCache<string, Header>({ max: 500 });

interface Header {
  readonly clauses: readonly Clause[];
  /** Names a type that built-in resources come in, word for word, or any. */
  readonly known: boolean;
}

function parseClause(text: string): Clause | undefined {
  const [range = '', ...rest] = text.split(';');
  const [type = '', subtype, more] = range.trim().split('/');
  if (more !== undefined || (subtype === undefined && type !== '*')) return undefined;
  const parameters = new Map<string, string>();
  let quality = 1;
  for (const part of rest) {
    const [name = '', value, extra] = part.split('=');
    if (value === undefined || value === '' || extra !== undefined) continue;
    if (name.trim() === 'q') quality = Number.parseFloat(value) || 0;
    else parameters.set(name.trim(), value.trim());
  }
  return { type: type.trim(), subtype: (subtype ?? '*').trim(), quality, parameters };
}

/** Better first: more wanted, then less of a wildcard. No order in the strict sense, as in the original. */
const before = (a: Clause, b: Clause): boolean =>
  a.quality > b.quality || (a.type !== '*' && b.type === '*') || (a.subtype !== '*' && b.subtype === '*');

function parseAccept(header: string): Header {
  const kept = parsed.get(header);
  if (kept !== undefined) return kept;
  const clauses = header
    .split(',')
    .slice(0, MAX_CLAUSES)
    .flatMap((text) => parseClause(text) ?? []);
  // By insertion: what is not better stays where the client put it.
  for (let end = 1; end < clauses.length; end++)
    for (let at = end; at > 0; at--) {
      const [left, right] = [clauses[at - 1], clauses[at]];
      if (left === undefined || right === undefined || !before(right, left)) break;
      clauses[at - 1] = right;
      clauses[at] = left;
    }
  const known = clauses.some(({ type, subtype }) => KNOWN_TYPES.has(`${type}/${subtype}`));
  const made = { clauses, known };
  if (header.length < MAX_CACHED_HEADER) parsed.set(header, made);
  return made;
}

const METADATA = new Set(['PartialObjectMetadata', 'PartialObjectMetadataList']);

/** The clause's wish in one format, if the endpoint can grant it. */
function grant({ parameters }: Clause, format: Format, endpoint: Endpoint): Accepted | undefined {
  const stream = parameters.get('stream');
  if (stream !== undefined && (stream !== 'watch' || format === 'yaml')) return undefined;
  if ((parameters.get('sv') ?? 'v1') !== 'v1') return undefined;
  const pretty = parameters.get('pretty') === '1';
  const as = parameters.get('as');
  const group = parameters.get('g');
  const version = parameters.get('v');
  if (as === undefined && group === undefined && version === undefined) {
    if (format === 'protobuf' && !endpoint.protobuf) return undefined;
    return { format, form: 'full', version: 'v1', list: false, pretty };
  }
  if (!endpoint.transforms || group !== 'meta.k8s.io') return undefined;
  if (version !== 'v1' && version !== 'v1beta1') return undefined;
  if (as === 'Table' && format !== 'protobuf') return { format, form: 'table', version, list: false, pretty };
  if (as === undefined || !METADATA.has(as)) return undefined;
  return { format, form: 'metadata', version, list: as === 'PartialObjectMetadataList', pretty };
}

function choose(header: string, endpoint: Endpoint): Accepted | undefined {
  for (const clause of parseAccept(header).clauses) {
    if (clause.type !== 'application' && clause.type !== '*') continue;
    for (const [format, subtype] of FORMATS) {
      if (clause.subtype !== '*' && (clause.type === '*' || clause.subtype !== subtype)) continue;
      const granted = grant(clause, format, endpoint);
      if (granted !== undefined) return granted;
    }
  }
  return undefined;
}

export const JSON_FULL: Accepted = {
  format: 'json',
  form: 'full',
  version: 'v1',
  list: false,
  pretty: false,
};

export const notAcceptable = (stream = false): StatusError =>
  failure(
    406,
    'NotAcceptable',
    `only the following media types are accepted: ${stream ? STREAM_TYPES : TYPES}`,
  );

/** 406 of a form that does not fit what was asked for. */
export const unfit = (message: string): StatusError => failure(406, 'NotAcceptable', message);

/** People at a terminal or a browser get indented JSON. */
const HUMAN = /^(?:curl|Wget|Mozilla\/5\.0)/;

function wantsPretty(query: URLSearchParams, userAgent: string | undefined): boolean {
  const asked = query.get('pretty');
  if (asked !== null && asked !== '') return /^(?:1|t|T|true|TRUE|True)$/.test(asked);
  return userAgent !== undefined && HUMAN.test(userAgent);
}

/** The best form that the client takes; undefined when there is none. */
export function negotiated(
  request: Pick<RoutedRequest, 'headers' | 'query'>,
  endpoint: Endpoint,
): Accepted | undefined {
  const header = headerOf(request, 'accept') ?? '';
  const chosen = header === '' ? JSON_FULL : choose(header, endpoint);
  if (chosen === undefined || chosen.pretty || chosen.format !== 'json') return chosen;
  return wantsPretty(request.query, headerOf(request, 'user-agent')) ? { ...chosen, pretty: true } : chosen;
}

/** Custom resources have no binary form, but their metadata has. */
export const hasProtobuf = ({ apiVersion, kind }: ApiResource): boolean =>
  messageOfKind(apiVersion, kind.kind) !== undefined;

const STREAMS = new Set(['list', 'watch']);

/** The answer to a client that no built-in resource can please, whatever it adds to its types. */
function unavailable({ headers, attributes }: RoutedRequest): StatusError | undefined {
  const header = headerOf({ headers }, 'accept') ?? '';
  if (header === '' || parseAccept(header).known) return undefined;
  const types = STREAMS.has(attributes.verb) ? `${TYPES}, ${STREAM_TYPES}` : TYPES;
  return failure(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${types}`, {});
}

/** What a request for objects of a resource, or for one of its subresources, is answered with. Throws NotAcceptable. */
export function negotiate(request: RoutedRequest, resource: ApiResource): Accepted {
  const builtIn = hasProtobuf(resource);
  // A Scale is a built-in kind, whatever is scaled.
  const protobuf = builtIn || request.attributes.subresource === 'scale';
  return negotiateAs(request, builtIn, { transforms: true, protobuf });
}

/** As `negotiate`, of an endpoint that answers with objects that it makes. */
export const negotiateMade = (request: RoutedRequest, resource: ApiResource | undefined): Accepted => {
  const builtIn = resource === undefined || hasProtobuf(resource);
  return negotiateAs(request, builtIn, { transforms: false, protobuf: builtIn });
};

function negotiateAs(request: RoutedRequest, builtIn: boolean, endpoint: Endpoint): Accepted {
  const refusal = builtIn ? unavailable(request) : undefined;
  if (refusal !== undefined) throw refusal;
  const accepted = negotiated(request, endpoint);
  if (accepted === undefined) throw notAcceptable();
  return accepted;
}
