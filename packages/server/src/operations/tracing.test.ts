import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseRequest } from '../http/path.ts';
import type { Call } from '../http/server.ts';
import { openTracing, parseTracingConfiguration } from './tracing.ts';

const text = (fields: object): string =>
  JSON.stringify({ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'TracingConfiguration', ...fields });

describe('the tracing configuration', () => {
  it('has defaults', () => {
    expect(parseTracingConfiguration(text({}))).toEqual({
      endpoint: 'localhost:4317',
      samplingRatePerMillion: 0,
    });
  });

  it.each([
    [{ samplingRatePerMillion: -1 }, 'sampling rate must be positive'],
    [
      { samplingRatePerMillion: 1_000_001 },
      'sampling rate per million must be less than or equal to one million',
    ],
    [{ endpoint: 'http://collector:4317' }, 'unsupported scheme: http'],
    [{ kind: 'Other' }, 'give apiVersion apiserver.config.k8s.io/v1, kind TracingConfiguration'],
  ])('refuses %j', (fields, reason) => {
    expect(() => parseTracingConfiguration(text(fields))).toThrow(reason);
  });
});

describe('traces', () => {
  let collector: Http2Server | undefined;
  afterEach(() => {
    collector?.close();
  });

  /** Speaks as much OTLP as an exporter needs; resolves with the port and what has come in. */
  async function collect(): Promise<{ port: number; received: Buffer[] }> {
    const received: Buffer[] = [];
    const server = createServer();
    collector = server;
    server.on('stream', (stream: ServerHttp2Stream) => {
      stream.on('data', (chunk: Buffer) => received.push(chunk));
      stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.on('end', () => stream.end(Buffer.alloc(5)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, received };
  }

  const call = (path: string, headers: Record<string, string>): Call => ({
    auditId: 'audit-1',
    method: 'GET',
    url: path,
    path,
    query: new URLSearchParams(),
    remoteAddress: '192.0.2.1',
    authentication: { headers, path, method: 'GET' },
  });

  it('go to the collector, and continue those of trusted clients only', async () => {
    const { port, received } = await collect();
    const tracing = await openTracing({ endpoint: `127.0.0.1:${port}`, samplingRatePerMillion: 0 });
    const path = '/api/v1/namespaces/a/pods/p';
    const ask = (traceId: string, groups: string[]): void => {
      const seen = tracing.observer.begin(call(path, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }));
      seen?.known({ name: 'x', groups }, parseRequest('GET', path, new URLSearchParams()).attributes);
      seen?.end(200);
    };
    ask('4bf92f3577b34da6a3ce929d0e0e4736', ['system:masters']);
    ask('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ['system:authenticated']);
    tracing.observer.begin(call('/version', {}))?.end(401);
    await tracing.close();
    const bytes = Buffer.concat(received);
    expect(bytes.includes('GET /api/v1/namespaces/{:namespace}/pods/{:name}')).toBe(true);
    expect(bytes.includes('audit-1')).toBe(true);
    expect(bytes.includes(Buffer.from('4bf92f3577b34da6a3ce929d0e0e4736', 'hex'))).toBe(true);
    expect(bytes.includes(Buffer.from('aa'.repeat(16), 'hex'))).toBe(false);
  });
});
