import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import * as packets from 'dns-packet';

/** A response, in words. */
export interface Asked {
  readonly code: string;
  readonly flags: string;
  readonly answers: string[];
  readonly additionals: string[];
  readonly soa: boolean;
}

export function describePacket(packet: packets.Packet): Asked {
  const text = (r: packets.Record) =>
    `${r.name} ${r.type} ${typeof r.data === 'string' ? r.data : JSON.stringify(r.data)}`;
  const additionals = (packet.additionals ?? []).filter((r) => r.type !== 'OPT');
  return {
    code: packet.rcode ?? '',
    flags: packet.flag_tc ? 'tc' : '',
    answers: (packet.answers ?? []).map(text).sort(),
    additionals: additionals.map(text).sort(),
    soa: packet.authorities?.[0]?.type === 'SOA',
  };
}

export const encodeQuery = (name: string, type: string, size?: number): Buffer =>
  packets.encode({
    id: 7,
    type: 'query',
    flags: packets.RECURSION_DESIRED,
    questions: [{ name, type }],
    additionals:
      size === undefined ? [] : [{ name: '.', type: 'OPT', udpPayloadSize: size, flags: 0, options: [] }],
  });

/** Sends a datagram to loopback and answers the first that comes back. */
export function rawUdp(port: number, message: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.once('message', (reply) => {
      socket.close();
      resolve(reply);
    });
    socket.send(message, port, '127.0.0.1');
  });
}

export const askOver = async (port: number, name: string, type = 'A', size?: number): Promise<Asked> =>
  describePacket(packets.decode(await rawUdp(port, encodeQuery(name, type, size))));

/** Asks for A records of several names over one connection. */
export function askTcpRaw(port: number, names: readonly string[]): Promise<Asked[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    const replies: Asked[] = [];
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const length = received.readUInt16BE(0);
        replies.push(describePacket(packets.decode(received.subarray(2, 2 + length))));
        received = received.subarray(2 + length);
      }
      if (replies.length < names.length) return;
      socket.destroy();
      resolve(replies);
    });
    for (const name of names) {
      const message = encodeQuery(name, 'A');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(message.length);
      // In two pieces, as a network may deliver them.
      socket.write(length);
      socket.write(message);
    }
  });
}
