import { randomUUID } from 'node:crypto';
import type { KmsService } from '@gantry/store/encryption/kms-service';
import * as grpc from '@grpc/grpc-js';
import { kmsMessages } from './kms-messages.ts';

const SERVICE = '/v2.KeyManagementService';

/**
 * Speaks to a key management service behind a Unix socket, over gRPC. Nothing is sent before the first call; a lost
 * connection is made anew. Calls reject with the service's words, and after `timeoutMs`.
 */
export function connectKms(socketPath: string, timeoutMs: number): KmsService {
  const target = socketPath.startsWith('\0') ? `unix-abstract:${socketPath.slice(1)}` : `unix:${socketPath}`;
  const client = new grpc.Client(target, grpc.credentials.createInsecure(), {
    'grpc.default_authority': 'localhost',
  });
  const call = <Request, Response>(
    method: string,
    write: (request: Request) => Buffer,
    read: (bytes: Buffer) => Response,
    request: Request,
  ): Promise<Response> =>
    new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + timeoutMs, waitForReady: true };
      client.makeUnaryRequest(`${SERVICE}/${method}`, write, read, request, options, (error, response) => {
        if (error !== null) reject(error);
        else if (response === undefined) reject(new Error(`${method}: no answer`));
        else resolve(response);
      });
    });
  return {
    status: () => call('Status', kmsMessages.statusRequest, kmsMessages.statusResponse, undefined),
    encrypt: (plaintext) =>
      call('Encrypt', kmsMessages.encryptRequest, kmsMessages.encryptResponse, {
        ...{ plaintext, uid: randomUUID() },
      }),
    decrypt: (sealed) =>
      call('Decrypt', kmsMessages.decryptRequest, kmsMessages.decryptResponse, {
        ...sealed,
        uid: randomUUID(),
      }),
    close: () => client.close(),
  };
}
