import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { createInterface } from 'node:readline';
import { KubeConfig } from '@kubernetes/client-node';

/** An answer's body as clients see it; only what tests read is named. */
export interface Body {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly details?: { readonly causes?: readonly { reason?: string; field?: string; message?: string }[] };
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
    readonly generation?: number;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly items?: readonly Body[];
  readonly columnDefinitions?: readonly { readonly name: string }[];
  readonly rows?: readonly { readonly cells: readonly unknown[]; readonly object: Body }[];
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>> | string;
}

interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly headers: IncomingMessage['headers'];
}

interface WatchEvent {
  readonly type: string;
  readonly object: Body;
}

export interface Api {
  call(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** The first `count` events of a watch; fewer when the server ends it. */
  watch(path: string, count: number): Promise<WatchEvent[]>;
}

/** Plain HTTPS with the credentials of a kubeconfig, or with `authorization` in place of them. */
export async function connectApi(kubeconfig: string, authorization?: string): Promise<Api> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const server = new URL(config.getCurrentCluster()?.server ?? '');
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key } = options;
  const credentials = authorization === undefined ? { cert, key } : { headers: { authorization } };
  const open = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const make = server.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = make(new URL(path, server), {
        method,
        ca,
        ...credentials,
        headers: { ...credentials.headers, ...headers },
      });
      request.once('response', resolve).once('error', reject);
      request.end(body);
    });
  return {
    async call(method, path, { body, headers = {} } = {}) {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const type = text === undefined ? {} : { 'content-type': 'application/json' };
      const response = await open(method, path, { ...type, ...headers }, text);
      let received = '';
      for await (const chunk of response.setEncoding('utf8')) received += chunk;
      const json = response.headers['content-type']?.includes('json') === true;
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: json ? (JSON.parse(received) as Body) : { message: received },
      };
    },
    async watch(path, count) {
      const response = await open('GET', path, {});
      const events: WatchEvent[] = [];
      for await (const line of createInterface({ input: response })) {
        events.push(JSON.parse(line) as WatchEvent);
        if (events.length === count) break;
      }
      response.destroy();
      return events;
    },
  };
}
