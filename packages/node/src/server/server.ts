import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Pod } from '@gantry/api/generated/types';
import type { Logger } from '@gantry/runtime/port';
import type { Cri } from '../cri/port.ts';
import type { RuntimePod } from '../kubelet/runtime-state.ts';
import { refusalOf } from './caller.ts';
import { serveLogs } from './logs-handler.ts';
import { serveNodeLogs } from './node-logs.ts';
import { refuse } from './refuse.ts';
import { routeOf } from './routes.ts';
import { runningPods } from './running-pods.ts';
import { resourceMetrics, type StatsProvider } from './stats.ts';
import { serveStream } from './stream-handler.ts';

/** What the server asks of the agent. */
export interface PodSource {
  find(namespace: string, name: string): { readonly pod: Pod; readonly runtime: RuntimePod } | undefined;
  pods(): readonly { readonly pod: Pod }[];
  /** Throws with what is wrong. */
  checkHealth(): void;
}

export interface NodeServerOptions {
  readonly source: PodSource;
  readonly cri: Cri;
  readonly stats: StatsProvider;
  readonly log: Logger;
  /** 0 = any free one. */
  readonly port: number;
  readonly certFile: string;
  readonly keyFile: string;
  /** Signs the clients that may ask. */
  readonly clientCaFile: string;
  /** Prometheus text of the process. */
  readonly metrics: () => Promise<string>;
}

export interface NodeServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A command that is to be run comes whole in the request's address; as much as the apiserver takes, and what it adds. */
const MAX_HEADER_BYTES = 128 * 1024;

/** Serves logs, exec, attach, port-forward and statistics over TLS to clients with a certificate of the cluster's CA. */
export async function startNodeServer(options: NodeServerOptions): Promise<NodeServer> {
  const [cert, key, ca] = await Promise.all([
    readFile(options.certFile),
    readFile(options.keyFile),
    readFile(options.clientCaFile),
  ]);
  const server = createServer({
    cert,
    key,
    ca,
    requestCert: true,
    // Who shows none is told so in HTTP: 401.
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  server.on('request', (request, response) => {
    handle(options, request, response).catch((error: unknown) => {
      options.log.warn({ path: request.url, error: String(error) }, 'request failed');
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request.socket as TLSSocket);
    if (refusal !== undefined) {
      refuse(socket, refusal.code, refusal.text);
      return;
    }
    serveStream(options, request, socket, head).catch((error: unknown) => {
      options.log.warn({ path: request.url, error: String(error) }, 'stream failed');
      socket.destroy();
    });
  });
  server.on('tlsClientError', (error) => options.log.debug({ error: error.message }, 'TLS client refused'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  options: NodeServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://node');
  const text = (code: number, body: string, type = 'text/plain; charset=utf-8'): void => {
    response.writeHead(code, { 'content-type': type }).end(body);
  };
  const refusal = refusalOf(request.socket as TLSSocket);
  if (refusal !== undefined) return text(refusal.code, refusal.text);
  const route = routeOf(url.pathname);
  switch (route?.type) {
    case undefined:
      return text(404, '404 page not found\n');
    case 'healthz':
      options.source.checkHealth();
      return text(200, 'ok');
    case 'pods': {
      const items = options.source.pods().map(({ pod }) => pod);
      return text(
        200,
        JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items }),
        'application/json',
      );
    }
    case 'runningPods': {
      const items = runningPods(await options.cri.listContainers());
      return text(
        200,
        JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items }),
        'application/json',
      );
    }
    case 'summary':
      return text(200, JSON.stringify(await options.stats.summary()), 'application/json');
    case 'metrics':
      return text(200, await options.metrics());
    case 'resourceMetrics':
      return text(200, resourceMetrics(await options.stats.summary().catch(() => undefined)));
    case 'nodeLogs':
      return await serveNodeLogs(route.path, response);
    case 'logs':
      return await serveLogs(options, route, url.searchParams, request, response);
    default:
      return text(400, 'Upgrade request required\n');
  }
}
