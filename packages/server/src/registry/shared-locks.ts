import type { Store } from '@gantry/store/port';

/** How long one holder after the other may use a lock before other servers get their turn. */
const TURN_MS = 100;
/** A write goes on without the lock then, or before its turn: two sets may each hold what the other wants. */
const WAIT_MS = 5_000;

async function orAfter(done: Promise<void>, ms: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([done, late]);
  clearTimeout(timer);
}

interface Turn {
  users: number;
  readonly until: number;
  /** The lock is held, and all that others wrote before is known. */
  readonly ready: Promise<void>;
  readonly over: Promise<void>;
  end(): void;
}

/** Locks of the store: all writes of this server share one, and keep those of other servers out. */
export class SharedLocks {
  readonly #lock: NonNullable<Store['lock']>;
  readonly #fresh: () => Promise<unknown>;
  readonly #turns = new Map<string, Turn>();

  /** `fresh` waits until the state holds all that was committed before the call. */
  constructor(lock: NonNullable<Store['lock']>, fresh: () => Promise<unknown>) {
    this.#lock = lock;
    this.#fresh = fresh;
  }

  /** Resolves to how to give the lock back, once. Rejects when the state can't be brought up to date. */
  async hold(name: string): Promise<() => void> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const turn = this.#turns.get(name) ?? this.#begin(name);
      const now = Date.now();
      if (turn.users > 0 && now > turn.until && now < deadline) {
        await orAfter(turn.over, deadline - now);
        continue;
      }
      turn.users++;
      const leave = (): void => {
        turn.users--;
        if (turn.users === 0) turn.end();
      };
      try {
        await turn.ready;
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    }
  }

  #begin(name: string): Turn {
    const locked = this.#lock(name, WAIT_MS).catch(() => undefined);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const turn: Turn = {
      users: 0,
      until: Date.now() + TURN_MS,
      ready: locked.then(async () => void (await this.#fresh())),
      over,
      end: () => {
        this.#turns.delete(name);
        void locked.then((release) => release?.()).then(resolve);
      },
    };
    turn.ready.catch(() => undefined);
    this.#turns.set(name, turn);
    return turn;
  }
}
