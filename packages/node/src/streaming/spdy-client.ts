import type { Duplex } from 'node:stream';
import { constants, createDeflate, type Deflate } from 'node:zlib';
import { SPDY_DICTIONARY } from './spdy-dictionary.ts';
import {
  controlFrame,
  dataFrame,
  FLAG_FIN,
  type Frame,
  FrameParser,
  GOAWAY,
  headerBlock,
  PING,
  RST_STREAM,
  SYN_REPLY,
  SYN_STREAM,
  uint32,
} from './spdy-frames.ts';

export interface SpdyStreamEvents {
  onData(data: Buffer): void;
  /** The peer has sent all it had, or gave the stream up. */
  onEnd(): void;
}

/**
 * The client's side of a SPDY/3.1 connection to a container runtime's streaming server: opens streams and moves their
 * bytes. Flow-control windows are left out, as those servers neither keep nor check them; the socket's own
 * back-pressure is passed on.
 */
export class SpdyClient {
  readonly #socket: Duplex;
  readonly #parser = new FrameParser();
  readonly #streams = new Map<number, SpdyStreamEvents>();
  readonly #deflate: Deflate;
  #compressed: Buffer[] = [];
  #nextId = 1;
  #opening: Promise<void> = Promise.resolve();

  constructor(socket: Duplex, onClose: (error: Error | undefined) => void) {
    this.#socket = socket;
    this.#deflate = createDeflate({ dictionary: SPDY_DICTIONARY, flush: constants.Z_SYNC_FLUSH });
    this.#deflate.on('data', (chunk: Buffer) => this.#compressed.push(chunk));
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of this.#parser.push(chunk)) this.#handle(frame);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    let closed = false;
    const close = (error?: Error): void => {
      if (closed) return;
      closed = true;
      this.#deflate.close();
      const streams = [...this.#streams.values()];
      this.#streams.clear();
      for (const stream of streams) stream.onEnd();
      onClose(error);
    };
    socket.on('error', close);
    socket.on('close', () => close());
    socket.on('end', () => close());
  }

  /** Opens a stream with these headers; its number. Streams are opened in the order of the calls. */
  open(headers: Readonly<Record<string, string>>, events: SpdyStreamEvents): Promise<number> {
    const id = this.#nextId;
    this.#nextId += 2;
    this.#streams.set(id, events);
    const opened = this.#opening.then(async () => {
      const block = await this.#compress(headerBlock(headers));
      this.#socket.write(
        controlFrame(SYN_STREAM, 0, Buffer.concat([uint32(id), uint32(0), Buffer.alloc(2), block])),
      );
    });
    this.#opening = opened;
    return opened.then(() => id);
  }

  /** False when the caller should wait for `drained`. */
  write(id: number, data: Buffer): boolean {
    return this.#socket.write(dataFrame(id, data, false));
  }

  /** Half-closes the stream. */
  end(id: number): void {
    this.#socket.write(dataFrame(id, Buffer.alloc(0), true));
  }

  drained(then: () => void): void {
    this.#socket.once('drain', then);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  #compress(block: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#deflate.once('error', reject);
      this.#deflate.write(block);
      this.#deflate.flush(constants.Z_SYNC_FLUSH, () => {
        this.#deflate.removeListener('error', reject);
        const bytes = Buffer.concat(this.#compressed);
        this.#compressed = [];
        resolve(bytes);
      });
    });
  }

  #handle(frame: Frame): void {
    if (frame.type === 'data') {
      const stream = this.#streams.get(frame.stream);
      if (stream === undefined) return;
      if (frame.data.length > 0) stream.onData(frame.data);
      if (frame.fin) this.#finish(frame.stream);
      return;
    }
    if (frame.kind === PING) this.#socket.write(controlFrame(PING, 0, frame.body));
    else if (frame.kind === RST_STREAM) this.#finish(frame.body.readUInt32BE(0) & 0x7fffffff);
    else if (frame.kind === SYN_REPLY && (frame.flags & FLAG_FIN) !== 0)
      this.#finish(frame.body.readUInt32BE(0));
    else if (frame.kind === GOAWAY) this.#socket.end();
  }

  #finish(id: number): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    stream?.onEnd();
  }
}
