import type { WatchSink } from '../watch/watch-hub.ts';

/** How long a client that takes nothing may hold what an ended watch still has for it. */
const STALL_MS = 60_000;

/**
 * A watch whose beginning goes out at the client's pace, and what comes meanwhile after it. What carries the bytes
 * (an HTTP answer, a WebSocket) is the heirs' business.
 */
export abstract class PacedSink implements WatchSink {
  #beginning: Iterator<Buffer> | undefined;
  /** What came while the beginning was on its way. */
  #behind: Buffer[] = [];
  #behindBytes = 0;
  #ending = false;

  protected abstract readonly isOpen: boolean;
  /** Bytes that were sent and wait for the client. */
  protected abstract readonly queued: number;
  protected abstract send(bytes: Buffer): void;
  /** Sends a part of the beginning. False when the client should be given time: `more` is called then, later. */
  protected abstract sendPaced(bytes: Buffer): boolean;
  /** Ends it when all is taken. */
  protected abstract finish(): void;
  /** Ends it at once. */
  protected abstract cut(): void;
  protected abstract onClose(listener: () => void): void;

  begin(parts: Iterable<Buffer>): void {
    this.#beginning = parts[Symbol.iterator]();
    this.more();
  }

  write(frames: Buffer): void {
    if (this.#ending) return;
    if (this.#beginning === undefined) {
      this.send(frames);
      return;
    }
    this.#behind.push(frames);
    this.#behindBytes += frames.length;
  }

  get unsent(): number {
    return this.#behindBytes + this.queued;
  }

  /** After the beginning, so that a client gets all of a state that it was promised. */
  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    const cut = setTimeout(() => this.cut(), STALL_MS);
    this.onClose(() => clearTimeout(cut));
    if (this.#beginning === undefined) this.finish();
  }

  protected more(): void {
    while (this.#beginning !== undefined) {
      if (!this.isOpen) return;
      const { value, done } = this.#beginning.next();
      if (done !== true) {
        if (!this.sendPaced(value)) return;
        continue;
      }
      this.#beginning = undefined;
      const behind = this.#behind;
      this.#behind = [];
      this.#behindBytes = 0;
      for (const frames of behind) this.send(frames);
      if (this.#ending) this.finish();
    }
  }
}
