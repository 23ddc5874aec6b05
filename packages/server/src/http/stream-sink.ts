import type { HttpResponse } from '../handler.ts';
import type { WatchSink } from '../watch/watch-hub.ts';
import { slices } from './slices.ts';

/** How long a client that takes nothing may hold what an ended watch still has for it. */
const STALL_MS = 60_000;

interface Stream {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableLength?: number;
  readonly stream?: { readonly writableLength?: number };
  write(chunk: Buffer): boolean;
  end(): unknown;
  destroy(): unknown;
  on(event: 'close' | 'drain', listener: () => void): unknown;
}

/** A watch over a chunked HTTP/1.1 answer or an HTTP/2 stream. */
export class ResponseSink implements WatchSink {
  readonly #response: Stream;
  #beginning: Generator<Buffer> | undefined;
  /** What came while the beginning was on its way. */
  #behind: Buffer[] = [];
  #behindBytes = 0;
  #ending = false;

  constructor(response: HttpResponse) {
    this.#response = response as Stream;
  }

  begin(parts: Iterable<Buffer>): void {
    this.#beginning = slices(parts);
    this.#response.on('drain', () => this.#more());
    this.#more();
  }

  write(frames: Buffer): void {
    if (this.#ending) return;
    if (this.#beginning === undefined) {
      this.#send(frames);
      return;
    }
    this.#behind.push(frames);
    this.#behindBytes += frames.length;
  }

  get unsent(): number {
    const { writableLength, stream } = this.#response;
    return this.#behindBytes + (writableLength ?? stream?.writableLength ?? 0);
  }

  /** After the beginning, so that a client gets all of a state that it was promised. */
  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    const cut = setTimeout(() => this.#response.destroy(), STALL_MS);
    this.#response.on('close', () => clearTimeout(cut));
    this.#finish();
  }

  #finish(): void {
    if (this.#beginning === undefined && !this.#response.writableEnded) this.#response.end();
  }

  #more(): void {
    while (this.#beginning !== undefined) {
      const { value, done } = this.#beginning.next();
      if (done !== true) {
        if (!this.#send(value)) return;
        continue;
      }
      this.#beginning = undefined;
      const behind = this.#behind;
      this.#behind = [];
      this.#behindBytes = 0;
      for (const frames of behind) this.#send(frames);
      if (this.#ending) this.#finish();
    }
  }

  /** False when the client should be given time. */
  #send(bytes: Buffer): boolean {
    if (this.#response.destroyed || this.#response.writableEnded) return false;
    return this.#response.write(bytes);
  }
}
