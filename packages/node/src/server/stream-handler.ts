import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isRunning, latest, readySandbox } from '../kubelet/runtime-state.ts';
import { PORT_FORWARD_TUNNEL, PROTOCOLS } from '../streaming/channels.ts';
import { bridgePortForward } from '../streaming/port-forward.ts';
import { bridgeRemoteCommand, type RemoteStreams } from '../streaming/remote-command.ts';
import { upgrade } from '../streaming/upgrade.ts';
import { refuse } from './refuse.ts';
import { flag, routeOf } from './routes.ts';
import type { NodeServerOptions } from './server.ts';

const MESSAGE_BYTES_MAX = 32 << 20;

/** Exec, attach and port-forward: SPDY goes through to the runtime as it is, WebSockets are translated. */
export async function serveStream(
  options: NodeServerOptions,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://node');
  const session = await openSession(options, url).catch((error: unknown) => ({
    code: 500,
    text: error instanceof Error ? error.message : String(error),
  }));
  if ('code' in session) {
    refuse(socket, session.code, session.text);
    return;
  }
  const { target, streams } = session;
  if ((request.headers.upgrade ?? '').toLowerCase() !== 'websocket') {
    await passThrough(target, request, socket, head);
  } else if (streams !== undefined) await serveRemoteCommand(target, streams, request, socket, head);
  else if (offeredProtocols(request).includes(PORT_FORWARD_TUNNEL)) {
    await serveTunnel(target, request, socket, head);
  }
  // Two channels a port: the runtime speaks that itself.
  else await passThrough(target, request, socket, head);
}

interface Session {
  /** URL of the runtime's streaming server. */
  readonly target: string;
  /** Absent = port-forward. */
  readonly streams?: RemoteStreams;
}

async function openSession(
  options: NodeServerOptions,
  url: URL,
): Promise<Session | { readonly code: number; readonly text: string }> {
  const route = routeOf(url.pathname);
  if (route === undefined || !('pod' in route) || route.type === 'logs')
    return { code: 404, text: '404 page not found' };
  const found = options.source.find(route.namespace, route.pod);
  if (found === undefined) return { code: 404, text: `pod does not exist` };
  const query = url.searchParams;
  if (route.type === 'portForward') {
    const sandbox = readySandbox(found.runtime);
    if (sandbox === undefined) return { code: 400, text: `sandbox of pod "${route.pod}" is not running` };
    const ports = query
      .getAll('port')
      .flatMap((list) => list.split(','))
      .map(Number);
    return { target: await options.cri.portForward(sandbox.id, ports.filter(Number.isInteger)) };
  }
  const container = latest(found.runtime, route.container);
  if (container === undefined || !isRunning(container)) {
    return { code: 404, text: `container not found ("${route.container}")` };
  }
  const streams: RemoteStreams = {
    stdin: flag(query, 'input', 'stdin'),
    stdout: flag(query, 'output', 'stdout'),
    stderr: flag(query, 'error', 'stderr') && !flag(query, 'tty'),
    tty: flag(query, 'tty'),
  };
  if (!streams.stdin && !streams.stdout && !streams.stderr) {
    return { code: 400, text: 'you must specify at least 1 of stdin, stdout, stderr' };
  }
  const target =
    route.type === 'exec'
      ? await options.cri.exec(container.id, { command: query.getAll('command'), ...streams })
      : await options.cri.attach(container.id, streams);
  return { target, streams };
}

const offeredProtocols = (request: IncomingMessage): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());

const SOCKETS = { noServer: true, maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false };

async function serveRemoteCommand(
  target: string,
  streams: RemoteStreams,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const allowed: readonly string[] = PROTOCOLS;
  const offered = offeredProtocols(request);
  if (offered[0] !== '' && !offered.some((name) => allowed.includes(name))) {
    refuse(socket, 400, `no supported subprotocol: the server speaks ${allowed.join(', ')}`);
    return;
  }
  const server = new WebSocketServer({
    ...SOCKETS,
    // Without a subprotocol the oldest is meant.
    handleProtocols: (names) => allowed.find((protocol) => names.has(protocol)) ?? false,
  });
  await bridge(server, request, socket, head, (to) => bridgeRemoteCommand(to, target, streams));
}

async function serveTunnel(
  target: string,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const server = new WebSocketServer(SOCKETS);
  // The tunnel's name has a slash, which a token must not have: it is agreed upon without the library, which refuses it.
  delete request.headers['sec-websocket-protocol'];
  server.on('headers', (lines) => lines.push(`Sec-WebSocket-Protocol: ${PORT_FORWARD_TUNNEL}`));
  await bridge(server, request, socket, head, (to) => bridgePortForward(to, target));
}

async function bridge(
  server: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  carry: (webSocket: WebSocket) => Promise<void>,
): Promise<void> {
  const webSocket = await new Promise<WebSocket>((resolve) => {
    server.handleUpgrade(request, socket, head, resolve);
  });
  webSocket.on('error', () => webSocket.terminate());
  try {
    await carry(webSocket);
  } catch (error) {
    webSocket.close(1011, (error instanceof Error ? error.message : String(error)).slice(0, 120));
  }
}

const PASSED_HEADERS = [
  'upgrade',
  'x-stream-protocol-version',
  'user-agent',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
];

async function passThrough(
  target: string,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const headers: Record<string, string[]> = {};
  for (const [index, name] of request.rawHeaders.entries()) {
    const key = name.toLowerCase();
    if (index % 2 !== 0 || !PASSED_HEADERS.includes(key)) continue;
    // Each value stays a header of its own: older servers do not split a list.
    headers[key] = [...(headers[key] ?? []), request.rawHeaders[index + 1] ?? ''];
  }
  const upstream = await upgrade(target, request.method ?? 'POST', headers);
  const answer = Object.entries(upstream.headers)
    .flatMap(([name, value]) => [value ?? []].flat().map((item) => `${name}: ${item}\r\n`))
    .join('');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${answer}\r\n`);
  if (upstream.head.length > 0) socket.write(upstream.head);
  if (head.length > 0) upstream.socket.write(head);
  const end = (): void => {
    socket.destroy();
    upstream.socket.destroy();
  };
  socket.on('error', end).on('close', end);
  upstream.socket.on('error', end).on('close', end);
  upstream.socket.pipe(socket);
  socket.pipe(upstream.socket);
}
