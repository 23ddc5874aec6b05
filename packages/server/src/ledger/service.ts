import type { ApplySetLedger, LedgerEntry } from '@gantry/api/generated/types';
import { parseGroupVersion } from '@gantry/machinery/object';
import type { Ledger } from '@gantry/store/ledger-port';
import type { Store } from '@gantry/store/port';
import type { VirtualHandler } from '../handler.ts';
import type { RoutedRequest } from '../http/api-request.ts';
import type { ApiResponse } from '../http/response.ts';
import type { ApiResource, ResourceTable } from '../registry/resource.ts';
import type { Authorizer } from '../request.ts';
import { LedgerAppender } from './appender.ts';
import { type AppliedChange, changeRows } from './changes.ts';
import { ledgerHandler } from './handler.ts';
import { lastAuthorOf } from './last-author.ts';
import { ledgerReader } from './reader.ts';
import { recordMissing } from './recovery.ts';

/** A failed insert is made up for after so long, and every so often whatever happens. */
const RECOVER_SOON_MS = 10_000;
const RECOVER_EVERY_MS = 3_600_000;

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface LedgerServiceParts {
  readonly ledger: Ledger;
  readonly store: Pick<Store, 'history'>;
  readonly resource: ApiResource;
  readonly table: ResourceTable;
  readonly log: Log;
  readonly authorizer: Authorizer;
  /** Whether objects of a resource are encrypted where they lie. */
  isSealed(resource: string): boolean;
}

/**
 * The ledger without manifests of what is encrypted elsewhere, or may be, as nobody serves it any more: they would lie here
 * for all to read.
 */
const sealing = ({ ledger, table, isSealed }: LedgerServiceParts): Ledger => ({
  ...ledger,
  append: (rows) =>
    ledger.append(
      rows.map((row) => {
        if (row.manifest === null) return row;
        const { group, version } = parseGroupVersion(row.apiVersion);
        const resource = table.findKind(group, version, row.kind);
        return resource === undefined || isSealed(resource.storage) ? { ...row, manifest: null } : row;
      }),
    ),
});

/** The ledger as the API server has it: what clients append and read, and what sets of objects changed. */
export class LedgerService {
  readonly handler: VirtualHandler;
  readonly read: (resource: ApiResource, request: RoutedRequest) => Promise<ApiResponse>;
  readonly #parts: LedgerServiceParts;
  readonly #appender: LedgerAppender;
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;
  #recovering: Promise<void> = Promise.resolve();
  /** The first look leaves out what is a few seconds old: another server may be about to record it. */
  #isFirst = true;
  #closed = false;

  constructor(parts: LedgerServiceParts) {
    const ledger = sealing(parts);
    this.#parts = { ...parts, ledger };
    this.#appender = new LedgerAppender(ledger);
    const lastAuthor = (entry: LedgerEntry) => lastAuthorOf(entry.object, parts);
    this.handler = ledgerHandler({ ...parts, ledger, appender: this.#appender, lastAuthor });
    this.read = ledgerReader(ledger, parts);
  }

  /** Records what was stored. Nobody waits for it: what gets lost is found in the change log again. */
  applied(changes: readonly AppliedChange[], ledger: ApplySetLedger, actor: string): void {
    if (changes.length === 0) return;
    this.#appender.append(changeRows(changes, ledger, actor, Date.now())).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'changes could not be recorded in the ledger; they will be later');
      this.#arm(RECOVER_SOON_MS);
    });
  }

  /** Makes up for what a former run did not record, now and from time to time. */
  start(): void {
    this.#arm(0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#recovering;
    await this.#appender.close();
  }

  /** The earliest wish counts. */
  #arm(ms: number): void {
    const due = Date.now() + ms;
    if (this.#closed || this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#due = Number.POSITIVE_INFINITY;
      this.#recovering = this.#recover();
    }, ms);
    this.#timer.unref();
  }

  async #recover(): Promise<void> {
    const { ledger, store, log } = this.#parts;
    try {
      const count = await recordMissing(ledger, store);
      if (count > 0) log.info({ count }, 'recorded changes in the ledger that were missing');
      this.#arm(this.#isFirst ? RECOVER_SOON_MS : RECOVER_EVERY_MS);
      this.#isFirst = false;
    } catch (error) {
      log.warn({ err: error }, 'looking for changes that the ledger lacks failed');
      this.#arm(RECOVER_SOON_MS);
    }
  }
}
