import { GitError, NotYetError } from '../git/tree.ts';

/** What took so long and failed is not waited for again at once. */
const SLOW_MS = 500;
const FAILED_FOR_MS = 60_000;
const KEPT_MAX = 1_000;
/** What is not there by then is taken for what can't be read: it keeps nobody else from being applied for ever. */
const LATE_MAX_MS = 150_000;

/** Attempts to read something that failed, and took their time. */
export class SlowFailures {
  readonly #failed = new Map<string, { readonly error: GitError; readonly untilMs: number }>();
  /** When it was first said of an attempt that it takes long. Oldest first. */
  readonly #lateSince = new Map<string, number>();

  /** Why it is not worth another attempt yet. */
  of(attempt: string): GitError | undefined {
    const failed = this.#failed.get(attempt);
    return failed !== undefined && failed.untilMs > Date.now() ? failed.error : undefined;
  }

  /** Returns what is to be told of it. */
  note(attempt: string, thrown: unknown, begunMs: number): unknown {
    const now = Date.now();
    const error = thrown instanceof NotYetError ? this.#late(attempt, thrown, begunMs, now) : thrown;
    if (error instanceof GitError && now - begunMs > SLOW_MS) {
      for (const [key, { untilMs }] of this.#failed)
        if (untilMs <= now || this.#failed.size >= KEPT_MAX) this.#failed.delete(key);
      this.#failed.set(attempt, { error, untilMs: now + FAILED_FOR_MS });
    }
    return error;
  }

  #late(attempt: string, error: NotYetError, begunMs: number, now: number): GitError {
    const since = this.#lateSince.get(attempt) ?? begunMs;
    this.#lateSince.set(attempt, since);
    const [oldest = ''] = this.#lateSince.keys();
    if (this.#lateSince.size > KEPT_MAX) this.#lateSince.delete(oldest);
    return now - since > LATE_MAX_MS ? new GitError(error.message) : error;
  }
}
