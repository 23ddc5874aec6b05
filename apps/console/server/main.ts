import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { createFront } from './front.ts';
import { readOptions } from './options.ts';

const dir = fileURLToPath(new URL('..', import.meta.url));
const DRAIN_MS = 3_000;

const log = (fields: object, msg: string): void => {
  process.stderr.write(`${JSON.stringify({ level: 'info', time: Date.now(), ...fields, msg })}\n`);
};

async function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server.address() as AddressInfo;
}

function endOnSignal(server: Server): void {
  const end = (): void => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // Watches and shells have no end of their own.
    setTimeout(() => {
      server.closeAllConnections();
      process.exit(0);
    }, DRAIN_MS).unref();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!existsSync(`${dir}/.next/BUILD_ID`))
    throw new Error('the console is not built: run npm run build -w @gantry/console');
  const app = next({ dev: false, dir, quiet: true });
  await app.prepare();
  const pages = app.getRequestHandler();
  const server = createFront(options, (request, response) => pages(request, response));
  const { address, port } = await listen(server, options.port, options.bind);
  endOnSignal(server);
  log({ address, port, api: options.apiUrl.href }, 'the console is ready');
}

main().catch((error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'EADDRINUSE' ? `the port is in use: choose another with --port (${message})` : message;
  process.stderr.write(`console: ${reason}\n`);
  process.exit(1);
});
