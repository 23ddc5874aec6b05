import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const file = (name: string): string => readFileSync(new URL(`../testdata/${name}`, import.meta.url), 'utf8');

/** PEM of the authority that signed the test servers' certificate: `hook.demo.svc`, `localhost` and 127.0.0.1. */
export const testAuthority: string = file('ca.crt');
export const testAuthorityBundle: string = Buffer.from(testAuthority).toString('base64');

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Of the client's side of the connection. */
  readonly remotePort: number | undefined;
  /** Parsed JSON. */
  readonly body: ReceivedReview;
}

export interface ReceivedReview {
  readonly [key: string]: unknown;
  readonly request?: Readonly<Record<string, unknown>>;
}

type Answer = (received: Received, response: ServerResponse) => unknown;

export interface TestHttpsServer {
  readonly port: number;
  readonly received: Received[];
  /** What is answered from now on: a value to send as JSON, or undefined when `answer` wrote by itself. */
  answer(next: Answer): void;
  close(): Promise<void>;
}

/** An HTTPS server on a port of its own, for webhooks and aggregated APIs. */
export async function startHttpsServer(first: Answer): Promise<TestHttpsServer> {
  let answer = first;
  const received: Received[] = [];
  const server = createServer({ cert: file('server.crt'), key: file('server.key') }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const body = (text === '' ? {} : JSON.parse(text)) as ReceivedReview;
      const { remotePort } = request.socket;
      const one = { path: request.url ?? '', headers: request.headers, remotePort, body };
      received.push(one);
      const value = answer(one, response);
      if (value === undefined) return;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(value));
    });
  });
  // An upgrade becomes an echo that first says who asked.
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
    socket.write(`${String(request.headers['x-remote-user'])} ${request.url ?? ''}\n`);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    answer: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The answer of a webhook to what it received. */
export const reviewed = (
  { body }: Received,
  response: Readonly<Record<string, unknown>> = { allowed: true },
): unknown => ({
  kind: 'AdmissionReview',
  apiVersion: 'admission.k8s.io/v1',
  response: { uid: body.request?.uid, ...response },
});

export const patchOf = (operations: readonly unknown[]): Readonly<Record<string, unknown>> => ({
  allowed: true,
  patchType: 'JSONPatch',
  patch: Buffer.from(JSON.stringify(operations)).toString('base64'),
});
