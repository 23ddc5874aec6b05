import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { WatchSink } from '../watch/watch-hub.ts';
import { type ApiResponse, JSON_TYPE } from './response.ts';

const BEARER_PROTOCOL = 'base64url.bearer.authorization.k8s.io.';
const LENGTH_BYTES = 4;
const NEWLINE = 0x0a;
/** Bytes that wait for the client before more of the beginning is made. */
const AHEAD_BYTES = 256 * 1024;
/** Clients send nothing but control frames. */
const MAX_RECEIVED = 64 * 1024;
/** How long an ended watch waits for its client to take the rest. */
const STALL_MS = 60_000;
const NORMAL = 1000;

export const isWebSocket = (headers: IncomingMessage['headers']): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

const server = new WebSocketServer({
  noServer: true,
  maxPayload: MAX_RECEIVED,
  perMessageDeflate: false,
  // One protocol is taken as it is; several would have to be chosen from, and none means anything here.
  handleProtocols: (offered) => {
    const names = [...offered].filter((name) => !name.startsWith(BEARER_PROTOCOL));
    return names.length === 1 && names[0] !== undefined ? names[0] : false;
  },
});

/** Takes a stream's frames apart again: each is a message of its own, lines as text. */
class Messages {
  readonly #text: boolean;
  #rest: Buffer = Buffer.alloc(0);

  constructor(text: boolean) {
    this.#text = text;
  }

  *take(bytes: Buffer): Generator<Buffer> {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (let end = this.#end(rest); end <= rest.length; end = this.#end(rest)) {
      yield rest.subarray(this.#text ? 0 : LENGTH_BYTES, end);
      rest = rest.subarray(end);
    }
    this.#rest = rest;
  }

  /** Where the first frame ends; beyond all bytes when it is not whole. */
  #end(bytes: Buffer): number {
    if (!this.#text) return bytes.length < LENGTH_BYTES ? LENGTH_BYTES : LENGTH_BYTES + bytes.readUInt32BE();
    const newline = bytes.indexOf(NEWLINE);
    return newline < 0 ? bytes.length + 1 : newline + 1;
  }
}

/** A watch over a WebSocket: a message an event. */
class SocketSink implements WatchSink {
  readonly #socket: WebSocket;
  readonly #text: boolean;
  readonly #messages: Messages;
  #beginning: Iterator<Buffer> | undefined;
  #behind: Buffer[] = [];
  #behindBytes = 0;
  #ending = false;

  constructor(socket: WebSocket, text: boolean) {
    this.#socket = socket;
    this.#text = text;
    this.#messages = new Messages(text);
  }

  begin(parts: Iterable<Buffer>): void {
    this.#beginning = parts[Symbol.iterator]();
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
    return this.#behindBytes + this.#socket.bufferedAmount;
  }

  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    const cut = setTimeout(() => this.#socket.terminate(), STALL_MS);
    this.#socket.on('close', () => clearTimeout(cut));
    if (this.#beginning === undefined) this.#socket.close(NORMAL);
  }

  #more(): void {
    while (this.#beginning !== undefined) {
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      const { value, done } = this.#beginning.next();
      if (done !== true) {
        const waits = this.#socket.bufferedAmount > AHEAD_BYTES;
        if (this.#send(value, waits ? () => this.#more() : undefined)) return;
        continue;
      }
      this.#beginning = undefined;
      for (const frames of this.#behind) this.#send(frames);
      this.#behind = [];
      this.#behindBytes = 0;
      if (this.#ending) this.#socket.close(NORMAL);
    }
  }

  /** True when `sent` will be called. */
  #send(bytes: Buffer, sent?: () => void): boolean {
    let asked = false;
    for (const message of this.#messages.take(bytes)) {
      const notify = asked ? undefined : sent;
      asked ||= sent !== undefined;
      this.#socket.send(message, { binary: !this.#text }, notify === undefined ? undefined : () => notify());
    }
    return asked;
  }
}

/** Answers an upgrade with a watch; the socket is the watch's from here on. */
export function serveWatchSocket(
  upgrade: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
  { stream, headers }: ApiResponse,
): void {
  const text = headers['content-type'] === JSON_TYPE;
  server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) => {
    socket.on('error', () => socket.terminate());
    const stop = stream?.(new SocketSink(socket, text));
    socket.on('close', () => stop?.());
  });
}
