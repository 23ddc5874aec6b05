import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import * as packets from 'dns-packet';
import type { Query } from './answer.ts';
import type { Address } from './resolv-conf.ts';
import { UDP_PAYLOAD_MAX } from './wire.ts';

const TCP_MESSAGE_MAX_BYTES = 65_535;

/** True when the packet answers this very question (a forged or late one does not). */
function answers(packet: packets.Packet, id: number, query: Query): boolean {
  const question = packet.questions?.[0];
  return (
    packet.id === id &&
    packet.type === 'response' &&
    question?.type === query.type &&
    question.name.toLowerCase().replace(/^\.$/, '') === query.name
  );
}

const request = (id: number, query: Query): Buffer =>
  packets.encode({
    id,
    type: 'query',
    flags: packets.RECURSION_DESIRED,
    questions: [{ name: query.name === '' ? '.' : query.name, type: query.type, class: 'IN' }],
    additionals: [
      {
        name: '.',
        type: 'OPT',
        udpPayloadSize: UDP_PAYLOAD_MAX,
        flags: query.dnssec ? packets.DNSSEC_OK : 0,
        options: [],
      },
    ],
  });

function decodeOr(message: Buffer): packets.Packet | undefined {
  try {
    return packets.decode(message);
  } catch {
    return undefined;
  }
}

/** Asks over UDP, from a port of its own. Throws on timeout and when nothing listens there. */
export function askUdp(server: Address, query: Query, timeoutMs: number): Promise<packets.Packet> {
  return new Promise((resolve, reject) => {
    const id = randomInt(65_536);
    const socket = createSocket(server.address.includes(':') ? 'udp6' : 'udp4');
    const end = (action: () => void): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.close();
      action();
    };
    const timer = setTimeout(() => end(() => reject(new Error('timeout'))), timeoutMs);
    socket.once('error', (error) => end(() => reject(error)));
    socket.on('message', (message) => {
      const packet = decodeOr(message);
      if (packet !== undefined && answers(packet, id, query)) end(() => resolve(packet));
    });
    // Connected, so that only this server's datagrams arrive, and "port unreachable" too.
    // An address that can't be reached is told to the callback, not by an event.
    const connected = (error?: Error): void => {
      if (error === undefined || error === null) socket.send(request(id, query));
      else end(() => reject(error));
    };
    socket.connect(server.port, server.address, connected);
  });
}

/** Asks over TCP, for answers that UDP cut off. */
export function askTcp(server: Address, query: Query, timeoutMs: number): Promise<packets.Packet> {
  return new Promise((resolve, reject) => {
    const id = randomInt(65_536);
    const socket = connect(server.port, server.address);
    let received = Buffer.alloc(0);
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new Error('timeout')));
    socket.once('error', fail);
    socket.once('end', () => fail(new Error('connection closed')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length > TCP_MESSAGE_MAX_BYTES + 2) return fail(new Error('answer too long'));
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      socket.destroy();
      const packet = decodeOr(received.subarray(2, 2 + received.readUInt16BE(0)));
      if (packet !== undefined && answers(packet, id, query)) resolve(packet);
      else reject(new Error('answer does not match the question'));
    });
    const message = request(id, query);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    socket.write(Buffer.concat([length, message]));
  });
}
