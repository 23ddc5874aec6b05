import { createHash } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { connect, createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { WebhookClientConfig } from '@gantry/api/apiextensions/v1/definition';
import { parseJson } from '@gantry/machinery/json';
import { LRUCache } from 'lru-cache';
import type { StateReader } from '../request.ts';
import { ConfigurationError, describeAnswer, describeFailure, OutboundError } from './call-error.ts';
import { DEFAULT_SERVICE_PORT, resolveService, type SocketAddress, serverNameOf } from './service-target.ts';

export interface WebhookClient {
  /**
   * POSTs a JSON text and gives the parsed answer. Throws OutboundError with the original's words, `Post "URL": cause`
   * or what the answer's status stands for.
   */
  post(config: WebhookClientConfig, body: string, timeoutMs: number): Promise<unknown>;
  close(): void;
}

/** Most that an answer may hold. */
const MAX_ANSWER_BYTES = 3 * 1024 * 1024;
/** Webhooks with connections at once; the original keeps as many clients. */
const MAX_TARGETS = 200;
const MAX_SOCKETS = 256;
const MAX_IDLE_SOCKETS = 8;
const MAX_DEPTH = 256;

interface Target {
  readonly url: URL;
  /** Host and port as errors show them and as the webhook is told. */
  readonly authority: string;
  readonly agent: Agent;
  /** Where to connect this time. */
  resolve(): SocketAddress;
}

/** One pool of connections a webhook. Certificates are checked against the bundle for the service's or URL's name. */
export function createWebhookClient(state: StateReader): WebhookClient {
  const targets = new LRUCache<string, Target>({
    max: MAX_TARGETS,
    dispose: ({ agent }) => agent.destroy(),
  });
  const targetOf = (config: WebhookClientConfig): Target => {
    const key = createHash('sha256').update(JSON.stringify(config)).digest('base64');
    let target = targets.get(key);
    if (target === undefined) {
      target = makeTarget(config, state);
      targets.set(key, target);
    }
    return target;
  };
  return {
    async post(config, body, timeoutMs) {
      const target = targetOf(config);
      const url = new URL(target.url);
      url.searchParams.set('timeout', `${Math.max(1, Math.ceil(timeoutMs / 1000))}s`);
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), timeoutMs);
      try {
        return await exchange(url, target, body, abort.signal);
      } catch (error) {
        if (error instanceof OutboundError) throw error;
        const cause = abort.signal.aborted ? 'context deadline exceeded' : describeFailure(error);
        const shown = `https://${target.authority}${url.pathname}${url.search}`;
        throw new OutboundError(`Post ${JSON.stringify(shown)}: ${cause}`);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => targets.clear(),
  };
}

let system: string[] | undefined;

/** The authorities that this machine trusts, and those that Node comes with. */
function systemAuthorities(): string[] {
  system ??= [...new Set([...getCACertificates('system'), ...getCACertificates('default')])];
  return system;
}

function makeTarget({ url, service, caBundle }: WebhookClientConfig, state: StateReader): Target {
  const ca =
    caBundle === undefined || caBundle === ''
      ? systemAuthorities()
      : Buffer.from(caBundle, 'base64').toString();
  if (service !== undefined) {
    const { port = DEFAULT_SERVICE_PORT, path = '' } = service;
    const serverName = serverNameOf(service);
    const location = new URL(`https://${serverName}:${port}`);
    // What the path holds is not to be read as a query.
    location.pathname = path;
    return {
      url: location,
      authority: `${serverName}:${port}`,
      agent: makeAgent(serverName, ca),
      resolve: () => resolveService(state, service),
    };
  }
  if (url === undefined || url === '')
    throw new ConfigurationError('webhook configuration must have either service or URL');
  if (!URL.canParse(url)) throw new ConfigurationError(`Unparsable URL: parse ${JSON.stringify(url)}`);
  const location = new URL(url);
  const host = location.hostname.replace(/^\[|\]$/g, '');
  const port = location.port === '' ? DEFAULT_SERVICE_PORT : Number(location.port);
  return {
    url: location,
    authority: location.host,
    agent: makeAgent(host, ca),
    resolve: () => ({ host, port }),
  };
}

function makeAgent(serverName: string, ca: string | string[]): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, maxFreeSockets: MAX_IDLE_SOCKETS });
  const secureContext = trusting(ca);
  // Not among the agent's options: those become part of the name of each pool.
  agent.createConnection = ({ host, port }) =>
    connect({
      host: host ?? '',
      port: Number(port),
      secureContext,
      ALPNProtocols: ['http/1.1'],
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
    });
  return agent;
}

const PEM = /-----BEGIN [^-]+-----/;

function trusting(ca: string | string[]): SecureContext {
  if (typeof ca === 'string' && !PEM.test(ca))
    throw new ConfigurationError('unable to load root certificates: unable to parse bytes as PEM block');
  try {
    return createSecureContext({ ca });
  } catch (error) {
    throw new ConfigurationError(`unable to load root certificates: ${(error as Error).message}`);
  }
}

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, */*',
  'user-agent': 'kube-apiserver-admission',
};

/** An idle connection that the other side has just closed says nothing of the webhook: once more, on a new one. */
async function exchange(url: URL, target: Target, body: string, signal: AbortSignal): Promise<unknown> {
  const options: RequestOptions = {
    agent: target.agent,
    signal,
    method: 'POST',
    path: url.pathname + url.search,
    headers: { ...HEADERS, host: target.authority, 'content-length': Buffer.byteLength(body) },
  };
  for (let attempt = 0; ; attempt++) {
    const outgoing = httpsRequest({ ...options, ...target.resolve() });
    try {
      return await readAnswer(await send(outgoing, body));
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === 0 && outgoing.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE')) continue;
      throw error;
    }
  }
}

const send = (outgoing: ClientRequest, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const NO_OBJECT =
  'json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

async function readAnswer(answer: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) {
      answer.destroy();
      throw new OutboundError(`the answer is larger than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  const code = answer.statusCode ?? 0;
  // Redirects are not followed: a webhook must not send the API server elsewhere.
  if (code < 200 || code > 299) throw new OutboundError(describeAnswer(code, text), code);
  if (text === '')
    throw new OutboundError(
      `0-length response with status code: ${code} and content type: ${answer.headers['content-type'] ?? ''}`,
    );
  try {
    return parseJson(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    // Text that is no JSON at all, such as a page, the original takes for YAML.
    const cause = /^\s*[{[]/.test(text) ? (error as Error).message : NO_OBJECT;
    throw new OutboundError(`couldn't get version/kind; json parse error: ${cause}`);
  }
}
