import type { IncomingMessage } from 'node:http';
import {
  type FieldError,
  forbidden,
  invalid as invalidField,
  notSupported,
} from '@gantry/machinery/field-error';
import { badRequest, failure, internal, invalid, type StatusError } from '@gantry/machinery/status';
import type { ConnectHandler, HandlerContext } from '../handler.ts';
import { describeFailure } from '../outbound/call-error.ts';
import { type Client, passBody, sendRequest } from './http-proxy.ts';
import { checkLogSocket, sendLog } from './log-socket.ts';
import { type NodeTransport, nodeAddress } from './node-connection.ts';
import { chooseContainer, findPod } from './pod-target.ts';
import { sendEmpty, sendHead } from './response.ts';

const MAX_ERROR_BYTES = 50_000;
const STREAMS = ['All', 'Stdout', 'Stderr'];

function booleanOf(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  // As the original reads query parameters: present without a value is true.
  return text !== null && !['false', '0', 'f', 'F', 'FALSE', 'False'].includes(text);
}

function integerOf(query: URLSearchParams, name: string): bigint | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^[+-]?\d{1,19}$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return BigInt(text);
}

/** Checks the parameters of a log request and gives those for the node. Throws Invalid. */
export function logParameters(query: URLSearchParams, podName: string): URLSearchParams {
  const errors: FieldError[] = [];
  const result = new URLSearchParams();
  for (const name of ['follow', 'previous', 'timestamps'])
    if (booleanOf(query, name)) result.set(name, 'true');
  const number = (name: string, least: bigint, rule: string): boolean => {
    const value = integerOf(query, name);
    if (value === undefined) return false;
    if (value < least) errors.push(invalidField(name, Number(value), rule));
    result.set(name, String(value));
    return true;
  };
  number('tailLines', 0n, 'must be greater than or equal to 0');
  number('limitBytes', 1n, 'must be greater than 0');
  const seconds = number('sinceSeconds', 1n, 'must be greater than 0');
  const since = query.get('sinceTime') ?? '';
  if (since !== '') {
    if (Number.isNaN(Date.parse(since)))
      throw badRequest(`parsing time ${JSON.stringify(since)}: give RFC 3339`);
    if (seconds) errors.push(forbidden('', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
    result.set('sinceTime', since);
  }
  const stream = query.get('stream') ?? 'All';
  if (!STREAMS.includes(stream)) errors.push(notSupported('stream', stream, STREAMS));
  if (stream !== 'All') {
    if (query.has('tailLines')) {
      errors.push(forbidden('', '`tailLines` and specific `stream` are mutually exclusive for now'));
    }
    result.set('stream', stream);
  }
  if (errors.length > 0) throw invalid('', 'PodLogOptions', podName, errors);
  return result;
}

/** What the node answered instead of a log, as the Status that clients know. */
async function refusal(answer: IncomingMessage, name: string): Promise<StatusError> {
  let text = '';
  for await (const chunk of answer) {
    text += String(chunk);
    if (text.length > MAX_ERROR_BYTES) break;
  }
  const code = answer.statusCode ?? 500;
  if (code === 400) return badRequest(text);
  if (code !== 404) return internal(text);
  return failure(404, 'NotFound', `the server could not find the requested resource ( pods/log ${name})`, {
    name,
    kind: 'pods/log',
    causes: [{ reason: 'UnexpectedServerResponse', message: text }],
  });
}

/** The node's answer for a log; undefined for a pod that no node has yet. Throws StatusError. */
async function openLog(
  transport: NodeTransport,
  { attributes, query, state }: HandlerContext,
  client: Client,
): Promise<IncomingMessage | undefined> {
  const { namespace, name } = attributes;
  const parameters = logParameters(query, name);
  const pod = findPod(state, namespace, name);
  const container = chooseContainer(pod, query.get('container') ?? '');
  if (!pod.spec.nodeName) return undefined;
  const { host, port } = nodeAddress(state, pod.spec.nodeName);
  const search = parameters.size === 0 ? '' : `?${parameters}`;
  const path = `/containerLogs/${namespace}/${name}/${container}${search}`;
  const target = { protocol: 'https:', host, port, path, options: transport.pooled } as const;
  const answer = await sendRequest(target, { method: 'GET', headers: {} }, undefined, client).catch(
    (error: Error) => {
      throw failure(500, '', `Get "https://${host}:${port}${path}": ${describeFailure(error)}`);
    },
  );
  if (answer.statusCode !== 200) throw await refusal(answer, name).finally(() => answer.destroy());
  return answer;
}

/** `GET …/pods/NAME/log`, plain or as messages of a WebSocket. */
export const podLog = (transport: NodeTransport): ConnectHandler => ({
  group: '',
  resource: 'pods',
  subresource: 'log',
  async request(_request, response, context) {
    const log = await openLog(transport, context, response);
    if (log === undefined) {
      sendEmpty(response, 204, {});
      return;
    }
    sendHead(response, 200, { 'content-type': 'text/plain' });
    await passBody(log, response);
  },
  async upgrade(request, socket, head, context) {
    checkLogSocket(request);
    const log = await openLog(transport, context, socket);
    if (log === undefined) socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n');
    else sendLog(request, socket, head, log);
  },
});
