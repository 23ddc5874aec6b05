import type { Ledger, LedgerRow } from '@gantry/store/ledger-port';
import type { Store } from '@gantry/store/port';
import { rowOfChange } from './changes.ts';

const AT_ONCE = 500;
const MAX_ROUNDS = 1_000;

/**
 * Records the changes of commits that the change log holds and the ledger lacks: those of a server that was killed right
 * after it had stored them, or whose database was away. Returns how many there were.
 */
export async function recordMissing(ledger: Ledger, store: Pick<Store, 'history'>): Promise<number> {
  let total = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const missing = await ledger.unrecorded(AT_ONCE);
    const rows: LedgerRow[] = [];
    for (const { revision, ...key } of missing) {
      const [change] = await store.history(key, 1, { upTo: revision, after: revision - 1 });
      const row = change === undefined ? undefined : rowOfChange(change);
      if (row !== undefined) rows.push(row);
    }
    const made = await ledger.append(rows);
    total += made.size;
    // Those that can't be recorded come first again: there is no way past them, nor any use in trying.
    if (missing.length < AT_ONCE || made.size === 0) break;
  }
  return total;
}
