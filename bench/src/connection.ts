import { connect, type TLSSocket } from 'node:tls';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** Bearer token; the certificate is not shown then. */
  readonly token?: string;
}

export interface Reply {
  readonly status: number;
  readonly bytes: number;
  /** Empty when `keep` was not asked for. */
  readonly body: Buffer;
}

interface Pending {
  readonly keep: boolean;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * One kept-alive HTTP/1.1 connection with one request at a time and next to no work of its own, so that what is
 * measured is the server.
 */
export class Connection {
  readonly #socket: TLSSocket;
  readonly #credential: string;
  #pending: Pending | undefined;
  #received: Buffer[] = [];
  #size = 0;
  #need = 0;
  #head: { status: number; length: number; chunked: boolean; bodyAt: number } | undefined;

  constructor(target: Target) {
    const { host, port, ca, cert, key, token } = target;
    this.#credential = token === undefined ? '' : `authorization: Bearer ${token}\r\n`;
    this.#socket = connect({
      host,
      port,
      ca,
      ...(token === undefined ? { cert, key } : {}),
      ALPNProtocols: ['http/1.1'],
      servername: 'localhost',
    });
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#take(chunk));
    const fail = (error: Error): void => this.#pending?.reject(error);
    this.#socket.on('error', fail);
    this.#socket.on('close', () => fail(new Error('connection closed')));
  }

  request(
    method: string,
    path: string,
    body?: string,
    contentType = 'application/json',
    keep = false,
  ): Promise<Reply> {
    const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n${this.#credential}`;
    const entity =
      body === undefined
        ? '\r\n'
        : `content-type: ${contentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return new Promise((resolve, reject) => {
      this.#pending = { keep, resolve, reject };
      this.#socket.write(head + entity);
    });
  }

  close(): void {
    this.#pending = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#size += chunk.length;
    if (this.#head === undefined) this.#readHead();
    const head = this.#head;
    if (head === undefined || this.#size < this.#need) return;
    if (head.chunked && !endsChunks(this.#received)) return;
    const pending = this.#pending;
    const body =
      pending?.keep === true
        ? unchunk(Buffer.concat(this.#received).subarray(head.bodyAt), head.chunked)
        : Buffer.alloc(0);
    const bytes = this.#size - head.bodyAt;
    this.#pending = undefined;
    this.#received = [];
    this.#size = 0;
    this.#head = undefined;
    pending?.resolve({ status: head.status, bytes, body });
  }

  #readHead(): void {
    const all =
      this.#received.length === 1 ? (this.#received[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#received);
    const end = all.indexOf(HEAD_END);
    if (end < 0) return;
    const text = all.toString('latin1', 0, end).toLowerCase();
    const length = Number(/content-length: (\d+)/.exec(text)?.[1] ?? 0);
    this.#head = {
      status: Number(text.slice(9, 12)),
      length,
      chunked: text.includes('transfer-encoding: chunked'),
      bodyAt: end + 4,
    };
    this.#need = end + 4 + length;
    this.#received = [all];
  }
}

function endsChunks(parts: readonly Buffer[]): boolean {
  const last = parts.at(-1) ?? Buffer.alloc(0);
  const tail = last.length >= 5 ? last.subarray(-5) : Buffer.concat(parts.slice(-2)).subarray(-5);
  return tail.toString('latin1') === '0\r\n\r\n';
}

function unchunk(body: Buffer, chunked: boolean): Buffer {
  if (!chunked) return body;
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
