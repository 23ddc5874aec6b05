import { type BatchOptions, BatchQueue } from './batch-queue.ts';
import { type AuditEvent, withoutKind } from './event.ts';
import type { AuditMode } from './file-log.ts';
import type { AuditSink } from './sink.ts';

export interface AuditWebhookOptions {
  readonly mode: AuditMode;
  readonly batch: BatchOptions;
  readonly initialBackoffMs: number;
  /** Longer events lose their objects; absent = no limit. */
  readonly maxEventSize?: number;
  /** Posts a JSON text; rejects when it was not taken. */
  post(body: string): Promise<unknown>;
  onLost(count: number, error: unknown): void;
}

const TRIES = 5;
const BACKOFF_FACTOR = 1.5;

async function withBackoff(initialMs: number, attempt: () => Promise<unknown>): Promise<void> {
  let wait = initialMs;
  for (let left = TRIES; ; left--) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, wait).unref();
      });
      wait *= BACKOFF_FACTOR;
    }
  }
}

/** Audit events to another server, as `EventList`s; tried again with growing pauses whatever the failure is. */
export function createAuditWebhook(options: AuditWebhookOptions): AuditSink {
  const send = (lines: readonly string[]): Promise<void> =>
    withBackoff(options.initialBackoffMs, () =>
      options.post(
        `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[${lines.join(',')}]}\n`,
      ),
    );
  const lineOf = (event: AuditEvent): string | undefined => {
    const line = options.maxEventSize === undefined ? event.json : event.within(options.maxEventSize);
    return line === undefined ? undefined : withoutKind(line);
  };
  const queue = new BatchQueue<string>({
    options: options.batch,
    write: send,
    sizeOf: (line) => line.length,
    onLost: options.onLost,
  });
  return {
    accept(event) {
      const line = lineOf(event);
      if (line === undefined) {
        options.onLost(1, new Error('event is too large even after truncating'));
        return undefined;
      }
      if (options.mode === 'batch') {
        queue.push(line);
        return undefined;
      }
      return send([line]).catch((error: unknown) => {
        options.onLost(1, error);
        if (options.mode === 'blocking-strict') throw error;
      });
    },
    close: () => queue.close(),
  };
}
