/**
 * Postgres's binary format of one-dimensional arrays. The driver sends a Buffer as a binary parameter: no quoting of
 * bodies here and no parsing of an array literal there.
 */

const headerBytes = 20;
/** Type identifiers of elements, fixed in Postgres's catalogue. */
const elementType = { boolean: 16, bigint: 20, smallint: 21, int: 23, text: 25 } as const;

export function textArray(values: readonly (string | null)[]): Buffer {
  let size = headerBytes;
  let hasNull = false;
  for (const value of values) {
    size += 4;
    if (value === null) hasNull = true;
    else size += Buffer.byteLength(value);
  }
  const buffer = withHeader(size, values.length, elementType.text, hasNull);
  let at = headerBytes;
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    const length = buffer.write(value, at + 4);
    buffer.writeInt32BE(length, at);
    at += 4 + length;
  }
  return values.length === 0 ? emptyArray(elementType.text) : buffer;
}

export function bigintArray(values: readonly (number | null)[]): Buffer {
  return fixedArray(values, elementType.bigint, 8, (buffer, value, at) => {
    buffer.writeBigInt64BE(BigInt(value), at);
  });
}

export function intArray(values: readonly (number | null)[]): Buffer {
  return fixedArray(values, elementType.int, 4, (buffer, value, at) => {
    buffer.writeInt32BE(value, at);
  });
}

export function smallintArray(values: readonly (number | null)[]): Buffer {
  return fixedArray(values, elementType.smallint, 2, (buffer, value, at) => {
    buffer.writeInt16BE(value, at);
  });
}

export function booleanArray(values: readonly (boolean | null)[]): Buffer {
  return fixedArray(values, elementType.boolean, 1, (buffer, value, at) => {
    buffer.writeUInt8(value ? 1 : 0, at);
  });
}

function fixedArray<T>(
  values: readonly (T | null)[],
  type: number,
  width: number,
  write: (buffer: Buffer, value: T, at: number) => void,
): Buffer {
  if (values.length === 0) return emptyArray(type);
  const nulls = values.reduce((count, value) => (value === null ? count + 1 : count), 0);
  const size = headerBytes + values.length * (4 + width) - nulls * width;
  const buffer = withHeader(size, values.length, type, nulls > 0);
  let at = headerBytes;
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? -1 : width, at);
    if (value === null) continue;
    write(buffer, value, at);
    at += width;
  }
  return buffer;
}

function withHeader(size: number, length: number, type: number, hasNull: boolean): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(type, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16); // lower bound
  return buffer;
}

function emptyArray(type: number): Buffer {
  const buffer = Buffer.alloc(12);
  buffer.writeInt32BE(type, 8);
  return buffer;
}
