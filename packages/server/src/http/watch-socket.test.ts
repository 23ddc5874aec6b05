import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PROTOBUF, watchEvents } from '../testing/protobuf.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

let test: TestServer;
let port = 0;
let close: () => Promise<void>;

beforeAll(async () => {
  test = await startTestServer();
  const tls = { cert: pem('server.crt'), key: pem('server.key') };
  const listening = await test.server.listen({ tls, host: '127.0.0.1', port: 0 });
  port = listening.port;
  close = () => listening.close(0);
  for (const name of ['a', 'b']) await test.call('POST', CONFIG_MAPS, { body: { metadata: { name } } });
});
afterAll(async () => {
  await close();
  await test.close();
});

interface Message {
  readonly bytes: Buffer;
  readonly binary: boolean;
}

/** A WebSocket that keeps what it gets. */
class Client {
  readonly socket: WebSocket;
  readonly messages: Message[] = [];
  readonly closed: Promise<number>;
  #wake: (() => void) | undefined;

  constructor(path: string, protocols: string[] = [], headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`wss://127.0.0.1:${port}${path}`, protocols, {
      headers,
      rejectUnauthorized: false,
    });
    this.socket.on('message', (data, binary) => {
      this.messages.push({ bytes: data as Buffer, binary });
      this.#wake?.();
    });
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
  }

  async until(count: number): Promise<readonly Message[]> {
    while (this.messages.length < count)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.messages;
  }
}

const summary = (messages: readonly Message[]): string[] =>
  messages.map(({ bytes }) => {
    const { type, object } = JSON.parse(bytes.toString()) as {
      type: string;
      object: { metadata: { name: string } };
    };
    return `${type} ${object.metadata.name}`;
  });

describe('watches over WebSockets', () => {
  it('send a text message for each event, and leave with the client', async () => {
    const client = new Client(`${CONFIG_MAPS}?watch=true`);
    await client.until(2);
    await test.call('DELETE', `${CONFIG_MAPS}/b`);
    const messages = await client.until(3);
    expect(summary(messages)).toEqual(['ADDED a', 'ADDED b', 'DELETED b']);
    expect(messages.every(({ binary }) => !binary)).toBe(true);
    client.socket.close();
    expect(await client.closed).toBe(1005);
  });

  it('send binary messages in protobuf', async () => {
    const client = new Client(`${CONFIG_MAPS}?watch=1&fieldSelector=metadata.name%3Da`, [], {
      accept: PROTOBUF,
    });
    const [message] = await client.until(1);
    expect(message?.binary).toBe(true);
    const event = message?.bytes ?? Buffer.alloc(0);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(event.length);
    expect(watchEvents(Buffer.concat([length, event]))).toMatchObject([
      { type: 'ADDED', object: { kind: 'ConfigMap', metadata: { name: 'a' } } },
    ]);
    client.socket.close();
  });

  it('take up the protocol that is offered, and end with the watch', async () => {
    const client = new Client(`${CONFIG_MAPS}?watch=1&timeoutSeconds=1`, ['binary.k8s.io']);
    await client.until(1);
    expect(client.socket.protocol).toBe('binary.k8s.io');
    expect(await client.closed).toBe(1000);
  });

  it('are refused with a Status like any request', async () => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}${CONFIG_MAPS}?watch=1&labelSelector=a%20in`, {
      rejectUnauthorized: false,
    });
    const refused = new Promise<[number | undefined, string]>((resolve) => {
      socket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve([response.statusCode, text]));
      });
    });
    const [status, text] = await refused;
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ kind: 'Status', reason: 'BadRequest' });
  });
});
