/** What waits for a place, of one tenant. */
interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * So many at once, and of each tenant at most `each`: whoever asks for much holds up nobody else. Tenants take turns, and of
 * one of them what came first goes first.
 */
export class Slots {
  readonly #each: number;
  /** In the order of their turns; those alone that run or wait. */
  readonly #queues = new Map<string, Queue>();
  #free: number;

  constructor(size: number, each = size) {
    this.#free = size;
    this.#each = each;
  }

  async run<T>(work: () => Promise<T>, tenant = ''): Promise<T> {
    const queue = this.#queues.get(tenant) ?? { running: 0, waiting: [] };
    this.#queues.set(tenant, queue);
    if (this.#free > 0 && queue.running < this.#each) this.#begin(queue);
    else await new Promise<void>((resolve) => queue.waiting.push(resolve));
    try {
      return await work();
    } finally {
      queue.running -= 1;
      this.#free += 1;
      if (queue.running === 0 && queue.waiting.length === 0) this.#queues.delete(tenant);
      this.#next();
    }
  }

  #begin(queue: Queue): void {
    this.#free -= 1;
    queue.running += 1;
  }

  #next(): void {
    for (const [tenant, queue] of this.#queues) {
      if (this.#free === 0) return;
      const next = queue.running < this.#each ? queue.waiting.shift() : undefined;
      if (next === undefined) continue;
      this.#begin(queue);
      // Its next turn comes after those of the others.
      this.#queues.delete(tenant);
      this.#queues.set(tenant, queue);
      next();
      return;
    }
  }
}
