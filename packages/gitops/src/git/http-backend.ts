import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { GIT_ENVIRONMENT, gitSettings } from './command.ts';
import { HOOKS_FOLDER } from './hosted.ts';

export interface BackendRequest {
  readonly root: string;
  /** `/NAME.git/info/refs` */
  readonly pathInfo: string;
  readonly query: string;
  readonly user: string;
  /** Of what one push may bring. */
  readonly pushLimitBytes: number;
  /** Given the other end of the hooks' descriptor 3. */
  readonly onHooks: (channel: Duplex) => void;
}

const HEADER_LIMIT_BYTES = 16 << 10;

/** Settings of every repository that we serve; given by environment, so that nothing in a repository can change them. */
const settings = (pushLimitBytes: number): readonly (readonly [string, string])[] => [
  ['core.hooksPath', HOOKS_FOLDER],
  // What was acknowledged survives a power cut: one pack a push and its refs, both synced.
  ['core.fsync', 'committed,reference'],
  ['receive.unpackLimit', '1'],
  ['http.receivepack', 'true'],
  ['receive.fsckObjects', 'true'],
  ['receive.maxInputSize', String(pushLimitBytes)],
  ['receive.denyDeleteCurrent', 'refuse'],
  ['safe.directory', '*'],
  ['gc.auto', '512'],
  // A commit that a force-push took off its branch can still be rolled back to.
  ['gc.pruneExpire', 'never'],
  ['gc.cruftPacks', 'true'],
  // Large files pass through in pieces.
  ['core.bigFileThreshold', '4m'],
  ['pack.windowMemory', '64m'],
];

function environment(request: IncomingMessage, backend: BackendRequest): Record<string, string> {
  const header = (name: string): string => String(request.headers[name] ?? '');
  return {
    ...GIT_ENVIRONMENT,
    ...gitSettings(settings(backend.pushLimitBytes)),
    GIT_PROJECT_ROOT: backend.root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: header('git-protocol'),
    PATH_INFO: backend.pathInfo,
    QUERY_STRING: backend.query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    ...(header('content-length') === '' ? {} : { CONTENT_LENGTH: header('content-length') }),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    REMOTE_USER: backend.user,
    REMOTE_ADDR: '127.0.0.1',
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_PROTOCOL: 'HTTP/1.1',
  };
}

/** Runs `git http-backend` (CGI, RFC 3875) for one request. Resolves when the answer is complete. */
export function serveHttpBackend(
  request: IncomingMessage,
  response: ServerResponse,
  backend: BackendRequest,
): Promise<void> {
  return new Promise((resolve) => {
    // Descriptor 3 is a socket pair that the hooks inherit.
    const child = spawn('git', ['http-backend'], {
      env: environment(request, backend),
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    const channel = child.stdio[3] as Duplex;
    backend.onHooks(channel);
    let pending: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => {
      if (pending === undefined) {
        if (!response.write(chunk)) child.stdout.pause();
        return;
      }
      pending = Buffer.concat([pending, chunk]);
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) {
        if (pending.length > HEADER_LIMIT_BYTES) child.kill();
        return;
      }
      writeHead(response, pending.toString('latin1', 0, end));
      response.write(pending.subarray(end + 4));
      pending = undefined;
    });
    response.on('drain', () => child.stdout.resume());
    response.once('close', () => {
      child.stdout.resume();
      if (response.writableFinished) return;
      // A hook that waits for our word would keep git alive.
      channel.destroy();
      child.kill();
    });
    // What the hooks have to say travels inside the protocol; this is for the log only.
    child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    child.stdin.on('error', () => undefined);
    const finish = (): void => {
      channel.destroy();
      if (pending !== undefined && !response.headersSent)
        response.writeHead(500, { 'content-type': 'text/plain' });
      response.end();
      resolve();
    };
    child.once('error', finish);
    // Not 'close': a garbage collection that git leaves behind keeps descriptor 3.
    let open = 2;
    const ended = (): void => {
      open -= 1;
      if (open === 0) finish();
    };
    child.stdout.once('close', ended);
    child.once('exit', ended);
    request.pipe(child.stdin);
  });
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    if (name === 'status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.statusCode = status;
  response.flushHeaders();
}
