import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { type Duplex, finished } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { badRequest, timeout } from '@gantry/machinery/status';
import type { DispatchRequest, Plugins, ServerLog } from '../api-server.ts';
import { newAuditId } from '../audit/auditor.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { Impersonated } from '../auth/authentication/impersonation-modes.ts';
import type { Limiter } from '../flowcontrol/limiter.ts';
import type { HttpRequest, HttpResponse } from '../handler.ts';
import type { ServerMetrics } from '../operations/metrics.ts';
import { observing, type RequestObserver } from '../operations/observer.ts';
import type { OperationsOptions } from '../operations/options.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';
import type { WatchServer } from '../watch/watch-server.ts';
import { type ApiRequest, headerOf, type RoutedRequest } from './api-request.ts';
import { attemptedText, auditResponse, auditSubject, auditUpgrade } from './audited.ts';
import { bodyLimit } from './body.ts';
import type { ApiChain } from './chain.ts';
import { requestDeadline } from './deadline.ts';
import { drain, refusedWhileEnding } from './drain.ts';
import { isFault, toStatus } from './errors.ts';
import { parseRequest } from './path.ts';
import { bodyReader } from './read-body.ts';
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

const DRAIN_MS = 10_000;
const CUT_MS = 500;
const NOBODY: readonly RequestObserver[] = [];
/** Longest that one request, other than a watch or a connection, may take, unless the options say otherwise. */
const REQUEST_MS = 60_000;

/** Between the sockets and the chain: authentication, limits, metrics, answers; and the way in for our own process. */
export class Frontend {
  readonly #parts: FrontendParts;
  #extra: readonly ExtraRoute[] = [];
  closing = false;
  /** New requests are turned away, the port is still open. */
  #refusing: 'retry' | 'unavailable' | undefined;

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

  /** Who calls, before impersonation. */
  async #caller(call: Call): Promise<UserInfo> {
    const { plugins } = this.#parts;
    try {
      const answer = plugins.authenticate(call.authentication);
      return answer instanceof Promise ? await answer : answer;
    } catch (error) {
      const { attributes } = parseRequest(call.method, call.path, call.query);
      const subject = plugins.auditor === undefined ? undefined : auditSubject(call, undefined, attributes);
      if (subject !== undefined)
        plugins.auditor?.refused(subject, attemptedText(call), toStatus(error).code ?? 401);
      throw error;
    }
  }

  /** Who the caller acts as. */
  #acting(
    call: Call,
    caller: UserInfo,
    attributes: RequestAttributes,
    audit?: AuditTrail,
  ): UserInfo | Promise<UserInfo> {
    const known = (other: Impersonated | undefined): UserInfo => {
      if (other === undefined) return caller;
      audit?.impersonated(other);
      return other.user;
    };
    const answer = this.#parts.plugins.impersonate?.(call.authentication, caller, attributes);
    return answer instanceof Promise ? answer.then(known) : known(answer);
  }

  /** The trail of a request of our own process, which has no address. */
  #ownTrail(request: ApiRequest, attributes: RequestAttributes): AuditTrail | undefined {
    const { method, path, query, headers, user } = request;
    const { auditor } = this.#parts.plugins;
    if (auditor === undefined) return undefined;
    const search = query.toString();
    const call = {
      auditId: newAuditId(),
      method,
      path,
      query,
      url: search === '' ? path : `${path}?${search}`,
    };
    const authentication = { headers, path };
    return auditor.begin(
      auditSubject({ ...call, remoteAddress: undefined, authentication }, user, attributes),
    );
  }

  /** Routes, limits and measures. Never rejects. */
  async #run(request: ApiRequest): Promise<ApiResponse> {
    let trail: AuditTrail | undefined;
    try {
      const parsed = parseRequest(request.method, request.path, request.query);
      trail = this.#ownTrail(request, parsed.attributes);
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
    const refused = this.#refusing === undefined ? undefined : refusedWhileEnding(call, this.#refusing);
    if (refused !== undefined) return send(response, refused, call.method, call.auditId);
    const seen = observing(this.#parts.options.observers ?? NOBODY, call);
    if (seen !== undefined) response.on('close', () => seen.end(response.statusCode));
    let trail: AuditTrail | undefined;
    try {
      const caller = await this.#caller(call);
      const extra = this.#extra.find(({ prefix }) => call.path.startsWith(prefix));
      if (extra !== undefined) {
        const { attributes } = parseRequest(call.method, call.path, call.query);
        const user = await this.#acting(call, caller, attributes);
        return await extra.handle(request, response, user, (own) => this.dispatch(user, own));
      }
      const parsed = parseRequest(call.method, call.path, call.query);
      trail = this.#trail(call, caller, parsed.attributes);
      await trail?.pending;
      const acting = this.#acting(call, caller, parsed.attributes, trail);
      const user = acting instanceof Promise ? await acting : acting;
      seen?.known(user, parsed.attributes);
      const api = audited({ ...this.#apiRequest(request, call, user), ...parsed }, trail);
      const asking = this.#parts.chain.prepare(api);
      if (asking !== undefined) await asking;
      const connection = this.#parts.chain.connection(api);
      if (connection?.handler.request !== undefined) {
        await connection.admit();
        if (trail !== undefined) auditResponse(trail, response);
        response.on('close', this.#parts.metrics.longRunning(api));
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

  #trail(call: Call, caller: UserInfo, attributes: RequestAttributes): AuditTrail | undefined {
    const { auditor } = this.#parts.plugins;
    if (auditor === undefined) return undefined;
    const trail = auditor.begin(auditSubject(call, caller, attributes));
    const { annotations } = call.authentication;
    if (annotations !== undefined)
      for (const [key, value] of Object.entries(annotations)) trail?.annotate(key, value);
    return trail;
  }

  #fail(response: HttpResponse, call: Call, error: unknown, trail?: AuditTrail): void {
    const answer = statusResponse(toStatus(error), {
      headers: call.authentication.headers,
      query: call.query,
    });
    if (isFault(error)) {
      this.#parts.log.error({ err: error, auditId: call.auditId, path: call.path }, 'a request failed');
      trail?.panicked(error);
    } else trail?.answered(answer);
    if (response.headersSent) response.destroy();
    else send(response, answer, call.method, call.auditId);
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
    let trail: AuditTrail | undefined;
    const refuse = (answer: ApiResponse): void => {
      trail?.answered(answer);
      this.#refuse(socket, answer, call.auditId);
    };
    const ending = this.#refusing === undefined ? undefined : refusedWhileEnding(call, this.#refusing);
    if (ending !== undefined) return refuse(ending);
    try {
      const caller = await this.#caller(call);
      const parsed = parseRequest(call.method, call.path, call.query);
      trail = this.#trail(call, caller, parsed.attributes);
      await trail?.pending;
      const acting = this.#acting(call, caller, parsed.attributes, trail);
      const user = acting instanceof Promise ? await acting : acting;
      const api = audited({ ...this.#apiRequest(request, call, user), ...parsed }, trail);
      const asking = this.#parts.chain.prepare(api);
      if (asking !== undefined) await asking;
      const connection = this.#parts.chain.connection(api);
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
      refuse(statusResponse(toStatus(error)));
    }
  }

  /** An upgrade that does not happen is answered as plain HTTP on the raw socket. */
  #refuse(socket: Duplex, answer: ApiResponse, auditId: string): void {
    if (answer.sent !== undefined) finished(socket, answer.sent);
    if (socket.destroyed) return;
    const whole =
      answer.stream === undefined ? answer : statusResponse(badRequest('not a WebSocket upgrade').status);
    const body = wholeBody(whole);
    const headers = { ...whole.headers, 'audit-id': auditId, 'content-length': String(body.length) };
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().map((text) => `${name}: ${text}\r\n`),
    );
    const reason = STATUS_CODES[whole.status] ?? 'Error';
    socket.write(`HTTP/1.1 ${whole.status} ${reason}\r\n${lines.join('')}connection: close\r\n\r\n`);
    socket.end(body);
  }
}

/** Lets the trail follow the request, and keep its body where the policy wants it. */
const audited = (request: RoutedRequest, audit: AuditTrail | undefined): RoutedRequest =>
  audit === undefined
    ? request
    : { ...request, audit, body: audit.keeping(request.body, headerOf(request, 'content-type')) };

/** Adds what authentication has to tell the client. */
function warned(answer: ApiResponse, warnings: readonly string[] | undefined): ApiResponse {
  if (warnings === undefined) return answer;
  const { warning = [] } = answer.headers;
  const texts = [warning, warnings.map((text) => `299 - ${JSON.stringify(text)}`)].flat();
  return { ...answer, headers: { ...answer.headers, warning: texts } };
}
