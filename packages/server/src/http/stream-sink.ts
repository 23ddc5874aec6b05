import type { HttpResponse } from '../handler.ts';
import type { WatchSink } from '../watch/watch-hub.ts';

/** A watch over a chunked HTTP/1.1 answer or an HTTP/2 stream. */
export class ResponseSink implements WatchSink {
  readonly #response: HttpResponse;

  constructor(response: HttpResponse) {
    this.#response = response;
  }

  write(frames: Buffer): void {
    if (!this.#response.destroyed && !this.#response.writableEnded)
      (this.#response as { write(chunk: Buffer): boolean }).write(frames);
  }

  get unsent(): number {
    const response = this.#response as { writableLength?: number; stream?: { writableLength?: number } };
    return response.writableLength ?? response.stream?.writableLength ?? 0;
  }

  end(): void {
    if (!this.#response.writableEnded) this.#response.end();
  }
}
