import type { HttpResponse } from '../handler.ts';
import { PacedSink } from './paced-sink.ts';
import { slices } from './slices.ts';

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
export class ResponseSink extends PacedSink {
  readonly #response: Stream;

  constructor(response: HttpResponse) {
    super();
    this.#response = response as Stream;
  }

  override begin(parts: Iterable<Buffer>): void {
    this.#response.on('drain', () => this.more());
    super.begin(slices(parts));
  }

  protected get isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }

  protected get queued(): number {
    const { writableLength, stream } = this.#response;
    return writableLength ?? stream?.writableLength ?? 0;
  }

  protected send(bytes: Buffer): void {
    if (this.isOpen) this.#response.write(bytes);
  }

  protected sendPaced(bytes: Buffer): boolean {
    return this.#response.write(bytes);
  }

  protected finish(): void {
    if (!this.#response.writableEnded) this.#response.end();
  }

  protected cut(): void {
    this.#response.destroy();
  }

  protected onClose(listener: () => void): void {
    this.#response.on('close', listener);
  }
}
