import type { ConnectionOptions } from '@gantry/postgres/connection';
import type pg from 'pg';
import { connect } from './client.ts';

export interface ListenerOptions {
  readonly connection: ConnectionOptions;
  /** A commit took the counter to `revision`. */
  readonly onRevision: (revision: number) => void;
  /** Something may have been missed: look at the counter. */
  readonly onUncertain: () => void;
}

const firstRetryMs = 50;
const maxRetryMs = 2_000;
const pollMs = 1_500;

/**
 * LISTENs on a session that does nothing else, and comes back when it breaks. Notifications are hints: on each
 * (re)connect, after LISTEN, and every 1.5 s, `onUncertain` makes the caller look for itself.
 */
export class Listener {
  private readonly options: ListenerOptions;
  private client: pg.Client | undefined;
  private retryMs = firstRetryMs;
  private retryTimer: NodeJS.Timeout | undefined;
  private pollTimer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(options: ListenerOptions) {
    this.options = options;
  }

  async open(): Promise<void> {
    await this.listen();
    this.pollTimer = setInterval(this.options.onUncertain, pollMs);
    this.pollTimer.unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.pollTimer);
    clearTimeout(this.retryTimer);
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private async listen(): Promise<void> {
    const client = await connect(this.options.connection, 'listener', (lost) => {
      if (this.client === lost) this.retry();
    });
    client.on('notification', ({ payload }) => {
      const revision = Number(payload);
      if (Number.isSafeInteger(revision)) this.options.onRevision(revision);
    });
    await client.query('LISTEN gantry_revision');
    if (this.closed) {
      await client.end();
      return;
    }
    this.client = client;
    this.retryMs = firstRetryMs;
    this.options.onUncertain();
  }

  private retry(): void {
    this.client = undefined;
    if (this.closed) return;
    this.retryTimer = setTimeout(() => {
      this.listen().catch(() => this.retry());
    }, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, maxRetryMs);
  }
}
