import { formatKey, limits, sizeOf } from '../limits.ts';
import type { Write, WriteOutcome } from '../port.ts';

/** One call of the database function: independent writes, or one transaction. */
export interface Job {
  readonly writes: readonly Write[];
  readonly atomic: boolean;
  /** `failures`: writes without an outcome, by index; single writes only. */
  resolve(outcomes: readonly WriteOutcome[], failures?: ReadonlyMap<number, unknown>): void;
  reject(error: unknown): void;
}

export interface PendingWrite {
  readonly write: Write;
  resolve(outcome: WriteOutcome): void;
  reject(error: unknown): void;
}

interface PendingTransaction {
  readonly writes: readonly Write[];
  resolve(outcomes: readonly WriteOutcome[]): void;
  reject(error: unknown): void;
}

/**
 * Writes on their way into a batch. Single writes and transactions take turns, so that neither starves; urgent writes
 * (Leases) have a reserve in each batch. Two writes of one key never share a batch: both would be told that they won.
 */
export class WriteQueue {
  private urgent: PendingWrite[] = [];
  private normal: PendingWrite[] = [];
  private readonly transactions: PendingTransaction[] = [];
  private transactionsTurn = false;
  private count = 0;
  private size = 0;
  private readonly isUrgent: (write: Write) => boolean;

  constructor(isUrgent: (write: Write) => boolean) {
    this.isUrgent = isUrgent;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** False when there is no room: refuse the write. */
  hasRoom(writes: readonly Write[]): boolean {
    const size = writes.reduce((total, write) => total + sizeOf(write), 0);
    return this.count + writes.length <= limits.queuedWrites && this.size + size <= limits.queuedSize;
  }

  add(pending: PendingWrite): void {
    (this.isUrgent(pending.write) ? this.urgent : this.normal).push(pending);
    this.count += 1;
    this.size += sizeOf(pending.write);
  }

  addTransaction(pending: PendingTransaction): void {
    this.transactions.push(pending);
    for (const write of pending.writes) this.size += sizeOf(write);
    this.count += pending.writes.length;
  }

  /** The next job; undefined when nothing waits. */
  next(): Job | undefined {
    const singles = this.urgent.length + this.normal.length > 0;
    const transaction = this.transactionsTurn || !singles ? this.transactions.shift() : undefined;
    this.transactionsTurn = transaction === undefined;
    if (transaction !== undefined) {
      this.remove(transaction.writes);
      return { ...transaction, atomic: true };
    }
    return singles ? this.nextBatch() : undefined;
  }

  /** Everything that waits, for rejecting it. */
  drain(): Job[] {
    const jobs: Job[] = [];
    for (let job = this.next(); job !== undefined; job = this.next()) jobs.push(job);
    return jobs;
  }

  private nextBatch(): Job {
    const taken: PendingWrite[] = [];
    const keys = new Set<string>();
    const budget = { size: limits.batchSize };
    const reserve = Math.min(this.urgent.length, limits.batchReserve);
    this.normal = take(this.normal, limits.batchWrites - reserve, taken, keys, budget);
    // What the reserve bought fits whatever the size of the others.
    budget.size = Math.max(budget.size, limits.batchSize / 8);
    this.urgent = take(this.urgent, limits.batchWrites - taken.length, taken, keys, budget);
    const writes = taken.map(({ write }) => write);
    this.remove(writes);
    return {
      writes,
      atomic: false,
      resolve: (outcomes, failures) => {
        taken.forEach((pending, index) => {
          const outcome = outcomes[index];
          if (outcome) pending.resolve(outcome);
          else pending.reject(failures?.get(index));
        });
      },
      reject: (error) => {
        for (const pending of taken) pending.reject(error);
      },
    };
  }

  private remove(writes: readonly Write[]): void {
    this.count -= writes.length;
    for (const write of writes) this.size -= sizeOf(write);
  }
}

/** Moves up to `most` writes of distinct keys from `waiting` to `taken`; returns what stays, in order. */
function take(
  waiting: PendingWrite[],
  most: number,
  taken: PendingWrite[],
  keys: Set<string>,
  budget: { size: number },
): PendingWrite[] {
  const end = taken.length + most;
  const stay: PendingWrite[] = [];
  // A deferred key stays deferred: a later write of it must not overtake.
  const deferred = new Set<string>();
  for (const [index, pending] of waiting.entries()) {
    const size = sizeOf(pending.write);
    // A write larger than the budget goes alone rather than never.
    if (taken.length >= end || (size > budget.size && taken.length > 0)) {
      for (const rest of waiting.slice(index)) stay.push(rest);
      break;
    }
    const key = formatKey(pending.write.key);
    if (keys.has(key) || deferred.has(key)) {
      deferred.add(key);
      stay.push(pending);
      continue;
    }
    keys.add(key);
    budget.size -= size;
    taken.push(pending);
  }
  return stay;
}
