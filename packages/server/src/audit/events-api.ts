import { badRequest } from '@gantry/machinery/status';
import { parseTime } from '@gantry/machinery/time';
import type { AuditPosition, AuditQuery, AuditReader } from '@gantry/store/audit-port';
import type { PlainHandler } from '../http/chain.ts';
import { verbNotAllowed } from '../http/errors.ts';
import { JSON_TYPE } from '../http/response.ts';

const GROUP = 'audit.gantry.dev';
const VERSION = 'v1alpha1';
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** Postgres knows no year 0. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');

const TEXTS = {
  auditID: 'auditId',
  user: 'username',
  verb: 'verb',
  apiGroup: 'apiGroup',
  resource: 'resource',
  namespace: 'namespace',
  name: 'name',
} as const;

function instant(query: URLSearchParams, key: string): number | undefined {
  const text = query.get(key);
  if (text === null) return undefined;
  const time = parseTime(text)?.getTime();
  if (time === undefined || time < EARLIEST)
    throw badRequest(`${key} must be a time such as 2026-01-31T08:00:00Z`);
  return time;
}

function whole(query: URLSearchParams, key: string, low: number, high: number): number | undefined {
  const text = query.get(key);
  if (text === null) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw badRequest(`${key} must be a whole number from ${low} to ${high}`);
  return value;
}

function position(token: string | null): AuditPosition | undefined {
  if (token === null) return undefined;
  const match = /^(\d{1,15})\.(\d{1,18})$/.exec(Buffer.from(token, 'base64url').toString());
  if (match?.[1] === undefined || match[2] === undefined) throw badRequest('continue key is not valid');
  return { time: Number(match[1]), id: match[2] };
}

function search(query: URLSearchParams, namespace: string): AuditQuery {
  const texts: Record<string, string> = {};
  for (const [parameter, key] of Object.entries(TEXTS)) {
    const value = query.get(parameter);
    if (value !== null) texts[key] = value.replaceAll('\0', '');
  }
  const [code, since, until] = [
    whole(query, 'code', 0, 999),
    instant(query, 'since'),
    instant(query, 'until'),
  ];
  const after = position(query.get('continue'));
  return {
    ...texts,
    ...(namespace === '' ? {} : { namespace }),
    ...(code === undefined ? {} : { code }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(after === undefined ? {} : { after }),
    limit: whole(query, 'limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT,
  };
}

/**
 * `GET /apis/audit.gantry.dev/v1alpha1/[namespaces/NS/]events`: what was recorded in the database, newest first, as an
 * EventList of audit.k8s.io/v1. RBAC decides by the resource `events` of the group, verb `list`.
 */
export const auditEventsHandler =
  (reader: AuditReader): PlainHandler =>
  async ({ attributes, query }) => {
    const { group, version, resource, verb, namespace, name, subresource } = attributes;
    if (!attributes.isResourceRequest || group !== GROUP || version !== VERSION || resource !== 'events')
      return undefined;
    if (verb !== 'list' || subresource !== '' || (name !== '' && query.get('fieldSelector') === null))
      throw verbNotAllowed();
    const { events, next } = await reader.find(search(query, namespace));
    const metadata =
      next === undefined ? {} : { continue: Buffer.from(`${next.time}.${next.id}`).toString('base64url') };
    const body = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":${JSON.stringify(metadata)},"items":[${events.join(',')}]}\n`;
    return { status: 200, headers: { 'content-type': JSON_TYPE }, body: Buffer.from(body) };
  };
