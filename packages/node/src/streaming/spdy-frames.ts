/** SPDY/3.1 frames, as far as the runtimes' streaming servers use them. https://www.chromium.org/spdy/spdy-protocol/ */
export type Frame =
  | { readonly type: 'data'; readonly stream: number; readonly fin: boolean; readonly data: Buffer }
  | { readonly type: 'control'; readonly kind: number; readonly flags: number; readonly body: Buffer };

export const SYN_STREAM = 1;
export const SYN_REPLY = 2;
export const RST_STREAM = 3;
export const PING = 6;
export const GOAWAY = 7;
export const FLAG_FIN = 1;

const HEADER_BYTES = 8;
const VERSION = 3;
/** A peer that announces more is not one of ours. */
const FRAME_BYTES_MAX = 8 << 20;

export function dataFrame(stream: number, data: Buffer, fin: boolean): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(stream, 0);
  header.writeUInt32BE(((fin ? FLAG_FIN : 0) << 24) | data.length, 4);
  return Buffer.concat([header, data]);
}

export function controlFrame(kind: number, flags: number, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(0x8000 | VERSION, 0);
  header.writeUInt16BE(kind, 2);
  header.writeUInt32BE(((flags << 24) | body.length) >>> 0, 4);
  return Buffer.concat([header, body]);
}

/** Cuts a byte stream into frames. */
export class FrameParser {
  #pending: Buffer[] = [];
  #length = 0;

  /** The frames that are complete with `chunk`. Throws on what is no SPDY/3. */
  push(chunk: Buffer): Frame[] {
    this.#pending.push(chunk);
    this.#length += chunk.length;
    const frames: Frame[] = [];
    if (this.#length < HEADER_BYTES) return frames;
    let buffer = this.#pending.length === 1 ? chunk : Buffer.concat(this.#pending);
    while (buffer.length >= HEADER_BYTES) {
      const size = buffer.readUInt32BE(4) & 0xffffff;
      if (size > FRAME_BYTES_MAX) throw new Error('SPDY frame too large');
      if (buffer.length < HEADER_BYTES + size) break;
      frames.push(parse(buffer, buffer.subarray(HEADER_BYTES, HEADER_BYTES + size)));
      buffer = buffer.subarray(HEADER_BYTES + size);
    }
    this.#pending = buffer.length === 0 ? [] : [buffer];
    this.#length = buffer.length;
    return frames;
  }
}

function parse(header: Buffer, body: Buffer): Frame {
  const first = header.readUInt32BE(0);
  const flags = header.readUInt8(4);
  if (first < 0x80000000) return { type: 'data', stream: first, fin: (flags & FLAG_FIN) !== 0, data: body };
  if (((first >>> 16) & 0x7fff) !== VERSION) throw new Error('not SPDY/3');
  return { type: 'control', kind: first & 0xffff, flags, body };
}

/** Names and values of a header block, before compression. */
export function headerBlock(headers: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [uint32(Object.keys(headers).length)];
  for (const [name, value] of Object.entries(headers)) {
    for (const text of [name.toLowerCase(), value]) {
      const bytes = Buffer.from(text);
      parts.push(uint32(bytes.length), bytes);
    }
  }
  return Buffer.concat(parts);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
