import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
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
    const session: ClientHttp2Session = connectHttp2(`https://127.0.0.1:${port}`, {
      rejectUnauthorized: false,
    });
    session.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => session.on('close', resolve));
    const openAndReset = (): Promise<void> =>
      new Promise((resolve) => {
        const stream = session.request({ ':path': '/version' });
        stream.on('error', () => undefined);
        stream.on('ready', () => stream.close(8));
        stream.on('close', () => resolve());
      });
    // In turns: streams that only wait in the client for their turn would cost time and reset nothing.
    let opened = 0;
    while (!session.destroyed && !session.closed) {
      opened += 200;
      await Promise.all(Array.from({ length: 200 }, openAndReset));
    }
    await ended;
    expect(opened).toBeLessThan(5_000);
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
