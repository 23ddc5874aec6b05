import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const BODY_LIMIT_BYTES = 4 << 20;

function send(make: typeof httpRequest, options: RequestOptions & { ca?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = make({ ...options, timeout: 5_000, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > BODY_LIMIT_BYTES) request.destroy(new Error('answer too large'));
        else chunks.push(chunk);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 5 s')));
    request.on('error', reject);
    request.end();
  });
}

export const askSocket = (socketPath: string, path: string, method = 'GET'): Promise<Answer> =>
  send(httpRequest, { socketPath, path, method });

export const askHttp = (host: string, port: number, path: string): Promise<Answer> =>
  send(httpRequest, { host, port, path });

export const askHttps = (host: string, port: number, path: string, ca: string): Promise<Answer> =>
  send(httpsRequest as typeof httpRequest, { host, port, path, ca });

export const socketIsHealthy = async (socketPath: string): Promise<boolean> =>
  (await askSocket(socketPath, '/healthz')).status === 200;
