import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeState } from '../auth/testing/fakes.ts';
import { ConfigurationError, describeAnswer, describeFailure } from './call-error.ts';
import { resolveService } from './service-target.ts';
import { startHttpsServer, type TestHttpsServer, testAuthorityBundle } from './testing/review-server.ts';
import { createWebhookClient, type WebhookClient } from './webhook-client.ts';

let server: TestHttpsServer;
let client: WebhookClient;
const service = { namespace: 'demo', name: 'hook', port: 8443, path: '/a?b' };

const objects = (port: number, ready = true): object[] => [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'hook', namespace: 'demo' },
    spec: { ports: [{ name: 'https', port: 8443 }] },
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'hook-1', namespace: 'demo', labels: { 'kubernetes.io/service-name': 'hook' } },
    endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready } }],
    ports: [{ name: 'https', port }],
  },
];

beforeAll(async () => {
  server = await startHttpsServer(() => ({ fine: true }));
  client = createWebhookClient(new FakeState(objects(server.port)));
});
afterAll(async () => {
  client.close();
  await server.close();
});

const failureOf = async (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => '',
    (error: Error) => error.message,
  );

describe('a webhook behind a Service', () => {
  it('is called at one of its endpoints under the name of the Service', async () => {
    const config = { service, caBundle: testAuthorityBundle };
    const ports = new Set<unknown>();
    for (let round = 0; round < 3; round++) {
      expect(await client.post(config, '{}', 2500)).toEqual({ fine: true });
      ports.add(server.received.at(-1)?.remotePort);
    }
    expect(server.received[0]).toMatchObject({
      path: '/a%3Fb?timeout=3s',
      headers: { host: 'hook.demo.svc:8443', 'content-type': 'application/json' },
    });
    // The connection stays open from one call to the next.
    expect(ports.size).toBe(1);
  });

  it('is not called with authorities that cannot be read', async () => {
    const config = { service, caBundle: Buffer.from('nonsense').toString('base64') };
    const failure = await client.post(config, '{}', 2500).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as Error).message).toBe(
      'unable to load root certificates: unable to parse bytes as PEM block',
    );
  });

  it('has the original’s texts for what is missing', () => {
    const state = new FakeState(objects(1, false));
    expect(() => resolveService(state, { ...service, name: 'x' })).toThrow('service "x" not found');
    expect(() => resolveService(state, { ...service, port: 1 })).toThrow(
      'no service port 1 found for service "hook"',
    );
    expect(() => resolveService(state, service)).toThrow('no endpoints available for service "hook"');
  });
});

describe('a webhook at a URL', () => {
  const at = (host: string) => ({ url: `https://${host}:${server.port}/x`, caBundle: testAuthorityBundle });

  it('must have a certificate for the name', async () => {
    expect(await client.post(at('127.0.0.1'), '{}', 1000)).toEqual({ fine: true });
    expect(await failureOf(client.post(at('127.0.0.2'), '{}', 1000))).toMatch(
      /x509: certificate is valid for 127\.0\.0\.1, not 127\.0\.0\.2$|connection refused$/,
    );
  });

  it('may not answer without end, nor with something else than JSON', async () => {
    server.answer((_received, response) => {
      for (let part = 0; part < 4; part++) response.write(Buffer.alloc(1024 * 1024, 32));
      response.end('{}');
    });
    expect(await failureOf(client.post(at('localhost'), '{}', 5000))).toContain('larger than 3145728 bytes');
    server.answer((_received, response) => void response.end('<html>'));
    expect(await failureOf(client.post(at('localhost'), '{}', 5000))).toContain('json parse error');
    server.answer(() => ({ fine: true }));
  });

  it('that is not there is a failure like any other', async () => {
    expect(await failureOf(client.post({ url: 'https://localhost:1/' }, '{}', 1000))).toMatch(
      /^Post "https:\/\/localhost:1\/\?timeout=1s": dial tcp .*: connect: connection refused$/,
    );
    expect(await failureOf(client.post({}, '{}', 1000))).toBe(
      'webhook configuration must have either service or URL',
    );
    expect(await failureOf(client.post({ url: 'nonsense' }, '{}', 1000))).toContain('Unparsable URL');
  });
});

describe('texts of failures', () => {
  it('are those of the original', () => {
    expect(describeFailure({ code: 'ECONNREFUSED', address: '10.0.0.1', port: 443 })).toBe(
      'dial tcp 10.0.0.1:443: connect: connection refused',
    );
    expect(describeFailure({ code: 'ENOTFOUND', hostname: 'x.y', message: '' })).toBe(
      'dial tcp: lookup x.y: no such host',
    );
    expect(describeAnswer(404, 'x')).toBe('the server could not find the requested resource');
    expect(describeAnswer(403, ' no way ')).toBe('no way');
    expect(describeAnswer(500, '')).toContain('("unknown")');
    expect(describeAnswer(302, '')).toContain('the server responded with the status code 302');
  });
});
