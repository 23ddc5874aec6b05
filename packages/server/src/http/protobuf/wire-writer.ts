const FIRST_BYTES = 64 * 1024;
/** A larger buffer is given back after use. */
const KEPT_BYTES = 4 << 20;
const SHORT = 48;
const MAX_INT64 = 9_223_372_036_854_775_807n;

/**
 * Writes the wire format of protocol buffers from its end to its start, so that the length of a message is known when
 * its turn comes. One at a time: encoding is synchronous. https://protobuf.dev/programming-guides/encoding/
 */
export class WireWriter {
  #buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #at = FIRST_BYTES;

  /** Bytes written so far. */
  get length(): number {
    return this.#buffer.length - this.#at;
  }

  /** A copy of what was written; starts anew. */
  take(): Buffer {
    const bytes = Buffer.allocUnsafeSlow(this.length);
    this.#buffer.copy(bytes, 0, this.#at);
    this.reset();
    return bytes;
  }

  reset(): void {
    if (this.#buffer.length > KEPT_BYTES) this.#buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
    this.#at = this.#buffer.length;
  }

  #need(bytes: number): void {
    if (this.#at >= bytes) return;
    const used = this.length;
    const next = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, used + bytes + FIRST_BYTES));
    this.#buffer.copy(next, next.length - used, this.#at);
    this.#buffer = next;
    this.#at = next.length - used;
  }

  /** A tag, or a length: unsigned, below 2^32. */
  uint(value: number): void {
    this.#need(5);
    const buffer = this.#buffer;
    if (value < 0x80) {
      buffer[--this.#at] = value;
      return;
    }
    let at = this.#at - (value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5);
    this.#at = at;
    let rest = value;
    while (rest > 0x7f) {
      buffer[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[at] = rest;
  }

  /** A signed whole number; what int64 can't hold becomes its nearest. */
  int(value: number): void {
    if (value >= 0 && value <= 0xffffffff) {
      this.uint(value);
      return;
    }
    const whole = BigInt(Number.isFinite(value) ? Math.trunc(value) : 0);
    const held = whole > MAX_INT64 ? MAX_INT64 : whole < -MAX_INT64 - 1n ? -MAX_INT64 - 1n : whole;
    let rest = BigInt.asUintN(64, held);
    const bytes: number[] = [];
    while (rest > 0x7fn) {
      bytes.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    bytes.push(Number(rest));
    this.#need(bytes.length);
    this.#at -= bytes.length;
    this.#buffer.set(bytes, this.#at);
  }

  double(value: number): void {
    this.#need(8);
    this.#at -= 8;
    this.#buffer.writeDoubleLE(value, this.#at);
  }

  bytes(bytes: Buffer): void {
    this.#need(bytes.length);
    this.#at -= bytes.length;
    bytes.copy(this.#buffer, this.#at);
    this.uint(bytes.length);
  }

  /** UTF-8 text with its length. */
  text(text: string): void {
    const { length } = text;
    if (length > SHORT || !this.#ascii(text)) {
      const size = Buffer.byteLength(text);
      this.#need(size);
      this.#at -= size;
      this.#buffer.write(text, this.#at, size, 'utf8');
      this.uint(size);
    } else this.uint(length);
  }

  /** Copies short text without leaving JavaScript; false, and nothing is written, when it is not plain ASCII. */
  #ascii(text: string): boolean {
    const { length } = text;
    this.#need(length);
    const buffer = this.#buffer;
    const start = this.#at - length;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[start + index] = code;
    }
    this.#at = start;
    return true;
  }
}
