import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { badRequest, timeout } from '@gantry/machinery/status';
import type { DispatchRequest, Plugins, ServerLog } from '../api-server.ts';
import type { AuditTrail } from '../audit/trail.ts';
import { AuthorizationFault } from '../auth/authorization/denial.ts';
import type { Limiter } from '../flowcontrol/limiter.ts';
import type { HttpRequest, HttpResponse } from '../handler.ts';
import type { ServerMetrics } from '../operations/metrics.ts';
import { observing, type RequestObserver } from '../operations/observer.ts';
import type { OperationsOptions } from '../operations/options.ts';
import type { UserInfo } from '../request.ts';
import type { WatchServer } from '../watch/watch-server.ts';
import type { ApiRequest, RoutedRequest } from './api-request.ts';
import { auditResponse, auditUpgrade } from './audited.ts';
import { bodyLimit } from './body.ts';
import { audited, Callers } from './callers.ts';
import type { ApiChain, Connection } from './chain.ts';
import { answerOrigin } from './cors.ts';
import { requestDeadline } from './deadline.ts';
import { drain, refusedWhileEnding } from './drain.ts';
import { isFault, toStatus } from './errors.ts';
import { failureResponse } from './failure-response.ts';
import { parseRequest } from './path.ts';
import { bodyReader } from './read-body.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { type ApiResponse, statusResponse, wholeBody } from './response.ts';
import { send } from './send.ts';
import { type Call, SecureServer, type TlsFiles } from './server.ts';
import { isWebSocket, serveWatchSocket } from './watch-socket.ts';

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
  readonly limiter: Limiter;
  readonly options: OperationsOptions;
  readonly log: ServerLog;
}

interface Arrival {
  readonly caller: UserInfo;
  readonly parsed: ReturnType<typeof parseRequest>;
  readonly trail: AuditTrail | undefined;
}

const DRAIN_MS = 10_000;
const CUT_MS = 500;
const NOBODY: readonly RequestObserver[] = [];
/** Longest that one request, other than a watch or a connection, may take, unless the options say otherwise. */
const REQUEST_MS = 60_000;

/** Between the sockets and the chain: authentication, limits, metrics, answers; and the way in for our own process. */
export class Frontend {
  readonly #parts: FrontendParts;
  readonly #callers: Callers;
  #extra: readonly ExtraRoute[] = [];
  closing = false;
  /** New requests are turned away, the port is still open. */
  #refusing: 'retry' | 'unavailable' | undefined;

  constructor(parts: FrontendParts) {
    this.#parts = parts;
    this.#callers = new Callers(parts.plugins);
  }

  async listen(options: {
    readonly tls: TlsFiles;
    readonly host: string;
    readonly port: number;
    readonly extraRoutes?: readonly ExtraRoute[];
  }) {
    this.#extra = options.extraRoutes ?? [];
    const { transport, shutdown = {} } = this.#parts.options;
    const server = new SecureServer(
      options.tls,
      {
        request: (request, response, call) => this.#serve(request, response, call),
        upgrade: (request, socket, head, call) => this.#upgrade(request, socket, head, call),
      },
      transport,
    );
    const { port } = await server.listen(options.port, options.host);
    const close = async (graceMs = DRAIN_MS): Promise<void> => {
      this.closing = true;
      if (shutdown.delayMs !== undefined) await sleep(shutdown.delayMs);
      this.#refusing = shutdown.sendRetryAfter === true ? 'retry' : 'unavailable';
      await drain(this.#parts.watches.hub, this.#parts.limiter, shutdown, graceMs);
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
    answer.sent?.();
    if (answer.parts === undefined) return answer;
    const { parts: _joined, ...rest } = answer;
    return { ...rest, body: wholeBody(answer) };
  }

  /** Routes, limits and measures. Never rejects. */
  async #run(request: ApiRequest): Promise<ApiResponse> {
    let trail: AuditTrail | undefined;
    try {
      const parsed = parseRequest(request.method, request.path, request.query);
      trail = this.#callers.ownTrail(request, parsed.attributes);
      const answer = await this.#handle(audited({ ...request, ...parsed }, trail));
      trail?.answered(answer);
      await trail?.pending;
      return answer;
    } catch (error) {
      const answer = statusResponse(toStatus(error));
      trail?.answered(answer);
      return answer;
    }
  }

  /** `onWait` is given how to withdraw the request while it waits for its turn. */
  async #handle(request: RoutedRequest, onWait?: (withdraw: () => void) => void): Promise<ApiResponse> {
    const { chain, limiter, metrics } = this.#parts;
    const began = performance.now();
    let done = false;
    const work = async (waitedMs: number): Promise<ApiResponse> => {
      const answer = await chain.handle(request);
      done = true;
      metrics.observe(request, answer, performance.now() - began, waitedMs);
      return answer;
    };
    const answer = await limiter.run(request, work, onWait);
    if (!done) metrics.dropped(request, answer.status);
    return answer;
  }

  async #serve(request: HttpRequest, response: HttpResponse, call: Call): Promise<void> {
    response.on('error', () => response.destroy());
    const { corsAllowedOrigins: origins, strictTransport } = this.#parts.options;
    if (strictTransport) response.setHeader('strict-transport-security', strictTransport);
    if (origins !== undefined && origins.length > 0 && answerOrigin(request, response, origins)) return;
    const refused = this.#refusing === undefined ? undefined : refusedWhileEnding(call, this.#refusing);
    if (refused !== undefined) return send(response, refused, call.method, call.auditId);
    const seen = observing(this.#parts.options.observers ?? NOBODY, call);
    if (seen !== undefined) response.on('close', () => seen.end(response.statusCode));
    let trail: AuditTrail | undefined;
    try {
      const caller = await this.#callers.caller(call);
      const extra = this.#extra.find(({ prefix }) => call.path.startsWith(prefix));
      if (extra !== undefined) {
        const { attributes } = parseRequest(call.method, call.path, call.query);
        const user = await this.#callers.acting(call, caller, attributes);
        return await extra.handle(request, response, user, (own) => this.dispatch(user, own));
      }
      const parsed = parseRequest(call.method, call.path, call.query);
      trail = this.#callers.trail(call, caller, parsed.attributes);
      const api = await this.#arrive(request, call, { caller, parsed, trail });
      seen?.known(api.user, parsed.attributes);
      const connection = await this.#connection(api);
      if (connection?.handler.request !== undefined) {
        await connection.admit();
        if (trail !== undefined) auditResponse(trail, response);
        response.on('close', this.#parts.metrics.longRunning(api));
        response.setHeader('audit-id', call.auditId);
        return await connection.handler.request(request, response, connection.context, connection.rest);
      }
      const late = setTimeout(
        () => {
          this.#parts.metrics.aborted(api);
          this.#late(response, call, trail);
        },
        requestDeadline(call.query, this.#parts.options.requestTimeoutMs ?? REQUEST_MS),
      );
      const answer = warned(
        await this.#handle(api, (withdraw) => response.once('close', withdraw)).finally(() =>
          clearTimeout(late),
        ),
        call.authentication.warnings,
      );
      trail?.answered(answer);
      await trail?.pending;
      if (answer.stream !== undefined) {
        response.on('close', this.#parts.metrics.longRunning(api));
        if (trail !== undefined) response.on('close', trail.ended.bind(trail));
      }
      send(response, answer, call.method, call.auditId);
    } catch (error) {
      this.#fail(response, call, error, trail);
    }
  }

  /** The client is told that it took too long; what comes of the request later is nobody's. */
  #late(response: HttpResponse, call: Call, trail: AuditTrail | undefined): void {
    if (response.headersSent) return;
    const answer = statusResponse(timeout('request did not complete within the allotted timeout').status);
    trail?.answered(answer);
    send(response, answer, call.method, call.auditId);
  }

  #fail(response: HttpResponse, call: Call, error: unknown, trail?: AuditTrail): void {
    const { authentication, query } = call;
    const answer = failureResponse(error, () => call.url, { headers: authentication.headers, query });
    if (isFault(error))
      this.#parts.log.error({ err: error, auditId: call.auditId, path: call.path }, 'a request failed');
    if (isFault(error) && !(error instanceof AuthorizationFault)) trail?.panicked(error);
    else trail?.answered(answer);
    if (response.headersSent) response.destroy();
    else send(response, answer, call.method, call.auditId);
  }

  /** The request as the user's whom the caller acts as. */
  async #arrive(
    request: HttpRequest,
    call: Call,
    { caller, parsed, trail }: Arrival,
  ): Promise<RoutedRequest> {
    await trail?.pending;
    const acting = this.#callers.acting(call, caller, parsed.attributes, trail);
    const user = acting instanceof Promise ? await acting : acting;
    const { method, path, query } = call;
    const body = bodyReader(request, bodyLimit(path));
    return audited({ ...{ method, path, query, headers: request.headers, user, body }, ...parsed }, trail);
  }

  /** What takes the request over, when authorizers that are other servers have answered. */
  async #connection(api: RoutedRequest): Promise<Connection | undefined> {
    const asking = this.#parts.chain.prepare(api);
    if (asking !== undefined) await asking;
    return this.#parts.chain.connection(api);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, call: Call): Promise<void> {
    let trail: AuditTrail | undefined;
    const refuse = (answer: ApiResponse): void => {
      trail?.answered(answer);
      refuseUpgrade(socket, answer, call.auditId);
    };
    const ending = this.#refusing === undefined ? undefined : refusedWhileEnding(call, this.#refusing);
    if (ending !== undefined) return refuse(ending);
    try {
      const caller = await this.#callers.caller(call);
      const parsed = parseRequest(call.method, call.path, call.query);
      trail = this.#callers.trail(call, caller, parsed.attributes);
      const api = await this.#arrive(request, call, { caller, parsed, trail });
      const connection = await this.#connection(api);
      // A body would never be read: the parser has let go of the socket.
      if (connection === undefined && call.method === 'GET') {
        const answer = await this.#handle(api, (withdraw) => socket.once('close', withdraw));
        if (answer.stream === undefined || !isWebSocket(request.headers)) return refuse(answer);
        serveWatchSocket({ request, socket, head }, answer);
        socket.on('close', this.#parts.metrics.longRunning(api));
        if (trail !== undefined) auditUpgrade(trail, socket);
        return;
      }
      if (connection?.handler.upgrade === undefined)
        return refuse(statusResponse(badRequest('Upgrade request required').status));
      await connection.admit();
      await connection.handler.upgrade(request, socket, head, connection.context, connection.rest);
      if (trail !== undefined) auditUpgrade(trail, socket);
    } catch (error) {
      refuse(failureResponse(error, () => call.url));
    }
  }
}

/** Adds what authentication has to tell the client. */
function warned(answer: ApiResponse, warnings: readonly string[] | undefined): ApiResponse {
  if (warnings === undefined) return answer;
  const { warning = [] } = answer.headers;
  const texts = [warning, warnings.map((text) => `299 - ${JSON.stringify(text)}`)].flat();
  return { ...answer, headers: { ...answer.headers, warning: texts } };
}
