import { type LedgerTable, openLedgerTable } from '@gantry/db/ledger';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import type { Command } from 'commander';
import type { Logger } from 'pino';
import { whole } from './audit-options.ts';

const DAY_MS = 86_400_000;
const MEGABYTE = 1024 * 1024;
const RETAIN_EVERY_MS = 3_600_000;

/** How long and how much of the ledger is kept. */
export interface LedgerOptions {
  readonly days: number;
  readonly maxMegabytes: number;
}

/** Flags of the ledger; the original has none. */
export const addLedgerFlags = (command: Command): Command =>
  command
    .option('--ledger-days <days>', 'keep the ledger so long; 0 keeps none', whole, 365)
    .option('--ledger-max-megabytes <n>', 'drop the oldest months when there is more', whole, 10_240);

/** Undefined: no ledger is kept. */
export function ledgerOptions(flags: Readonly<Record<string, unknown>>): LedgerOptions | undefined {
  const { ledgerDays: days, ledgerMaxMegabytes: maxMegabytes } = flags as Record<string, number>;
  return days === undefined || days === 0 ? undefined : { days, maxMegabytes: maxMegabytes ?? 0 };
}

export interface OpenedLedger {
  readonly table: LedgerTable;
  close(): Promise<void>;
}

/** The ledger's table; what is too old or too much goes, now and then. */
export async function openLedger(
  options: LedgerOptions | undefined,
  connection: ConnectionOptions,
  log: Logger,
): Promise<OpenedLedger | undefined> {
  if (options === undefined) return undefined;
  const keep = [options.days * DAY_MS, options.maxMegabytes * MEGABYTE] as const;
  const table = openLedgerTable(connection);
  await table.retain(...keep);
  const timer = setInterval(() => {
    table
      .retain(...keep)
      .catch((error: unknown) => log.warn({ err: error }, 'dropping old months of the ledger failed'));
  }, RETAIN_EVERY_MS);
  timer.unref();
  return {
    table,
    async close() {
      clearInterval(timer);
      await table.close();
    },
  };
}
