import { readFile } from 'node:fs/promises';
import { type AuditTable, openAuditTable } from '@gantry/db/audit';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import { Auditor } from '@gantry/server/audit/auditor';
import { createAuditDatabase } from '@gantry/server/audit/database';
import { auditEventsHandler } from '@gantry/server/audit/events-api';
import { createFileLog } from '@gantry/server/audit/file-log';
import { auditCounts } from '@gantry/server/audit/instruments';
import { compilePolicy, parsePolicy, standardPolicy } from '@gantry/server/audit/policy';
import type { AuditSink } from '@gantry/server/audit/sink';
import { createAuditWebhook } from '@gantry/server/audit/webhook';
import type { PlainHandler } from '@gantry/server/http/chain';
import type { Logger } from 'pino';
import type { AuditOptions } from './audit-options.ts';
import { createPoster } from './poster.ts';

const DAY_MS = 86_400_000;
const MEGABYTE = 1024 * 1024;
const RETAIN_EVERY_MS = 3_600_000;
/** Losses are told at most so often. */
const TELL_EVERY_MS = 10_000;

export interface Audit {
  /** Absent: nothing is recorded. */
  readonly auditor: Auditor | undefined;
  readonly plain: readonly PlainHandler[];
  close(): Promise<void>;
}

function tellLosses(log: Logger, sink: string): (count: number, error: unknown) => void {
  let lost = 0;
  let told = 0;
  return (count, error) => {
    lost += count;
    auditCounts.lost.with(sink).add(count);
    if (Date.now() - told < TELL_EVERY_MS) return;
    log.error({ err: error, sink, lost }, 'audit events were lost');
    told = Date.now();
    lost = 0;
  };
}

async function openDatabaseSink(
  connection: ConnectionOptions,
  { days, maxMegabytes }: NonNullable<AuditOptions['database']>,
  log: Logger,
) {
  const keep = [days * DAY_MS, maxMegabytes * MEGABYTE] as const;
  const table = openAuditTable(connection);
  await table.retain(...keep);
  const timer = setInterval(() => {
    table
      .retain(...keep)
      .catch((error: unknown) => log.warn({ err: error }, 'dropping old audit events failed'));
  }, RETAIN_EVERY_MS);
  timer.unref();
  const sink = createAuditDatabase({
    insert: (rows) => table.insert(rows),
    onLost: tellLosses(log, 'database'),
  });
  return { table, sink, stop: () => clearInterval(timer) };
}

async function readPolicy(file: string) {
  try {
    return parsePolicy(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `loading audit policy file ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** What the flags ask to be recorded, and where. Throws an Error that names the file at fault. */
export async function openAudit(
  options: AuditOptions,
  connection: ConnectionOptions,
  log: Logger,
): Promise<Audit> {
  const { policyFile, log: file, webhook, database } = options;
  const policy = policyFile === undefined ? undefined : await readPolicy(policyFile);
  const sinks: AuditSink[] = [];
  const closing: (() => void)[] = [];
  let table: AuditTable | undefined;
  if (file !== undefined && policy !== undefined)
    sinks.push(createFileLog({ ...file, onLost: tellLosses(log, 'log') }));
  if (webhook !== undefined && policy !== undefined) {
    const poster = createPoster(webhook.configFile);
    closing.push(poster.close);
    const { bufferSize, maxBatchSize, maxBatchBytes, maxBatchWaitMs, throttle } = webhook;
    sinks.push(
      createAuditWebhook({
        mode: webhook.mode,
        initialBackoffMs: webhook.initialBackoffMs,
        batch: {
          ...{ bufferSize, maxBatchSize, maxBatchWaitMs, parallel: 8 },
          ...(throttle ? { throttle } : {}),
          ...(maxBatchBytes === undefined ? {} : { maxBatchBytes }),
        },
        ...(webhook.maxEventSize === undefined ? {} : { maxEventSize: webhook.maxEventSize }),
        post: (body) => poster.post(body),
        onLost: tellLosses(log, 'webhook'),
      }),
    );
  }
  if (database !== undefined) {
    const opened = await openDatabaseSink(connection, database, log);
    table = opened.table;
    closing.push(opened.stop);
    sinks.push(opened.sink);
  }
  const auditor =
    sinks.length === 0 ? undefined : new Auditor(compilePolicy(policy ?? standardPolicy), sinks);
  return {
    auditor,
    plain: table === undefined ? [] : [auditEventsHandler(table)],
    async close() {
      await auditor?.close();
      for (const close of closing) close();
      await table?.close();
    },
  };
}
