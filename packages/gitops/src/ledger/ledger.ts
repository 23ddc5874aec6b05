import type { Client } from '@gantry/client/port';
import { isStatusError } from '@gantry/machinery/status';
import type { Logger } from '@gantry/runtime/port';
import { ledgerEntries, ledgerLost } from './metrics.ts';
import type { Outbox, Parcel } from './outbox.ts';
import type { LedgerRecord } from './record.ts';

/** Records held while the API server is away; the oldest go first. */
const MAX_HELD = 20_000;
const MAX_POST = 500;
const GATHER_MS = 100;
const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 30_000;
const CLOSE_MS = 5_000;
const API_VERSION = 'gitops.gantry.dev/v1alpha1';

/** Refusals that the same post would meet again. */
const LASTING = ['BadRequest', 'Forbidden', 'Invalid', 'NotFound', 'MethodNotAllowed', 'Conflict'] as const;
/** Those of them that may be about one entry alone. */
const OF_ONE = ['BadRequest', 'Invalid', 'Conflict'] as const;

/** Where entries go. */
export interface LedgerPort {
  /** Never waits, never throws: for what can be told again from what is stored. */
  record(record: LedgerRecord): void;
  /** For what nothing else tells of: returns once it would outlive the process, before it is posted. */
  keep(parcel: Parcel): Promise<KeptParcel>;
}

/** Records on the disk that are not posted yet. */
export interface KeptParcel {
  /** What they tell has happened. */
  send(): void;
  /** It has not, and won't. */
  drop(): Promise<void>;
}

interface Sent {
  readonly name: string;
  left: number;
}

/** Posts records in the background, in order within a namespace; tries again while the API server is away. */
export class Ledger implements LedgerPort {
  readonly #client: Client;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #outbox: Outbox | undefined;
  /** Of those that lie in the outbox, too. */
  readonly #sent = new WeakMap<LedgerRecord, Sent>();
  #held: LedgerRecord[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #waitMs = 0;
  #closing = false;

  constructor(client: Client, log: Pick<Logger, 'warn'>, outbox?: Outbox) {
    this.#client = client;
    this.#log = log;
    this.#outbox = outbox;
  }

  async keep(parcel: Parcel): Promise<KeptParcel> {
    const name = await this.#outbox?.put(parcel).catch((error: unknown) => {
      this.#log.warn({ err: error }, 'the outbox of the ledger can not be written');
      return undefined;
    });
    return {
      send: () => this.#send(name, parcel),
      drop: async () => {
        if (name !== undefined) await this.#outbox?.remove(name);
      },
    };
  }

  /**
   * Posts what a former process left; `isTrue`: whether what a parcel waits for has happened. When that can't be told it is
   * taken to have: a repository that can't be read keeps nobody from starting.
   */
  async replay(isTrue: (parcel: Parcel) => Promise<boolean>): Promise<void> {
    for (const { name, parcel } of (await this.#outbox?.left()) ?? []) {
      if (await isTrue(parcel).catch(() => true)) this.#send(name, parcel);
      else await this.#outbox?.remove(name);
    }
  }

  #send(name: string | undefined, { records }: Parcel): void {
    const sent = name === undefined ? undefined : { name, left: records.length };
    for (const record of records) {
      if (sent !== undefined) this.#sent.set(record, sent);
      this.record(record);
    }
  }

  /** The ledger has them, or never will. */
  async #settled(records: readonly LedgerRecord[]): Promise<void> {
    for (const record of records) {
      const sent = this.#sent.get(record);
      if (sent === undefined) continue;
      sent.left -= 1;
      // A file that can't be removed is posted again by the next process, under the same names.
      if (sent.left === 0) await this.#outbox?.remove(sent.name).catch(() => undefined);
    }
  }

  record(record: LedgerRecord): void {
    if (this.#held.length >= MAX_HELD) {
      this.#held.shift();
      ledgerLost.inc();
    }
    this.#held.push(record);
    this.#arm(Math.max(GATHER_MS, this.#waitMs));
  }

  /** Posts what is held, once; waits at most 5 s. */
  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    let late: NodeJS.Timeout | undefined;
    const end = new Promise<void>((resolve) => {
      late = setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([(this.#running ?? Promise.resolve()).then(() => this.#drain()), end]);
    clearTimeout(late);
  }

  #arm(ms: number): void {
    if (this.#timer !== undefined || this.#running !== undefined || this.#closing) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#drain().finally(() => {
        this.#running = undefined;
        if (this.#held.length > 0) this.#arm(this.#waitMs);
      });
    }, ms);
    this.#timer.unref();
  }

  /** Never rejects. Ends early when the server can't be reached. */
  async #drain(): Promise<void> {
    while (this.#held.length > 0) {
      const batch = this.#take();
      try {
        await this.#deliver(batch);
        this.#waitMs = 0;
        await this.#settled(batch);
      } catch (error) {
        this.#held = [...batch, ...this.#held].slice(-MAX_HELD);
        if (this.#waitMs === 0) this.#log.warn({ err: error }, 'the ledger can not be written for now');
        this.#waitMs = Math.min(RETRY_MAX_MS, Math.max(RETRY_FIRST_MS, this.#waitMs * 2));
        return;
      }
    }
  }

  /** Posts them; of what the server refuses it finds the ones that it means, which alone are lost. */
  async #deliver(batch: readonly LedgerRecord[]): Promise<void> {
    try {
      await this.#post(batch);
      ledgerEntries.inc(batch.length);
    } catch (error) {
      if (!LASTING.some((reason) => isStatusError(error, reason))) throw error;
      if (batch.length > 1 && OF_ONE.some((reason) => isStatusError(error, reason))) {
        const half = Math.ceil(batch.length / 2);
        await this.#deliver(batch.slice(0, half));
        await this.#deliver(batch.slice(half));
        return;
      }
      ledgerLost.inc(batch.length);
      const { namespace, name: entry, type } = batch[0] ?? {};
      const about = batch.length === 1 ? { entry, type } : { count: batch.length };
      this.#log.warn({ err: error, namespace, ...about }, 'the ledger refuses entries: they are lost');
    }
  }

  /** The next ones of one namespace. */
  #take(): LedgerRecord[] {
    const namespace = this.#held[0]?.namespace;
    const batch: LedgerRecord[] = [];
    const rest: LedgerRecord[] = [];
    for (const record of this.#held)
      (record.namespace === namespace && batch.length < MAX_POST ? batch : rest).push(record);
    this.#held = rest;
    return batch;
  }

  async #post(batch: readonly LedgerRecord[]): Promise<void> {
    const namespace = batch[0]?.namespace ?? '';
    const items = batch.map(({ namespace: _namespace, name, ...fields }) => ({
      metadata: { name, namespace },
      ...fields,
    }));
    const path = `/apis/${API_VERSION}/namespaces/${encodeURIComponent(namespace)}/ledgerentries`;
    await this.#client.request('POST', path, {
      apiVersion: API_VERSION,
      kind: 'LedgerEntryList',
      metadata: {},
      items,
    });
  }
}
