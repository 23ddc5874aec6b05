import type { WatchSink } from './watch-hub.ts';

/** Keeps what is written until what comes before it has been. */
export class GatedSink implements WatchSink {
  readonly #inner: WatchSink;
  #held: Buffer[] | undefined = [];
  #heldBytes = 0;
  #ended = false;

  constructor(inner: WatchSink) {
    this.#inner = inner;
  }

  begin(parts: Iterable<Buffer>): void {
    this.#inner.begin(parts);
  }

  write(frames: Buffer): void {
    if (this.#held === undefined) {
      this.#inner.write(frames);
      return;
    }
    if (this.#ended) return;
    this.#held.push(frames);
    this.#heldBytes += frames.length;
  }

  get unsent(): number {
    return this.#inner.unsent + this.#heldBytes;
  }

  end(): void {
    this.#ended = true;
    if (this.#held === undefined) this.#inner.end();
  }

  /** Lets through what was held, and all that follows. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#heldBytes = 0;
    for (const frames of held) this.#inner.write(frames);
    if (this.#ended) this.#inner.end();
  }
}
