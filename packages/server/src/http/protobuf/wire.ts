/** A message that is no valid protobuf. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

const MAX_VARINT_BYTES = 10;

/** Reads the wire format of protocol buffers. https://protobuf.dev/programming-guides/encoding/ */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** As an unsigned 64-bit number. */
  varint(): bigint {
    let value = 0n;
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new WireError('unexpected end of message');
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireError('varint is too long');
  }

  bytes(): Buffer {
    const length = Number(this.varint());
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new WireError('unexpected end of message');
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  double(): number {
    if (this.#at + 8 > this.#bytes.length) throw new WireError('unexpected end of message');
    const value = this.#bytes.readDoubleLE(this.#at);
    this.#at += 8;
    return value;
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 2) this.bytes();
    else if (wireType === 1 || wireType === 5) this.#at += wireType === 1 ? 8 : 4;
    else throw new WireError(`wire type ${wireType} is not supported`);
  }
}
