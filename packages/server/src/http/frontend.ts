import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest } from '@gantry/machinery/status';
import type { DispatchRequest, Plugins, ServerLog } from '../api-server.ts';
import type { HttpRequest, HttpResponse } from '../handler.ts';
import type { ServerMetrics } from '../operations/metrics.ts';
import type { UserInfo } from '../request.ts';
import type { WatchServer } from '../watch/watch-server.ts';
import type { ApiRequest, RoutedRequest } from './api-request.ts';
import { bodyLimit } from './body.ts';
import type { ApiChain } from './chain.ts';
import { isFault, toStatus } from './errors.ts';
import { InFlight } from './in-flight.ts';
import { parseRequest } from './path.ts';
import { bodyReader } from './read-body.ts';
import { type ApiResponse, bodyLength, statusResponse, wholeBody } from './response.ts';
import { send } from './send.ts';
import { type Call, SecureServer, type TlsFiles } from './server.ts';

/** A request that is not the API's own, such as `/trpc`: handed over after authentication. */
export interface ExtraRoute {
  readonly prefix: string;
  handle(
    request: HttpRequest,
    response: HttpResponse,
    user: UserInfo,
    dispatch: (request: DispatchRequest) => Promise<ApiResponse>,
  ): Promise<void>;
}

export interface FrontendParts {
  readonly chain: ApiChain;
  readonly plugins: Plugins;
  readonly metrics: ServerMetrics;
  readonly watches: WatchServer;
  readonly log: ServerLog;
}

const LIMITS = { reading: 2000, mutating: 1000 };
const DRAIN_MS = 10_000;
const DRAIN_POLL_MS = 20;
const CUT_MS = 500;
/** Longest that one request, other than a watch or a connection, may take. */
const REQUEST_MS = 60_000;

/** Between the sockets and the chain: authentication, limits, metrics, answers; and the way in for our own process. */
export class Frontend {
  readonly #parts: FrontendParts;
  readonly inFlight = new InFlight(LIMITS);
  #extra: readonly ExtraRoute[] = [];
  closing = false;

  constructor(parts: FrontendParts) {
    this.#parts = parts;
  }

  async listen(options: {
    readonly tls: TlsFiles;
    readonly host: string;
    readonly port: number;
    readonly extraRoutes?: readonly ExtraRoute[];
  }) {
    this.#extra = options.extraRoutes ?? [];
    const server = new SecureServer(options.tls, {
      request: (request, response, call) => this.#serve(request, response, call),
      upgrade: (request, socket, head, call) => this.#upgrade(request, socket, head, call),
    });
    const { port } = await server.listen(options.port, options.host);
    const close = async (graceMs = DRAIN_MS): Promise<void> => {
      this.closing = true;
      this.#parts.watches.hub.drain();
      const until = Date.now() + graceMs;
      while (this.inFlight.reading + this.inFlight.mutating > 0 && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
      await server.close(CUT_MS);
    };
    return { port, renew: (tls: TlsFiles) => server.renew(tls), close };
  }

  /** A request of our own process, with the same answers as over the wire. Never rejects. */
  async dispatch(user: UserInfo, request: DispatchRequest): Promise<ApiResponse> {
    const { body } = request;
    const bytes =
      body === undefined
        ? Buffer.alloc(0)
        : Buffer.isBuffer(body)
          ? body
          : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const query =
      request.query instanceof URLSearchParams ? request.query : new URLSearchParams(request.query);
    const answer = await this.#run({
      method: request.method,
      path: request.path,
      query,
      headers: request.headers ?? {},
      user,
      body: () => Promise.resolve(bytes),
    });
    if (answer.parts === undefined) return answer;
    const { parts: _joined, ...rest } = answer;
    return { ...rest, body: wholeBody(answer) };
  }

  async #user(call: Call): Promise<UserInfo> {
    const { plugins } = this.#parts;
    const answer = plugins.authenticate(call.authentication);
    const user = answer instanceof Promise ? await answer : answer;
    return plugins.impersonate?.(call.authentication, user) ?? user;
  }

  /** Routes, limits and measures. Never rejects. */
  async #run(request: ApiRequest): Promise<ApiResponse> {
    try {
      return await this.#handle(routed(request));
    } catch (error) {
      return statusResponse(toStatus(error));
    }
  }

  async #handle(request: RoutedRequest): Promise<ApiResponse> {
    const leave = this.inFlight.enter(request.method);
    const began = performance.now();
    try {
      const answer = await this.#parts.chain.handle(request);
      const seconds = (performance.now() - began) / 1000;
      const dryRun = request.query.has('dryRun');
      this.#parts.metrics.observe(request.attributes, answer.status, seconds, bodyLength(answer), dryRun);
      return answer;
    } finally {
      leave();
    }
  }

  async #serve(request: HttpRequest, response: HttpResponse, call: Call): Promise<void> {
    response.on('error', () => response.destroy());
    try {
      const user = await this.#user(call);
      const extra = this.#extra.find(({ prefix }) => call.path.startsWith(prefix));
      if (extra !== undefined)
        return await extra.handle(request, response, user, (own) => this.dispatch(user, own));
      const api = routed(this.#apiRequest(request, call, user));
      const connection = this.#parts.chain.connection(api);
      if (connection?.handler.request !== undefined)
        return await connection.handler.request(request, response, connection.context, connection.rest);
      const late = setTimeout(() => response.destroy(), REQUEST_MS);
      const answer = await this.#handle(api).finally(() => clearTimeout(late));
      send(response, answer, call.method, call.auditId);
    } catch (error) {
      this.#fail(response, call, error);
    }
  }

  #fail(response: HttpResponse, call: Call, error: unknown): void {
    const status = toStatus(error);
    if (isFault(error))
      this.#parts.log.error({ err: error, auditId: call.auditId, path: call.path }, 'a request failed');
    if (response.headersSent) response.destroy();
    else send(response, statusResponse(status), call.method, call.auditId);
  }

  #apiRequest(request: HttpRequest, call: Call, user: UserInfo): ApiRequest {
    return {
      method: call.method,
      path: call.path,
      query: call.query,
      headers: request.headers,
      user,
      body: bodyReader(request, bodyLimit(call.path)),
    };
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, call: Call): Promise<void> {
    try {
      const user = await this.#user(call);
      const connection = this.#parts.chain.connection(routed(this.#apiRequest(request, call, user)));
      if (connection?.handler.upgrade !== undefined)
        return await connection.handler.upgrade(request, socket, head, connection.context, connection.rest);
      this.#refuse(socket, statusResponse(badRequest('Upgrade request required').status));
    } catch (error) {
      this.#refuse(socket, statusResponse(toStatus(error)));
    }
  }

  /** An upgrade that does not happen is answered as plain HTTP on the raw socket. */
  #refuse(socket: Duplex, answer: ApiResponse): void {
    if (socket.destroyed) return;
    const reason = STATUS_CODES[answer.status] ?? 'Error';
    socket.end(
      `HTTP/1.1 ${answer.status} ${reason}\r\ncontent-type: application/json\r\naudit-id: ${randomUUID()}\r\ncontent-length: ${answer.body.length}\r\nconnection: close\r\n\r\n${answer.body.toString()}`,
    );
  }
}

/** Throws URIError for a malformed escape in the path. */
const routed = (request: ApiRequest): RoutedRequest => ({
  ...request,
  ...parseRequest(request.method, request.path, request.query),
});
