import type { WebSocket } from 'ws';
import { CHANNEL, type ChannelCodec, codecOf } from './channels.ts';
import { SpdyClient } from './spdy-client.ts';
import { upgrade } from './upgrade.ts';

export interface RemoteStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

const BUFFERED_BYTES_MAX = 1 << 20;
const RESUME_CHECK_MS = 10;
const CLOSE_NORMAL = 1000;

/**
 * Joins a client's WebSocket (exec, attach) to the runtime's streaming server, which is spoken to in SPDY: only that
 * can half-close stdin. Resolves when the session has ended.
 */
export async function bridgeRemoteCommand(
  socket: WebSocket,
  url: string,
  streams: RemoteStreams,
): Promise<void> {
  const codec = codecOf(socket.protocol);
  const early = holdMessages(socket);
  const { socket: raw, head } = await upgrade(url, 'POST', {
    upgrade: 'SPDY/3.1',
    'x-stream-protocol-version': 'v4.channel.k8s.io',
  });
  const done = Promise.withResolvers<void>();
  const client = new SpdyClient(raw, () => {
    socket.close(CLOSE_NORMAL);
    done.resolve();
  });
  if (head.length > 0) raw.unshift(head);
  const open = new Map<string, number>();
  const output = { left: 1 + Number(streams.stdout) + Number(streams.stderr && !streams.tty) };
  const receive = (channel: number) => ({
    onData: (data: Buffer) => send(socket, client, codec, channel, data),
    onEnd: () => {
      output.left--;
      // Everything was sent: the last to end is, as a rule, the error stream with the result.
      if (output.left === 0) client.close();
    },
  });
  const ignore = { onData: () => undefined, onEnd: () => undefined };
  const start = async (name: string, events: Parameters<SpdyClient['open']>[1]): Promise<void> => {
    open.set(name, await client.open({ streamtype: name }, events));
  };
  await start('error', receive(CHANNEL.error));
  if (streams.stdin) await start('stdin', ignore);
  if (streams.stdout) await start('stdout', receive(CHANNEL.stdout));
  if (streams.stderr && !streams.tty) await start('stderr', receive(CHANNEL.stderr));
  if (streams.tty) await start('resize', ignore);
  const forward = (message: Buffer): void => forwardMessage(socket, client, codec, open, message);
  for (const message of early.release()) forward(message);
  socket.on('message', (message: Buffer) => forward(message));
  socket.on('close', () => client.close());
  await done.promise;
}

/** Keeps what arrives before the runtime is ready. */
function holdMessages(socket: WebSocket): { release(): Buffer[] } {
  const held: Buffer[] = [];
  const hold = (message: Buffer): void => void held.push(message);
  socket.on('message', hold);
  return {
    release: () => {
      socket.off('message', hold);
      return held;
    },
  };
}

function forwardMessage(
  socket: WebSocket,
  client: SpdyClient,
  codec: ChannelCodec,
  open: ReadonlyMap<string, number>,
  message: Buffer,
): void {
  const decoded = codec.decode(message);
  if (decoded === undefined) return;
  const { channel, data } = decoded;
  const stdin = open.get('stdin');
  if (channel === CHANNEL.close && codec.canClose) {
    if (data[0] === CHANNEL.stdin && stdin !== undefined) client.end(stdin);
    return;
  }
  const target =
    channel === CHANNEL.stdin ? stdin : channel === CHANNEL.resize ? open.get('resize') : undefined;
  if (target === undefined || data.length === 0) return;
  if (client.write(target, data)) return;
  socket.pause();
  client.drained(() => socket.resume());
}

function send(
  socket: WebSocket,
  client: SpdyClient,
  codec: ChannelCodec,
  channel: number,
  data: Buffer,
): void {
  const content = channel === CHANNEL.error && !codec.hasStatus ? plainError(data) : data;
  if (content.length > 0) socket.send(codec.encode(channel, content));
  if (socket.bufferedAmount < BUFFERED_BYTES_MAX) return;
  client.pause();
  const check = (): void => {
    if (socket.bufferedAmount < BUFFERED_BYTES_MAX / 2) client.resume();
    else setTimeout(check, RESUME_CHECK_MS);
  };
  setTimeout(check, RESUME_CHECK_MS);
}

/** Older subprotocols know only a text, and none on success. */
function plainError(data: Buffer): Buffer {
  try {
    const status = JSON.parse(data.toString()) as { status?: string; message?: string };
    return Buffer.from(status.status === 'Success' ? '' : (status.message ?? ''));
  } catch {
    return data;
  }
}
