import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';

export interface StatusServerOptions {
  readonly socket: string;
  readonly status: () => Promise<object>;
  /** Called once; the answer has been sent. */
  readonly shutdown: (keepRuntime: boolean) => void;
}

/** The supervisor's own socket: `gantry status` and `gantry down` speak to it. Only the data folder's owner can. */
export async function serveStatus(options: StatusServerOptions): Promise<Server> {
  rmSync(options.socket, { force: true });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://gantry');
    if (request.method === 'GET' && url.pathname === '/status') {
      options.status().then(
        (status) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(status));
        },
        (error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
    } else if (request.method === 'POST' && url.pathname === '/shutdown') {
      response.statusCode = 202;
      response.end();
      response.once('close', () => options.shutdown(url.searchParams.get('keepRuntime') === 'true'));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.socket, () => resolve());
  });
  return server;
}
