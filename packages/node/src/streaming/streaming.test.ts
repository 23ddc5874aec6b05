import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { constants, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CHANNEL, codecOf } from './channels.ts';
import { bridgeRemoteCommand } from './remote-command.ts';
import { SPDY_DICTIONARY } from './spdy-dictionary.ts';
import { controlFrame, dataFrame, FrameParser, SYN_REPLY, SYN_STREAM, uint32 } from './spdy-frames.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

it('has the dictionary that the protocol names', () => {
  expect(SPDY_DICTIONARY.length).toBe(1423);
});

it('cuts any split of the bytes into the same frames', () => {
  const bytes = Buffer.concat([
    dataFrame(1, Buffer.from('abc'), false),
    controlFrame(6, 0, uint32(7)),
    dataFrame(3, Buffer.alloc(0), true),
  ]);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      const parser = new FrameParser();
      const points = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
      const frames = points.slice(1).flatMap((end, index) => parser.push(bytes.subarray(points[index], end)));
      expect(frames).toHaveLength(3);
      expect(frames[0]).toMatchObject({ type: 'data', stream: 1, fin: false });
      expect(frames[2]).toMatchObject({ type: 'data', stream: 3, fin: true });
    }),
  );
});

it('refuses what is no SPDY', () => {
  expect(() => new FrameParser().push(Buffer.from([0x80, 2, 0, 1, 0, 0, 0, 0]))).toThrow('not SPDY/3');
});

/** A runtime's streaming server: echoes stdin to stdout, and reports success when stdin has ended. */
async function fakeRuntime(): Promise<number> {
  const server = createServer();
  server.on('upgrade', (_request, socket: Duplex) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n');
    const parser = new FrameParser();
    const blocks: Buffer[] = [];
    const inflated = () =>
      inflateSync(Buffer.concat(blocks), {
        dictionary: SPDY_DICTIONARY,
        finishFlush: constants.Z_SYNC_FLUSH,
      });
    const ids: number[] = [];
    const names = () =>
      [
        ...inflated()
          .toString('latin1')
          .matchAll(/streamtype\0\0\0.([a-z]+)/g),
      ].map((match) => match[1] ?? '');
    const idOf = (name: string) => ids[names().indexOf(name)] ?? 0;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      for (const frame of parser.push(chunk)) {
        if (frame.type === 'control' && frame.kind === SYN_STREAM) {
          ids.push(frame.body.readUInt32BE(0));
          blocks.push(frame.body.subarray(10));
          socket.write(controlFrame(SYN_REPLY, 0, frame.body.subarray(0, 4)));
        } else if (frame.type === 'data' && frame.stream === idOf('stdin')) {
          if (frame.data.length > 0) socket.write(dataFrame(idOf('stdout'), frame.data, false));
          if (!frame.fin) continue;
          socket.write(dataFrame(idOf('error'), Buffer.from('{"status":"Success"}'), true));
          socket.write(dataFrame(idOf('stdout'), Buffer.alloc(0), true));
          socket.write(dataFrame(idOf('stderr'), Buffer.alloc(0), true));
        }
      }
    });
  });
  return await listen(server);
}

async function fakeAgent(runtimePort: number): Promise<number> {
  const server = createServer();
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const streams = { stdin: true, stdout: true, stderr: true, tty: false };
      bridgeRemoteCommand(webSocket, `http://127.0.0.1:${runtimePort}/exec`, streams).catch(() =>
        webSocket.terminate(),
      );
    });
  });
  return await listen(server);
}

describe('exec through a WebSocket', () => {
  it('carries stdin to its end, and the result back', async () => {
    const port = await fakeAgent(await fakeRuntime());
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, ['v5.channel.k8s.io']);
    const received = new Map<number, string>();
    socket.on('message', (message: Buffer) => {
      const channel = message[0] ?? -1;
      received.set(channel, (received.get(channel) ?? '') + message.subarray(1).toString());
    });
    socket.on('open', () => {
      socket.send(Buffer.concat([Buffer.from([CHANNEL.stdin]), Buffer.from('hello')]));
      socket.send(Buffer.from([CHANNEL.close, CHANNEL.stdin]));
    });
    const code = await new Promise((resolve) => socket.on('close', resolve));
    expect(code).toBe(1000);
    expect(received.get(CHANNEL.stdout)).toBe('hello');
    expect(received.get(CHANNEL.error)).toBe('{"status":"Success"}');
  });
});

describe('channel codecs', () => {
  it('write and read the same', () => {
    for (const protocol of ['v5.channel.k8s.io', 'v4.base64.channel.k8s.io']) {
      const codec = codecOf(protocol);
      const message = Buffer.from(codec.encode(CHANNEL.stdout, Buffer.from('x y')));
      expect(codec.decode(message)).toEqual({ channel: CHANNEL.stdout, data: Buffer.from('x y') });
    }
    expect(codecOf('v4.channel.k8s.io').canClose).toBe(false);
  });
});
