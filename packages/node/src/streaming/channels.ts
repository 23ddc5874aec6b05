/** Numbers of the channels within one WebSocket. */
export const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** Subprotocols for exec and attach, best first. https://kubernetes.io/docs/reference/using-api/websockets/ */
export const PROTOCOLS = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'channel.k8s.io',
  'base64.channel.k8s.io',
] as const;

export const PORT_FORWARD_TUNNEL = 'SPDY/3.1+portforward.k8s.io';

export interface ChannelCodec {
  /** Half-closing a channel is possible. */
  readonly canClose: boolean;
  /** Results are a Status object (else plain text, and nothing on success). */
  readonly hasStatus: boolean;
  encode(channel: number, data: Buffer): Buffer | string;
  /** Undefined for an empty message. */
  decode(message: Buffer): { readonly channel: number; readonly data: Buffer } | undefined;
}

/** How messages of a subprotocol are written. */
export function codecOf(protocol: string): ChannelCodec {
  const base64 = protocol.includes('base64');
  const version = /^v(\d)\./.exec(protocol)?.[1] ?? '1';
  return {
    canClose: Number(version) >= 5,
    hasStatus: Number(version) >= 4,
    encode: (channel, data) =>
      base64 ? `${channel}${data.toString('base64')}` : Buffer.concat([Buffer.from([channel]), data]),
    decode: (message) => {
      const [first] = message;
      if (first === undefined) return undefined;
      return base64
        ? { channel: first - 0x30, data: Buffer.from(message.subarray(1).toString('latin1'), 'base64') }
        : { channel: first, data: message.subarray(1) };
    },
  };
}
