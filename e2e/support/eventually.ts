import { setTimeout as sleep } from 'node:timers/promises';

/** Tries until `attempt` returns without throwing; after `timeoutMs` throws its last error. */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  timeoutMs = 30_000,
  everyMs = 200,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(everyMs);
  }
}
