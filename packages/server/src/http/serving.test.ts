import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { OperationsOptions } from '../operations/options.ts';
import { startTestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
const tls = { cert: pem('../outbound/testdata/server.crt'), key: pem('../outbound/testdata/server.key') };
const other = { cert: pem('testdata/client.crt'), key: pem('testdata/client.key') };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(operations: OperationsOptions, more: object = {}) {
  const api = await startTestServer({}, undefined, operations);
  const listening = await api.server.listen({ tls: { ...tls, ...more }, host: '127.0.0.1', port: 0 });
  closing.push(async () => {
    await listening.close(0);
    await api.close();
  });
  return listening;
}

describe('pages of other origins', () => {
  const ask = (port: number, method: string, headers: Record<string, string>) =>
    new Promise<[number | undefined, Record<string, unknown>]>((resolve, reject) => {
      const path = '/version';
      httpsRequest({ port, path, method, headers, rejectUnauthorized: false }, (response) => {
        response.resume();
        const own = Object.entries(response.headers).filter(([name]) => name.startsWith('access-control-'));
        response.on('end', () => resolve([response.statusCode, Object.fromEntries(own)]));
      })
        .on('error', reject)
        .end();
    });

  it('may ask when they are allowed, and are told so before they do', async () => {
    const { port } = await listen({ corsAllowedOrigins: [/^https:\/\/[a-z]+\.example\.com$/] });
    const granted = {
      'access-control-allow-origin': 'https://a.example.com',
      'access-control-allow-methods': 'POST, GET, OPTIONS, PUT, DELETE, PATCH',
      'access-control-allow-headers':
        'Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since',
      'access-control-expose-headers': 'Date',
      'access-control-allow-credentials': 'true',
    };
    const origin = 'https://a.example.com';
    expect(await ask(port, 'GET', { origin })).toEqual([200, granted]);
    expect(await ask(port, 'OPTIONS', { origin })).toEqual([204, granted]);
    expect(await ask(port, 'GET', { origin: 'https://evil.com' })).toEqual([200, {}]);
    expect(await ask(port, 'GET', {})).toEqual([200, {}]);
  });

  it('may not by default', async () => {
    const { port } = await listen({});
    expect(await ask(port, 'GET', { origin: 'https://a.example.com' })).toEqual([200, {}]);
  });
});

it('browsers are told to stay with TLS when that is wished', async () => {
  const header = async (operations: OperationsOptions) => {
    const { port } = await listen(operations);
    const asking = httpsRequest({ port, path: '/version', rejectUnauthorized: false }).end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response.headers['strict-transport-security'];
  };
  expect(await header({ strictTransport: 'max-age=60' })).toBe('max-age=60');
  expect(await header({ strictTransport: '' })).toBeUndefined();
});

describe('certificates by name', () => {
  const commonName = async (port: number, servername: string): Promise<unknown> => {
    const socket = connectTls({ port, servername, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return subject.CN;
  };

  it('are those of the name, exactly or by one label, else the usual one', async () => {
    const { port, renew } = await listen({}, { named: [{ ...other, names: ['*.example.com', 'b.org'] }] });
    const own = await commonName(port, 'b.org');
    expect(own).not.toBe('hook');
    expect(await commonName(port, 'A.Example.com')).toBe(own);
    for (const name of ['a.b.example.com', 'example.com', 'localhost'])
      expect(await commonName(port, name)).toBe('hook');
    renew({ ...tls, named: [{ ...other, names: [] }] });
    expect(await commonName(port, 'b.org')).toBe('hook');
    expect(await commonName(port, String(own))).toBe(own);
  });
});

describe('HTTP/2', () => {
  it('is not spoken when it is switched off', async () => {
    const protocolOf = async (operations: OperationsOptions) => {
      const { port } = await listen(operations);
      const socket = connectTls({ port, rejectUnauthorized: false, ALPNProtocols: ['h2', 'http/1.1'] });
      await once(socket, 'secureConnect');
      socket.destroy();
      return socket.alpnProtocol;
    };
    expect(await protocolOf({})).toBe('h2');
    expect(await protocolOf({ transport: { disableHttp2: true } })).toBe('http/1.1');
  });

  it('ends a connection now and then, behind the requests that are under way', async () => {
    const { port } = await listen({ transport: { goawayChance: 1 } });
    const session = connectHttp2(`https://localhost:${port}`, { rejectUnauthorized: false });
    const gone = once(session, 'goaway');
    const stream = session.request({ ':path': '/version' });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    stream.resume();
    await Promise.all([gone, once(stream, 'end'), once(session, 'close')]);
    expect(headers[':status']).toBe(200);
  });
});

it('a watch that asks for no time ends by itself after the least time', async () => {
  const api = await startTestServer({}, undefined, { minRequestTimeoutMs: 1 });
  closing.push(() => api.close());
  const { raw } = await api.call('GET', '/api/v1/configmaps?watch=true');
  await new Promise<void>((end) => {
    raw.stream?.({ begin: () => undefined, write: () => undefined, unsent: 0, end });
  });
});
