import { formatKey } from './limits.ts';
import type { Change, Claim, Guard, ObjectKey, StoredObject, Write, WriteOutcome } from './port.ts';

interface Row extends StoredObject {
  readonly terminating: boolean;
}

interface HeldClaim extends Claim {
  readonly holder: ObjectKey;
}

/** Objects, claims and log of a store in memory; single-threaded, so each call is a transaction. */
export class MemoryState {
  counter = 1;
  readonly log: Change[] = [];
  private rows = new Map<string, Row>();
  private claims = new Map<string, HeldClaim>();

  get objects(): StoredObject[] {
    return [...this.rows.values()].map(toObject);
  }

  get(key: ObjectKey): StoredObject | undefined {
    const row = this.rows.get(formatKey(key));
    return row && toObject(row);
  }

  /** One write, or a transaction: then nothing stays when one fails. Its revisions are used up either way. */
  apply(writes: readonly Write[], now: number): readonly WriteOutcome[] {
    const [only] = writes;
    // A single write fails before it changes anything.
    if (writes.length === 1 && only) return [this.applyOne(only, this.counter, now)];
    const before = { rows: new Map(this.rows), claims: new Map(this.claims), changes: this.log.length };
    const previous = this.counter;
    const outcomes = writes.map((write) => this.applyOne(write, previous, now));
    if (outcomes.some(({ ok }) => !ok)) {
      this.rows = before.rows;
      this.claims = before.claims;
      this.log.length = before.changes;
    }
    return outcomes;
  }

  /** Changes above `revision`, at most `most`. */
  changesAfter(revision: number, most: number): Change[] {
    let low = 0;
    for (let high = this.log.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((this.log[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return this.log.slice(low, low + most);
  }

  /** Replaces texts of objects and log, see the port. */
  recode(replace: (key: ObjectKey, text: string) => string | undefined): number {
    let count = 0;
    const next = (key: ObjectKey, text: string): string => {
      const other = replace(key, text);
      if (other !== undefined) count += 1;
      return other ?? text;
    };
    for (const [id, row] of this.rows) this.rows.set(id, { ...row, body: next(row.key, row.body) });
    for (const [index, change] of this.log.entries()) {
      const { key, body, previousBody } = change;
      const recoded = { ...change, body: next(key, body) };
      this.log[index] =
        previousBody === undefined ? recoded : { ...recoded, previousBody: next(key, previousBody) };
    }
    return count;
  }

  private applyOne(write: Write, previous: number, now: number): WriteOutcome {
    if (write.op !== 'check') this.counter += 1;
    const broken = write.guards?.find((guard) => !this.holds(guard));
    if (broken) return { ok: false, reason: 'guard', guard: broken };
    const id = formatKey(write.key);
    const given = write.op === 'create' || write.op === 'update' ? write.claims : undefined;
    for (const claim of given ?? []) {
      const held = this.claims.get(claimId(claim));
      if (held && formatKey(held.holder) !== id) {
        return { ok: false, reason: 'claimed', claim, holder: held.holder };
      }
    }
    const row = this.rows.get(id);
    if (write.op === 'check') return { ok: true, revision: row?.revision ?? previous };
    if (write.op === 'create') {
      if (row) return { ok: false, reason: 'exists' };
    } else {
      if (!row) return { ok: false, reason: 'missing' };
      if (row.revision !== write.expected) return { ok: false, reason: 'conflict', current: row.revision };
    }
    this.store(write, row);
    this.takeClaims(write, given);
    this.log.push(this.toChange(write, row, previous + 1, now));
    return { ok: true, revision: this.counter };
  }

  private store(write: Exclude<Write, { op: 'check' }>, row: Row | undefined): void {
    const id = formatKey(write.key);
    if (write.op === 'delete') {
      this.rows.delete(id);
      return;
    }
    this.rows.set(id, {
      key: write.key,
      uid: write.op === 'create' ? write.uid : (row?.uid ?? ''),
      revision: this.counter,
      body: write.body,
      terminating: write.terminating ?? row?.terminating ?? false,
    });
  }

  private takeClaims(write: Write, given: readonly Claim[] | undefined): void {
    const id = formatKey(write.key);
    if (write.op === 'delete' || given !== undefined) {
      for (const [key, { holder }] of this.claims) if (formatKey(holder) === id) this.claims.delete(key);
    }
    for (const claim of given ?? []) this.claims.set(claimId(claim), { ...claim, holder: write.key });
  }

  private toChange(
    write: Exclude<Write, { op: 'check' }>,
    row: Row | undefined,
    transaction: number,
    now: number,
  ): Change {
    return {
      revision: this.counter,
      op: write.op,
      key: write.key,
      uid: write.op === 'create' ? write.uid : (row?.uid ?? ''),
      body: write.body ?? row?.body ?? '',
      ...(row ? { previousBody: row.body, previousRevision: row.revision } : {}),
      transaction,
      time: now,
      ...(write.author === undefined ? {} : { author: write.author }),
      ...(write.origin === undefined ? {} : { origin: write.origin }),
    };
  }

  private holds(guard: Guard): boolean {
    switch (guard.type) {
      case 'exists': {
        const row = this.rows.get(formatKey(guard.key));
        return (
          row !== undefined &&
          (guard.uid === undefined || row.uid === guard.uid) &&
          !(guard.notTerminating && row.terminating)
        );
      }
      case 'revision':
        return this.rows.get(formatKey(guard.key))?.revision === guard.revision;
      case 'absent':
        return !this.rows.has(formatKey(guard.key));
      case 'emptyNamespace':
        return !this.rows
          .values()
          .some(({ key }) => key.namespace === guard.namespace && !guard.except.includes(key.resource));
    }
  }
}

/** In the order of the keys' columns, each compared by code point as in Postgres's collation C. */
export function compareKeys(a: ObjectKey, b: ObjectKey): number {
  return (
    compareText(a.resource, b.resource) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name)
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function claimId({ pool, value }: Claim): string {
  return JSON.stringify([pool, value]);
}

function toObject({ key, uid, revision, body }: Row): StoredObject {
  return { key, uid, revision, body };
}
