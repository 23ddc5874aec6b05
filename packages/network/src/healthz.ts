import { createServer, type Server } from 'node:http';

/** Rules older than this while changes wait mean that the proxy does not work. */
const STALE_MS = 60_000;

export interface ProxyHealth {
  readonly appliedAt: number;
  readonly waitingSince: number;
}

/** `GET /healthz` as the original proxy answers it: 503 while nothing was applied or changes wait for over a minute. */
export function serveHealthz(
  listen: { readonly address: string; readonly port: number },
  health: () => ProxyHealth,
): Promise<Server> {
  const server = createServer((request, response) => {
    const now = Date.now();
    const { appliedAt, waitingSince } = health();
    const known = request.url === '/healthz' || request.url === '/livez';
    const ok = appliedAt > 0 && (waitingSince === 0 || now - waitingSince < STALE_MS);
    response.writeHead(known ? (ok ? 200 : 503) : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        lastUpdated: new Date(appliedAt).toISOString(),
        currentTime: new Date(now).toISOString(),
        nodeEligible: true,
      }),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.address, () => resolve(server));
  });
}
