import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { register } from 'prom-client';

/** Resolves when healthy; rejects with what is wrong. */
export type HealthCheck = () => void | Promise<void>;

const CHECK_TIMEOUT_MS = 5_000;

async function run(name: string, check: HealthCheck): Promise<string> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error('timed out')), CHECK_TIMEOUT_MS);
  try {
    await Promise.race([Promise.resolve().then(check), limit.promise]);
    return `[+]${name} ok`;
  } catch (error) {
    return `[-]${name} failed: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Serves `GET /healthz` (200 `ok`, else 500 with one line a check), `/healthz/NAME` for one check, and `GET /metrics` (Prometheus text of the default
 * registry) on a Unix socket. A socket file left by a process that died is replaced. Ends with the signal.
 */
export async function serveHealth(
  socketPath: string,
  checks: Readonly<Record<string, HealthCheck>>,
  signal: AbortSignal,
): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const answer = (code: number, type: string, text: string) => {
      response.writeHead(code, { 'content-type': type });
      response.end(text);
    };
    if (path === '/metrics') {
      register.metrics().then(
        (text) => answer(200, register.contentType, text),
        (error: unknown) => answer(500, 'text/plain', String(error)),
      );
    } else if (path === '/healthz' || path === '/livez' || path === '/readyz') {
      void Promise.all(Object.entries(checks).map(([name, check]) => run(name, check))).then((lines) => {
        const failed = lines.some((line) => line.startsWith('[-]'));
        if (failed) answer(500, 'text/plain', `${lines.join('\n')}\n${path.slice(1)} check failed\n`);
        else answer(200, 'text/plain', 'ok');
      });
    } else if (path?.startsWith('/healthz/') === true) {
      const name = path.slice('/healthz/'.length);
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      if (check === undefined) return answer(404, 'text/plain', '404 page not found\n');
      void run(name, check).then((line) =>
        line.startsWith('[-]') ? answer(500, 'text/plain', `${line}\n`) : answer(200, 'text/plain', 'ok'),
      );
    } else answer(404, 'text/plain', '404 page not found\n');
  });
  await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  signal.addEventListener(
    'abort',
    () => {
      server.close();
      server.closeAllConnections();
    },
    { once: true },
  );
  return server;
}
