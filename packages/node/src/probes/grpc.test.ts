import * as grpc from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { probeGrpc } from './grpc.ts';

const raw = (bytes: Buffer): Buffer => bytes;
const definition = {
  check: {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: raw,
    requestDeserialize: raw,
    responseSerialize: raw,
    responseDeserialize: raw,
  },
};

let server: grpc.Server | undefined;
afterEach(() => server?.forceShutdown());

/** A health server; `answer` gets the request's bytes and gives those of the response, or never. */
async function serve(answer: ((request: Buffer) => Buffer | undefined) | undefined): Promise<string> {
  server = new grpc.Server();
  if (answer !== undefined) {
    server.addService(definition, {
      check: (call: grpc.ServerUnaryCall<Buffer, Buffer>, callback: grpc.sendUnaryData<Buffer>) => {
        const response = answer(call.request);
        if (response !== undefined) callback(null, response);
      },
    });
  }
  const listening = server;
  const port = await new Promise<number>((resolve, reject) => {
    listening.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return `127.0.0.1:${port}`;
}

describe('gRPC probes', () => {
  it('succeed when the service serves, and name it', async () => {
    const asked: Buffer[] = [];
    const address = await serve((request) => {
      asked.push(request);
      return Buffer.from([0x08, 0x01]);
    });
    expect(await probeGrpc(address, 'my-service', 1000)).toEqual({ outcome: 'success', output: '' });
    expect(await probeGrpc(address, '', 1000)).toEqual({ outcome: 'success', output: '' });
    expect(asked).toEqual([Buffer.from('\n\u000amy-service'), Buffer.alloc(0)]);
  });

  it.each([
    [Buffer.from([0x08, 0x02]), 'NOT_SERVING'],
    [Buffer.alloc(0), 'UNKNOWN'],
  ])('fail with the status that was answered', async (response, name) => {
    const address = await serve(() => response);
    expect(await probeGrpc(address, '', 1000)).toEqual({
      outcome: 'failure',
      output: `service unhealthy (responded with "${name}")`,
    });
  });

  it('fail when nothing answers in time, nothing listens, or the server knows no health', async () => {
    const silent = await serve(() => undefined);
    expect((await probeGrpc(silent, '', 100)).output).toBe(
      'timeout: health rpc did not complete within 0.1s',
    );
    server?.forceShutdown();
    expect((await probeGrpc('127.0.0.1:1', '', 1000)).outcome).toBe('failure');
    const other = await serve(undefined);
    expect((await probeGrpc(other, '', 1000)).output).toMatch(
      /^error: this server does not implement the grpc health protocol/,
    );
  });
});
