import { type ClientHttp2Session, connect } from 'node:http2';
import { parentPort, workerData } from 'node:worker_threads';
import { Connection, type Target } from './connection.ts';

/** One user's flood: as many requests as the server takes, with no regard for what it answers. */
export interface Flood {
  readonly target: Target;
  readonly connections: number;
  readonly method: string;
  readonly path: string;
  /** `#` becomes a number of its own each time. */
  readonly body?: string;
  /** HTTP/2: streams at once on each connection; else HTTP/1.1. */
  readonly streams?: number;
}

const flood = workerData as Flood;
let answered = 0;
let turnedAway = 0;
let sent = 0;
let ended = false;

const note = (status: number): void => {
  if (status === 429) turnedAway += 1;
  else answered += 1;
};

async function lane(): Promise<void> {
  const connection = new Connection(flood.target);
  while (!ended) {
    sent += 1;
    const body = flood.body?.replace('#', String(sent));
    note((await connection.request(flood.method, flood.path, body)).status);
  }
  connection.close();
}

function stream(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve) => {
    const request = session.request({
      ':path': flood.path,
      ':method': flood.method,
      authorization: `Bearer ${flood.target.token}`,
    });
    request.on('response', (headers) => note(Number(headers[':status'])));
    request.on('error', () => resolve());
    request.on('close', () => resolve());
    request.resume();
    request.end();
  });
}

async function session(streams: number): Promise<void> {
  const { host, port, ca } = flood.target;
  const open = connect(`https://${host}:${port}`, { ca, servername: 'localhost' });
  open.on('error', () => undefined);
  const one = async (): Promise<void> => {
    while (!ended && !open.destroyed) await stream(open);
  };
  await Promise.all(Array.from({ length: streams }, one));
  open.destroy();
}

parentPort?.once('message', () => {
  ended = true;
  setTimeout(() => {
    parentPort?.postMessage({ answered, turnedAway });
    process.exit(0);
  }, 100);
});
const { streams } = flood;
for (let index = 0; index < flood.connections; index += 1)
  void (streams === undefined ? lane() : session(streams)).catch(() => undefined);
