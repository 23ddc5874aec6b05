/** A message that is no valid protobuf, or no message that the server takes. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

const END = 'unexpected EOF';
const MAX_VARINT_BYTES = 10;
const SHORT = 24;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const MIN_SAFE = BigInt(Number.MIN_SAFE_INTEGER);

/** Reads the wire format of protocol buffers. https://protobuf.dev/programming-guides/encoding/ */
export class WireReader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** A tag or a length: unsigned, below 2^53. */
  uint(): number {
    const first = this.bytes[this.at];
    if (first === undefined) throw new WireError(END);
    if (first < 0x80) {
      this.at++;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (let index = 0; index < 8; index++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new WireError(END);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw new WireError('proto: integer overflow');
  }

  /** An int64; a bigint only when a number could not hold it. */
  int(): number | bigint {
    const start = this.at;
    let value = 0;
    let scale = 1;
    for (let index = 0; index < 7; index++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new WireError(END);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    this.at = start;
    const wide = this.#wide();
    return wide >= MIN_SAFE && wide <= MAX_SAFE ? Number(wide) : wide;
  }

  #wide(): bigint {
    let value = 0n;
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new WireError(END);
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new WireError('proto: integer overflow');
  }

  double(): number {
    this.#room(8);
    const value = this.bytes.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }

  /** Reads a length and returns where what it measures ends. */
  end(): number {
    const length = this.uint();
    this.#room(length);
    return this.at + length;
  }

  text(): string {
    const end = this.end();
    const { at, bytes } = this;
    this.at = end;
    if (end - at > SHORT) return bytes.toString('utf8', at, end);
    let text = '';
    for (let index = at; index < end; index++) {
      const byte = bytes[index] ?? 0;
      if (byte > 0x7f) return bytes.toString('utf8', at, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  slice(): Buffer {
    const end = this.end();
    const slice = this.bytes.subarray(this.at, end);
    this.at = end;
    return slice;
  }

  skip(wireType: number): void {
    if (wireType === 0) this.int();
    else if (wireType === 2) this.at = this.end();
    else if (wireType === 1 || wireType === 5) {
      const size = wireType === 1 ? 8 : 4;
      this.#room(size);
      this.at += size;
    } else throw new WireError(`proto: illegal wireType ${wireType}`);
  }

  #room(bytes: number): void {
    if (bytes > this.bytes.length - this.at) throw new WireError(END);
  }
}
