import type { Store } from '@gantry/store/port';

const EVERY_MS = 5 * 60_000;
/** History of objects, and of busy kinds (Leases, Events, Nodes). */
const OBJECTS_MS = 3 * 24 * 3_600_000;
const BUSY_MS = 3_600_000;

interface Log {
  warn(fields: object, message: string): void;
}

/** Drops old history now and then; returns how to stop. Any number of servers may do it at once. */
export function retain(store: Store, log: Log): () => void {
  const run = (): void => {
    store
      .compact({ objectsMs: OBJECTS_MS, busyMs: BUSY_MS, now: Date.now() })
      .catch((error: unknown) => log.warn({ err: error }, 'dropping old history failed'));
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
