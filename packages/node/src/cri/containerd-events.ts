import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';

const RETRY_MS = 5000;

/**
 * containerd's own event stream on the CRI socket: calls `onExit` when a container's first process has ended, so that
 * nothing need be polled for that. `live` tells whether the stream is up. Other runtimes refuse it; then the agent's
 * relist finds the ends.
 */
export function watchContainerdExits(
  endpoint: string,
  onExit: (containerId: string) => void,
  signal: AbortSignal,
): { readonly live: () => boolean } {
  let isLive = false;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const refused = await subscribe(endpoint, onExit, signal, (live) => {
        isLive = live;
      });
      isLive = false;
      if (refused) return;
      await sleep(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  void run();
  return { live: () => isLive };
}

/** Resolves when the stream ends: true when the runtime does not know the call. */
function subscribe(
  endpoint: string,
  onExit: (containerId: string) => void,
  signal: AbortSignal,
  setLive: (live: boolean) => void,
): Promise<boolean> {
  const client = new grpc.Client(endpoint, grpc.credentials.createInsecure(), {
    'grpc.default_authority': 'localhost',
  });
  const call = client.makeServerStreamRequest<Buffer, Buffer>(
    '/containerd.services.events.v1.Events/Subscribe',
    (request) => request,
    (response) => response,
    lengthDelimited(1, 'topic=="/tasks/exit"'),
  );
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return new Promise<boolean>((resolve) => {
    call.on('metadata', () => setLive(true));
    call.on('data', (envelope: Buffer) => {
      setLive(true);
      const id = exitedContainer(envelope);
      if (id !== undefined) onExit(id);
    });
    call.on('error', (error: grpc.ServiceError) => resolve(error.code === grpc.status.UNIMPLEMENTED));
    call.on('end', () => resolve(false));
  }).finally(() => {
    signal.removeEventListener('abort', cancel);
    client.close();
  });
}

function lengthDelimited(field: number, text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([(field << 3) | 2, bytes.length]), bytes]);
}

/** Envelope.event (4) is an Any, whose value (2) is a TaskExit: container_id (1), id (2) of the process. */
function exitedContainer(envelope: Buffer): string | undefined {
  const any = fieldsOf(envelope).get(4);
  const exit = any === undefined ? undefined : fieldsOf(any).get(2);
  if (exit === undefined) return undefined;
  const fields = fieldsOf(exit);
  const container = fields.get(1)?.toString();
  // Processes of exec (probes, mostly) end too; their id is another.
  return container === fields.get(2)?.toString() ? container : undefined;
}

/** The length-delimited fields of a protobuf message, by number. */
export function fieldsOf(message: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < message.length; shift += 7) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < message.length) {
    const key = varint();
    const type = key & 7;
    if (type === 0) varint();
    else if (type === 1) at += 8;
    else if (type === 5) at += 4;
    else if (type === 2) {
      const length = varint();
      fields.set(key >>> 3, message.subarray(at, at + length));
      at += length;
    } else break;
  }
  return fields;
}
