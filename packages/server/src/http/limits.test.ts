import { readFileSync } from 'node:fs';
import { type RequestOptions, request as send } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { OperationsOptions } from '../operations/options.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

let test: TestServer;
let port = 0;
let close: (graceMs?: number) => Promise<void>;

async function start(
  operations: OperationsOptions = {},
  plugins: Parameters<typeof startTestServer>[0] = {},
) {
  test = await startTestServer(plugins, undefined, operations);
  const tls = { cert: pem('server.crt'), key: pem('server.key') };
  const listening = await test.server.listen({ tls, host: '127.0.0.1', port: 0 });
  ({ port, close } = listening);
}
afterEach(async () => {
  await close(0);
  await test.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

function ask(
  method: string,
  path: string,
  body?: string | Buffer,
  options: RequestOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = send(
      { host: '127.0.0.1', port, method, path, rejectUnauthorized: false, agent: false, ...options },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const json = { headers: { 'content-type': 'application/json' } };
const statusOf = ({ text }: Answer) => JSON.parse(text) as { reason: string; message: string; code: number };

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () =>
      socket.write(text),
    );
    socket.on('data', (chunk: Buffer) => {
      got += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(got));
  });
}

/** https://www.rfc-editor.org/rfc/rfc9113#section-6 */
const [HEADERS, RST_STREAM, SETTINGS] = [1, 3, 4];
const END_OF_STREAM_AND_HEADERS = 0x05;
const CANCEL = Buffer.from([0, 0, 0, 8]);
/** `GET https://x/`, mostly by numbers of HPACK's table. */
const GET_ROOT = Buffer.from([0x82, 0x84, 0x87, 0x41, 0x01, 0x78]);
const MORE_THAN_MAY_BE_RESET = 2_000;

function frameOf(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

describe('limits of a request', () => {
  it('refuse a body that is too large, whether or not its length is told', async () => {
    await start();
    const large = Buffer.alloc(3 * 1024 * 1024 + 1, 0x20);
    const told = await ask('POST', CONFIG_MAPS, large, json);
    expect(told.status).toBe(413);
    expect(statusOf(told)).toMatchObject({
      reason: 'RequestEntityTooLarge',
      message: 'Request entity too large: limit is 3145728',
    });
    const chunked = { headers: { ...json.headers, 'transfer-encoding': 'chunked' } };
    expect((await ask('POST', CONFIG_MAPS, large, chunked)).status).toBe(413);
    expect((await ask('GET', CONFIG_MAPS)).status).toBe(200);
  });

  it('refuse a body that is nested too deeply, and a patch of too many operations', async () => {
    await start();
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect((await ask('POST', CONFIG_MAPS, deep, json)).status).toBe(400);
    expect((await ask('POST', CONFIG_MAPS, '['.repeat(10_000), json)).status).toBe(400);
    await ask('POST', CONFIG_MAPS, JSON.stringify({ metadata: { name: 'a' } }), json);
    const operations = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/kind', value: 'x' }));
    const patch = await ask('PATCH', `${CONFIG_MAPS}/a`, JSON.stringify(operations), {
      headers: { 'content-type': 'application/json-patch+json' },
    });
    expect(patch.status).toBe(413);
    expect(statusOf(patch).message).toBe(
      'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    );
  });

  it('refuse headers that are too long, and go on with others', async () => {
    await start();
    const answer = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`);
    expect(answer === '' || answer.startsWith('HTTP/1.1 431')).toBe(true);
    expect((await ask('GET', '/version')).status).toBe(200);
  });

  it('end a request that takes longer than it may', async () => {
    let release = (): void => undefined;
    await start(
      {},
      {
        admission: [
          {
            name: 'Slow',
            handles: (kind) => kind.plural === 'configmaps',
            validate: () =>
              new Promise<void>((resolve) => {
                release = resolve;
              }),
          },
        ],
      },
    );
    const body = JSON.stringify({ metadata: { name: 'a' } });
    const late = await ask('POST', `${CONFIG_MAPS}?timeout=30ms`, body, json);
    release();
    expect(late.status).toBe(504);
    expect(statusOf(late)).toMatchObject({
      reason: 'Timeout',
      message: 'Timeout: request did not complete within the allotted timeout',
    });
    const wrong = await ask('GET', '/api/v1/nodes?timeout=soon');
    expect(wrong.status).toBe(400);
    expect(statusOf(wrong).message).toBe(
      'invalid timeout specified in the request URL - time: invalid duration "soon"',
    );
  });

  it('end a session that opens and resets streams without end', async () => {
    await start();
    // Frames written by hand: a client that is told to go away need not notice.
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => undefined).resume();
    await new Promise<void>((resolve) => socket.once('secureConnect', resolve));
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    socket.write(frameOf(SETTINGS, 0, 0, Buffer.alloc(0)));
    for (let stream = 1; stream < 2 * MORE_THAN_MAY_BE_RESET; stream += 2) {
      socket.write(frameOf(HEADERS, END_OF_STREAM_AND_HEADERS, stream, GET_ROOT));
      socket.write(frameOf(RST_STREAM, 0, stream, CANCEL));
    }
    await ended;
    expect((await ask('GET', '/version')).status).toBe(200);
  });

  it('turn away what is beyond the numbers, when there is no priority and fairness', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    await start(
      { enablePriorityAndFairness: false, maxMutatingRequestsInflight: 1 },
      {
        authenticate: () => ({ name: 'joe', groups: ['system:authenticated'] }),
        admission: [
          { name: 'Slow', handles: (kind) => kind.plural === 'configmaps', validate: () => waiting },
        ],
      },
    );
    const body = (name: string): string => JSON.stringify({ metadata: { name } });
    const both = [ask('POST', CONFIG_MAPS, body('a'), json), ask('POST', CONFIG_MAPS, body('b'), json)];
    const turnedAway = await Promise.race(both);
    expect(turnedAway).toMatchObject({
      status: 429,
      text: 'Too many requests, please try again later.\n',
      headers: { 'retry-after': '1', 'content-type': 'text/plain; charset=utf-8' },
    });
    release();
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([201, 429]);
  });
});

describe('the end of the server', () => {
  it('shows in /readyz first, refuses what is new, and lets end what is under way', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    await start(
      { shutdown: { sendRetryAfter: true } },
      {
        admission: [
          { name: 'Slow', handles: (kind) => kind.plural === 'configmaps', validate: () => waiting },
        ],
      },
    );
    test.server.markReady();
    const under = ask('POST', CONFIG_MAPS, JSON.stringify({ metadata: { name: 'a' } }), json);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (test.server.metrics.executing > 0) resolve();
        else setImmediate(look);
      };
      look();
    });
    const closed = close(60_000);
    expect(await ask('GET', '/api/v1/nodes')).toMatchObject({
      status: 429,
      text: 'The apiserver is shutting down, please try again later.\n',
      headers: { 'retry-after': '5' },
    });
    const ready = await ask('GET', '/readyz');
    expect(ready.status).toBe(500);
    expect(ready.text).toContain('[-]shutdown failed: reason withheld\n');
    expect((await ask('GET', '/livez')).status).toBe(200);
    release();
    expect((await under).status).toBe(201);
    await closed;
  });
});
