import type { AuditRow } from '@gantry/store/audit-port';
import { BatchQueue } from './batch-queue.ts';
import type { AuditEvent } from './event.ts';
import type { AuditSink } from './sink.ts';

const BUFFER = 20_000;
const BATCH = 1_000;
const BATCH_WAIT_MS = 200;
/** Characters of an event without objects, roughly. */
const EVENT_SIZE = 1_000;
/** An event in the database is at most so long; its objects go first. */
const MAX_EVENT = 256 * 1024;
/** Postgres keeps no NUL in a text. */
const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text);

const ESCAPE = /\\(?:u[0-9a-f]{4}|.)/gi;
/** What JSON may escape and Postgres's jsonb refuses: NUL and halves of surrogate pairs. */
const UNFIT = /^\\u(?:0000|d[89a-f][0-9a-f]{2})$/i;

/** JSON text without what the database could not read as jsonb. Only lone halves are ever escaped. */
export const storableJson = (json: string): string =>
  json.includes('\\u') ? json.replace(ESCAPE, (found) => (UNFIT.test(found) ? '' : found)) : json;

function rowOf(event: AuditEvent, json: string): AuditRow {
  const { subject, stage, level, time, impersonated, object, code } = event.parts;
  const { attributes, user, auditId } = subject;
  return {
    time,
    auditId: storable(auditId),
    stage,
    level,
    verb: storable(attributes.verb),
    username: storable(user?.name ?? ''),
    impersonated: impersonated === undefined ? null : storable(impersonated.name),
    apiGroup: storable(attributes.group),
    resource: storable(attributes.resource),
    subresource: storable(attributes.subresource),
    namespace: storable(attributes.namespace || object?.namespace || ''),
    name: storable(attributes.name || object?.name || ''),
    code,
    event: storableJson(json),
  };
}

/** Audit events into the database, written in batches behind the answers: a request never waits for it. */
export function createAuditDatabase(parts: {
  insert(rows: readonly AuditRow[]): Promise<void>;
  onLost(count: number, error: unknown): void;
}): AuditSink {
  const queue = new BatchQueue<AuditEvent>({
    options: { bufferSize: BUFFER, maxBatchSize: BATCH, maxBatchWaitMs: BATCH_WAIT_MS },
    async write(events) {
      const rows: AuditRow[] = [];
      for (const event of events) {
        const json = event.within(MAX_EVENT);
        if (json !== undefined) rows.push(rowOf(event, json));
      }
      await parts.insert(rows);
    },
    sizeOf: ({ parts: { subject, requestObject, responseObject } }) =>
      EVENT_SIZE + subject.uri.length + requestObject.length + responseObject.length,
    onLost: parts.onLost,
  });
  return {
    accept(event) {
      queue.push(event);
      return undefined;
    },
    close: () => queue.close(),
  };
}
