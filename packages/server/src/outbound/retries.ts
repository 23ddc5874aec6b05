const TRIES = 5;
const WAIT_FACTOR = 1.5;

/** Calls up to five times, and waits longer each time. Rejects as the last call did. */
export async function withRetries<T>(call: () => Promise<T>, firstWaitMs: number): Promise<T> {
  let wait = firstWaitMs;
  for (let left = TRIES; ; left--) {
    try {
      return await call();
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
      });
      wait *= WAIT_FACTOR;
    }
  }
}
