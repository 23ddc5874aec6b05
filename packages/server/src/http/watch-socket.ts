import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { PacedSink } from './paced-sink.ts';
import { type ApiResponse, JSON_TYPE } from './response.ts';

const BEARER_PROTOCOL = 'base64url.bearer.authorization.k8s.io.';
const LENGTH_BYTES = 4;
const NEWLINE = 0x0a;
/** Bytes that wait for the client before more of the beginning is made. */
const AHEAD_BYTES = 256 * 1024;
/** Clients send nothing but control frames. */
const MAX_RECEIVED = 64 * 1024;
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
class SocketSink extends PacedSink {
  readonly #socket: WebSocket;
  readonly #text: boolean;
  readonly #messages: Messages;

  constructor(socket: WebSocket, text: boolean) {
    super();
    this.#socket = socket;
    this.#text = text;
    this.#messages = new Messages(text);
  }

  protected get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  protected get queued(): number {
    return this.#socket.bufferedAmount;
  }

  protected send(bytes: Buffer): void {
    for (const message of this.#messages.take(bytes)) this.#message(message);
  }

  /** Bytes may hold no whole message, of which nobody would tell that it is sent. */
  protected sendPaced(bytes: Buffer): boolean {
    let sent = this.queued > AHEAD_BYTES ? (): void => this.more() : undefined;
    let goesOn = true;
    for (const message of this.#messages.take(bytes)) {
      this.#message(message, sent);
      if (sent !== undefined) goesOn = false;
      sent = undefined;
    }
    return goesOn;
  }

  #message(message: Buffer, sent?: () => void): void {
    this.#socket.send(message, { binary: !this.#text }, sent);
  }

  protected finish(): void {
    this.#socket.close(NORMAL);
  }

  protected cut(): void {
    this.#socket.terminate();
  }

  protected onClose(listener: () => void): void {
    this.#socket.on('close', listener);
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
