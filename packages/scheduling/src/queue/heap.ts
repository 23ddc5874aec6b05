/** Binary heap whose items can be taken out by key. */
export class KeyedHeap<T> {
  readonly #items: T[] = [];
  readonly #positions = new Map<string, number>();
  readonly #keyOf: (item: T) => string;
  readonly #before: (a: T, b: T) => boolean;

  constructor(keyOf: (item: T) => string, before: (a: T, b: T) => boolean) {
    this.#keyOf = keyOf;
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  get(key: string): T | undefined {
    const at = this.#positions.get(key);
    return at === undefined ? undefined : this.#items[at];
  }

  /** Adds, or replaces the item of the same key. */
  push(item: T): void {
    this.delete(this.#keyOf(item));
    this.#set(this.#items.length, item);
    this.#up(this.#items.length - 1);
  }

  pop(): T | undefined {
    const first = this.#items[0];
    if (first !== undefined) this.delete(this.#keyOf(first));
    return first;
  }

  delete(key: string): T | undefined {
    const at = this.#positions.get(key);
    if (at === undefined) return undefined;
    const item = this.#items[at];
    const last = this.#items.pop();
    this.#positions.delete(key);
    if (last !== undefined && at < this.#items.length) {
      this.#set(at, last);
      this.#up(at);
      this.#down(at);
    }
    return item;
  }

  #set(at: number, item: T): void {
    this.#items[at] = item;
    this.#positions.set(this.#keyOf(item), at);
  }

  #swapIfBefore(child: number, parent: number): boolean {
    const a = this.#items[child];
    const b = this.#items[parent];
    if (a === undefined || b === undefined || !this.#before(a, b)) return false;
    this.#set(parent, a);
    this.#set(child, b);
    return true;
  }

  #up(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  #down(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      const l = this.#items[left];
      const r = this.#items[right];
      if (l === undefined) return;
      const child = r !== undefined && this.#before(r, l) ? right : left;
      if (!this.#swapIfBefore(child, at)) return;
      at = child;
    }
  }
}
