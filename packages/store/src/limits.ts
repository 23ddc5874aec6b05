import { StoreError } from './errors.ts';
import { type ObjectKey, otherForm, type Write } from './port.ts';

/** Bounds of what a store takes in. Sizes are in UTF-16 units of bodies, which for JSON is nearly bytes. */
export const limits = {
  /** Writes of one database call. */
  batchWrites: 500,
  batchSize: 8 * 1024 * 1024,
  /** Of a batch, kept free for Leases while other writes wait. */
  batchReserve: 100,
  /** One transaction holds the counter's lock for as long as it runs. */
  transactionWrites: 2_000,
  transactionSize: 16 * 1024 * 1024,
  /** Waiting for their batch; beyond that a write is refused at once. */
  queuedWrites: 20_000,
  queuedSize: 256 * 1024 * 1024,
  /** Bodies of one page of changes. */
  pageBytes: 32 * 1024 * 1024,
  annotation: 256,
  /** One object, before it is encrypted: as much as a request may bring. */
  objectSize: 3 * 1024 * 1024,
} as const;

/** Memory that a write holds while it waits. */
export function sizeOf(write: Write): number {
  return 256 + ('body' in write ? (write.body?.length ?? 0) : 0);
}

/** Throws StoreError `invalid` for what the database would refuse, so that a batch does not fail over it. */
export function checkWrite(write: Write): void {
  if (write.key.resource === '' || write.key.name === '') {
    throw new StoreError('invalid', 'a key needs a resource and a name');
  }
  const body = 'body' in write ? write.body : undefined;
  if (body !== undefined && body.length > limits.objectSize && !otherForm(body, ''))
    throw new StoreError('tooLarge', `Request entity too large: limit is ${limits.objectSize}`);
  for (const text of [body, write.key.name, write.key.namespace, write.author, write.origin]) {
    if (text?.includes('\0')) {
      throw new StoreError('invalid', `${formatKey(write.key)}: a NUL character can't be stored`);
    }
  }
  for (const text of [write.author, write.origin]) {
    if (text !== undefined && Buffer.byteLength(text) > limits.annotation) {
      throw new StoreError(
        'invalid',
        `${formatKey(write.key)}: author and origin take ${limits.annotation} bytes`,
      );
    }
  }
}

export function checkTransaction(writes: readonly Write[]): void {
  if (writes.length > limits.transactionWrites) {
    throw new StoreError(
      'tooLarge',
      `a transaction takes at most ${limits.transactionWrites} writes, not ${writes.length}`,
    );
  }
  const size = writes.reduce((total, write) => total + sizeOf(write), 0);
  if (size > limits.transactionSize) {
    throw new StoreError(
      'tooLarge',
      `a transaction takes at most ${limits.transactionSize} bytes, not ${size}`,
    );
  }
  const keys = new Set<string>();
  for (const write of writes) {
    checkWrite(write);
    if (write.op === 'check') continue;
    const key = formatKey(write.key);
    if (keys.has(key)) throw new StoreError('invalid', `${key} is written twice in one transaction`);
    keys.add(key);
  }
}

export function formatKey(key: ObjectKey): string {
  return `${key.resource}/${key.namespace}/${key.name}`;
}
