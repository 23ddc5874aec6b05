import * as grpc from '@grpc/grpc-js';
import type { ProbeResult } from './probe.ts';

const STATUS_NAMES = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];

/** grpc.health.v1.Health/Check: request field 1 is the service's name, answer field 1 the status (1 = SERVING). */
export function probeGrpc(address: string, service: string, timeoutMs: number): Promise<ProbeResult> {
  const client = new grpc.Client(address, grpc.credentials.createInsecure());
  const deadline = Date.now() + timeoutMs;
  return new Promise<ProbeResult>((resolve) => {
    client.makeUnaryRequest<Buffer, Buffer>(
      '/grpc.health.v1.Health/Check',
      (request) => request,
      (response) => response,
      encodeService(service),
      new grpc.Metadata(),
      { deadline },
      (error, response) => {
        if (error !== null) resolve({ outcome: 'failure', output: describe(error, address, timeoutMs) });
        else {
          const status = decodeStatus(response ?? Buffer.alloc(0));
          const output = `service unhealthy (responded with "${STATUS_NAMES[status] ?? status}")`;
          resolve(status === 1 ? { outcome: 'success', output: '' } : { outcome: 'failure', output });
        }
      },
    );
  }).finally(() => client.close());
}

function encodeService(service: string): Buffer {
  const text = Buffer.from(service).subarray(0, 127);
  return text.length === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x0a, text.length]), text]);
}

/** The only field is a varint enum below 128. */
const decodeStatus = (message: Buffer): number => (message[0] === 0x08 ? (message[1] ?? 0) : 0);

function describe(error: grpc.ServiceError, address: string, timeoutMs: number): string {
  if (error.code === grpc.status.UNIMPLEMENTED) {
    return `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${error.details}`;
  }
  if (error.code === grpc.status.DEADLINE_EXCEEDED) {
    return `timeout: health rpc did not complete within ${timeoutMs / 1000}s`;
  }
  return `error: health rpc failed: failed to connect service "${address}": ${error.details}`;
}
