const ERROR_RETRY_MS = 2000;
const ERROR_RETRY_MAX_MS = 60_000;

export interface SerialWork {
  /** Milliseconds after which to run again though nothing wakes; undefined = only when something does. */
  readonly run: () => Promise<number | undefined>;
  readonly onError: (error: unknown) => void;
}

/**
 * Runs work one at a time: what wakes it within a run leads to one more run. A run that throws is repeated after a time
 * that doubles.
 */
export class SerialLoop {
  readonly #work: SerialWork;
  #isRunning = false;
  #wanted = false;
  #closed = false;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Whether a run was ever asked for. */
  begun = false;

  constructor(work: SerialWork) {
    this.#work = work;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  wake(): void {
    this.begun = true;
    this.#wanted = true;
    this.#start();
  }

  /** A run under way ends as if it were the last. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #start(): void {
    if (!this.#isRunning && !this.#closed) void this.#loop();
  }

  async #loop(): Promise<void> {
    this.#isRunning = true;
    while (this.#wanted && !this.#closed) {
      this.#wanted = false;
      try {
        clearTimeout(this.#timer);
        const againMs = await this.#work.run();
        this.#failures = 0;
        if (againMs !== undefined) this.#wakeAfter(againMs);
      } catch (error) {
        this.#work.onError(error);
        this.#failures++;
        this.#wakeAfter(Math.min(ERROR_RETRY_MS * 2 ** (this.#failures - 1), ERROR_RETRY_MAX_MS));
      }
    }
    this.#isRunning = false;
  }

  #wakeAfter(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => this.wake(), ms);
  }
}
