import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** A key management service that turns bytes over, behind a Unix socket. */
export interface TestKms {
  /** Of the key that it has now. */
  keyId: string;
  healthz: string;
  /** Names of the calls that it got. */
  readonly calls: string[];
  close(): void;
}

interface Sealed {
  readonly ciphertext: Buffer;
  readonly key_id: string;
  readonly annotations: Readonly<Record<string, Buffer>>;
  readonly uid: string;
}

const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

/** Its messages are read and written by another implementation than the client's. */
export async function startTestKms(socketPath: string): Promise<TestKms> {
  const file = fileURLToPath(new URL('../testdata/kms.proto', import.meta.url));
  const definition = loadSync(file, { keepCase: true, bytes: Buffer, defaults: true, objects: true });
  const server = new grpc.Server();
  const kms: TestKms = { keyId: 'one', healthz: 'ok', calls: [], close: () => server.forceShutdown() };
  const answering =
    <Request>(name: string, answer: (request: Request) => object): grpc.handleUnaryCall<Request, object> =>
    ({ request }, callback) => {
      kms.calls.push(name);
      try {
        callback(null, answer(request));
      } catch (error) {
        callback({ code: grpc.status.INVALID_ARGUMENT, details: (error as Error).message });
      }
    };
  server.addService(definition['v2.KeyManagementService'] as grpc.ServiceDefinition, {
    Status: answering('Status', () => ({ version: 'v2', healthz: kms.healthz, key_id: kms.keyId })),
    Encrypt: answering('Encrypt', ({ plaintext, uid }: { plaintext: Buffer; uid: string }) => {
      if (uid === '') throw new Error('no uid');
      return {
        ciphertext: turned(plaintext),
        key_id: kms.keyId,
        annotations: { 'key.example.com': Buffer.from(kms.keyId) },
      };
    }),
    Decrypt: answering('Decrypt', ({ ciphertext, key_id: keyId, annotations, uid }: Sealed) => {
      if (uid === '' || annotations['key.example.com']?.toString() !== keyId)
        throw new Error(`not of the key ${keyId}`);
      return { plaintext: turned(ciphertext) };
    }),
  });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socketPath}`, grpc.ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  return kms;
}
