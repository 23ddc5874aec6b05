import type { WebSocket } from 'ws';
import { upgrade } from './upgrade.ts';

const BUFFERED_BYTES_MAX = 1 << 20;
const RESUME_CHECK_MS = 10;

/** `kubectl port-forward` over WebSocket carries a SPDY connection inside: unwrapped, it is what the runtime speaks. */
export async function bridgePortForward(socket: WebSocket, url: string): Promise<void> {
  socket.pause();
  const { socket: raw, head } = await upgrade(url, 'POST', {
    upgrade: 'SPDY/3.1',
    'x-stream-protocol-version': 'portforward.k8s.io',
  });
  const done = Promise.withResolvers<void>();
  if (head.length > 0) raw.unshift(head);
  raw.on('data', (chunk: Buffer) => {
    socket.send(chunk);
    if (socket.bufferedAmount < BUFFERED_BYTES_MAX) return;
    raw.pause();
    const check = (): void => {
      if (socket.bufferedAmount < BUFFERED_BYTES_MAX / 2) raw.resume();
      else setTimeout(check, RESUME_CHECK_MS);
    };
    setTimeout(check, RESUME_CHECK_MS);
  });
  raw.on('close', () => {
    socket.close(1000);
    done.resolve();
  });
  raw.on('error', () => raw.destroy());
  socket.on('message', (message: Buffer) => {
    if (raw.write(message)) return;
    socket.pause();
    raw.once('drain', () => socket.resume());
  });
  socket.on('close', () => raw.destroy());
  socket.resume();
  await done.promise;
}
