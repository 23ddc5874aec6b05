import { connect, type TLSSocket } from 'node:tls';
import type { Target } from './connection.ts';

export interface Watchers {
  /** Events that came to all watchers together. */
  events(): number;
  close(): void;
}

const NEWLINE = 10;

/** Opens watches that only count: a newline outside of a chunk's frame ends an event. */
export async function watchPods(target: Target, path: string, count: number): Promise<Watchers> {
  let events = 0;
  const sockets: TLSSocket[] = [];
  await Promise.all(
    Array.from({ length: count }, () => {
      const { host, port, ca, cert, key } = target;
      const socket = connect({
        host,
        port,
        ca,
        cert,
        key,
        ALPNProtocols: ['http/1.1'],
        servername: 'localhost',
      });
      sockets.push(socket);
      socket.write(
        `GET ${path}?watch=true&resourceVersion=0&resourceVersionMatch=NotOlderThan&sendInitialEvents=false&timeoutSeconds=600 HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\r\n`,
      );
      return new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.once('data', (chunk: Buffer) => {
          const head = chunk.toString('latin1', 0, chunk.indexOf('\r\n'));
          if (head.includes(' 200 ')) resolve();
          else reject(new Error(`watch: ${head}`));
        });
        socket.on('data', (chunk: Buffer) => {
          for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
            // An event ends in `}\n`; the frames of chunked encoding in `\r\n`.
            if (at > 0 && chunk[at - 1] === 0x7d) events += 1;
          }
        });
      });
    }),
  );
  const base = events;
  return {
    events: () => events - base,
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
