import { parseFieldSelector } from '@gantry/machinery/field-selector';
import { badRequest } from '@gantry/machinery/status';
import { parseTime } from '@gantry/machinery/time';
import type { LedgerPosition, LedgerQuery } from '@gantry/store/ledger-port';
import { storable } from './manifest.ts';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1_000;
/** With manifests an answer is large. */
const MAX_LIMIT_MANIFESTS = 100;
const MAX_TERM = 1_024;
/** Postgres knows no year 0. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');

type TextField = Exclude<
  keyof LedgerQuery,
  'types' | 'since' | 'until' | 'limit' | 'after' | 'manifests' | 'namespace'
>;

/** Names in a field selector or in the query, and what they search. */
const FIELDS: Readonly<Record<string, TextField>> = {
  actor: 'actor',
  application: 'application',
  repository: 'repository',
  ref: 'ref',
  commit: 'commit',
  operation: 'operation',
  syncId: 'syncId',
  image: 'image',
  error: 'error',
  'object.apiVersion': 'apiVersion',
  'object.kind': 'kind',
  'object.namespace': 'objectNamespace',
  'object.name': 'objectName',
};
const OTHERS = ['type', 'since', 'until', 'metadata.name', 'metadata.namespace'];
const KNOWN = [...Object.keys(FIELDS), ...OTHERS].sort().join(', ');

/** A search, and the name of the one entry that is meant, if only one is. */
export interface LedgerSearch {
  readonly query: LedgerQuery;
  readonly name?: string;
}

function instant(field: string, text: string): number {
  const time = parseTime(text)?.getTime();
  if (time === undefined || time < EARLIEST)
    throw badRequest(`${field} must be a time such as 2026-01-31T08:00:00Z`);
  return time;
}

function limitOf(text: string | null, manifests: boolean): number {
  const most = manifests ? MAX_LIMIT_MANIFESTS : MAX_LIMIT;
  if (text === null || text === '' || text === '0') return Math.min(DEFAULT_LIMIT, most);
  if (!/^\d{1,9}$/.test(text)) throw badRequest('limit must be a whole number');
  return Math.min(Number(text), most);
}

const TOKEN = /^(\d{1,15})\/([^/]{1,253})\/([^/]{0,253})$/;

export const tokenOf = ({ time, name, namespace }: LedgerPosition): string =>
  Buffer.from(`${time}/${name}/${namespace}`).toString('base64url');

function positionOf(token: string | null): LedgerPosition | undefined {
  if (token === null || token === '') return undefined;
  const [, time, name = '', namespace = ''] =
    TOKEN.exec(storable(Buffer.from(token, 'base64url').toString())) ?? [];
  if (time === undefined) throw badRequest('continue key is not valid');
  return { time: Number(time), name, namespace };
}

/** All terms, of the selector and of the query alike. Throws BadRequest. */
function termsOf(query: URLSearchParams): Map<string, string> {
  const terms = new Map<string, string>();
  const add = (field: string, value: string): void => {
    if (value.length > MAX_TERM) throw badRequest(`${field} is longer than ${MAX_TERM} characters`);
    const before = terms.get(field);
    if (before !== undefined && before !== value)
      throw badRequest(`${field} is given twice, as ${JSON.stringify(before)} and ${JSON.stringify(value)}`);
    terms.set(field, storable(value));
  };
  let selector: ReturnType<typeof parseFieldSelector>;
  try {
    selector = parseFieldSelector(query.get('fieldSelector') ?? '');
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
  for (const { field, operator, value } of selector) {
    if (!(field in FIELDS) && !OTHERS.includes(field))
      throw badRequest(`field label not supported: ${field}; ledger entries can be searched by ${KNOWN}`);
    if (operator === '!=') throw badRequest(`${field}: ledger entries can be searched by = only`);
    add(field, value);
  }
  for (const field of [...Object.keys(FIELDS), 'type', 'since', 'until']) {
    const value = query.get(field);
    if (value !== null) add(field, value);
  }
  return terms;
}

/** What a LIST asks for: field selector and parameters of the same names. Throws BadRequest. */
export function searchOf(params: URLSearchParams, namespace: string): LedgerSearch {
  if ((params.get('labelSelector') ?? '') !== '')
    throw badRequest('ledger entries have no labels: search them by fieldSelector');
  const terms = termsOf(params);
  const manifests = params.get('manifests') === 'true';
  const texts: Partial<Record<TextField, string>> = {};
  for (const [field, column] of Object.entries(FIELDS)) {
    const value = terms.get(field);
    if (value !== undefined) texts[column] = value;
  }
  if (texts.commit !== undefined && !/^[0-9a-f]{4,64}$/.test(texts.commit))
    throw badRequest('commit must be a commit id, or at least its first four characters');
  const own = terms.get('metadata.namespace') ?? '';
  const wanted = namespace || own;
  if (own !== '' && own !== wanted)
    throw badRequest(`metadata.namespace=${own} does not fit the namespace of the request`);
  const [type, since, until, name] = ['type', 'since', 'until', 'metadata.name'].map((field) =>
    terms.get(field),
  );
  const after = positionOf(params.get('continue'));
  return {
    query: {
      ...texts,
      ...(wanted === '' ? {} : { namespace: wanted }),
      ...(type === undefined ? {} : { types: type.split('|') }),
      ...(since === undefined ? {} : { since: instant('since', since) }),
      ...(until === undefined ? {} : { until: instant('until', until) }),
      ...(after === undefined ? {} : { after }),
      manifests,
      limit: limitOf(params.get('limit'), manifests),
    },
    ...(name === undefined ? {} : { name }),
  };
}
