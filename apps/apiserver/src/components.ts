import { existsSync } from 'node:fs';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import type { ComponentCheck, ComponentHealth } from '@gantry/server/operations/component-status';
import { describeFailure } from '@gantry/server/outbound/call-error';
import type { Store } from '@gantry/store/port';

const TIMEOUT_MS = 20_000;
const BODY_BYTES = 10 * 1024;
/** Where the original's controller manager and scheduler listen. */
const CONTROLLER_MANAGER_PORT = 10_257;
const SCHEDULER_PORT = 10_259;

/** Asks like a probe of the original; what can not be reached is not healthy, and says so. */
function ask(
  make: typeof httpRequest,
  options: RequestOptions & { readonly rejectUnauthorized?: boolean },
  shown: string,
): Promise<ComponentHealth> {
  return new Promise((resolve) => {
    const failed = (error: Error): void =>
      resolve({ healthy: false, message: `Get ${JSON.stringify(shown)}: ${describeFailure(error)}` });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const request = make({ ...options, signal, agent: false }, (response) => {
      const { statusCode = 0 } = response;
      let body = '';
      response.on('data', (chunk: Buffer) => {
        if (body.length < BODY_BYTES) body += chunk.toString();
      });
      response.on('error', failed);
      response.on('end', () =>
        resolve(
          statusCode >= 200 && statusCode < 400
            ? { healthy: true, message: body.slice(0, BODY_BYTES) }
            : { healthy: false, message: `HTTP probe failed with statuscode: ${statusCode}` },
        ),
      );
    });
    request.on('error', failed);
    request.end();
  });
}

const askSocket = (socketPath: string, path: string): Promise<ComponentHealth> =>
  ask(httpRequest, { socketPath, path }, `unix:${socketPath}${path}`);

function askPort(port: number): Promise<ComponentHealth> {
  const path = '/healthz';
  // As the original does: whose certificate it is matters little, since nothing is told to it.
  const options = { host: '127.0.0.1', port, path, rejectUnauthorized: false };
  return ask(httpsRequest as typeof httpRequest, options, `https://127.0.0.1:${port}${path}`);
}

/**
 * What ComponentStatus tells of: controller manager and scheduler by their sockets in the data folder, where they are,
 * else at the ports of the original's; and the database, under the name that clients know.
 */
export function componentChecks(
  data: string | undefined,
  store: Pick<Store, 'currentRevision'>,
): Readonly<Record<string, ComponentCheck>> {
  const socketOf = (name: string): string | undefined => {
    const socket = data === undefined ? undefined : join(data, 'run', `${name}.sock`);
    return socket !== undefined && existsSync(socket) ? socket : undefined;
  };
  return {
    'controller-manager': () => {
      const socket = socketOf('controller-manager');
      return socket === undefined ? askPort(CONTROLLER_MANAGER_PORT) : askSocket(socket, '/healthz');
    },
    scheduler: async () => {
      const own = socketOf('scheduler');
      if (own !== undefined) return askSocket(own, '/healthz');
      // The controller manager may have the scheduler in it.
      const manager = socketOf('controller-manager');
      const inside = manager === undefined ? undefined : await askSocket(manager, '/healthz/scheduler');
      return inside?.healthy === true ? inside : askPort(SCHEDULER_PORT);
    },
    'etcd-0': async () => {
      try {
        await store.currentRevision();
        return { healthy: true, message: 'ok' };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { healthy: false, message: `error getting data from the store: ${reason}` };
      }
    },
  };
}
