import { parseJson, setOwn } from '@gantry/machinery/json';
import type { MessageField, MessageType, ScalarCode } from './message-table.ts';
import { either } from './schema-or.ts';
import { formatTimestamp } from './timestamp.ts';
import { WireError, WireReader } from './wire-reader.ts';

type JsonObject = Record<string, unknown>;
/** Reads one occurrence of a field into an object. */
type Take = (object: JsonObject, reader: WireReader, wireType: number, depth: number) => void;
/** Reads one value. Undefined: nothing is meant. */
type Read = (reader: WireReader, wireType: number, depth: number) => unknown;

interface Reading {
  /** By field number. */
  readonly takes: readonly (Take | undefined)[];
  readonly join: ((fields: JsonObject) => unknown) | undefined;
}

/** Messages inside each other, at most. */
const MAX_DEPTH = 128;
const MAX_JSON_DEPTH = 256;
const INLINE = '~';
const [VARINT, FIXED64, LENGTH] = [0, 1, 2];

const readings = new WeakMap<MessageType, Reading>();

/** The JSON of a message. Throws WireError. */
export function decodeMessage(type: MessageType, bytes: Buffer): unknown {
  return readMessage(type, new WireReader(bytes), bytes.length, 0);
}

function readingOf(type: MessageType): Reading {
  const known = readings.get(type);
  if (known !== undefined) return known;
  const takes: (Take | undefined)[] = [];
  const reading = { takes, join: either(type.name)?.join };
  readings.set(type, reading);
  for (const field of type.fields) takes[field.number] = takeOf(field);
  return reading;
}

function readMessage(type: MessageType, reader: WireReader, end: number, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new WireError('message is nested too deeply');
  if (type.list) return readList(reader, end);
  const object: JsonObject = {};
  const { join } = readFields(object, type, reader, end, depth);
  return join === undefined ? object : join(object);
}

function readFields(
  object: JsonObject,
  type: MessageType,
  reader: WireReader,
  end: number,
  depth: number,
): Reading {
  const reading = readingOf(type);
  while (reader.at < end) {
    const tag = reader.uint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (number === 0) throw new WireError(`proto: illegal tag ${number} (wire type ${tag})`);
    const take = reading.takes[number];
    if (take === undefined) reader.skip(wireType);
    else take(object, reader, wireType, depth);
  }
  if (reader.at !== end) throw new WireError('unexpected EOF');
  return reading;
}

function takeOf(field: MessageField): Take {
  const { name, shape, type, optional, shown } = field;
  if (name === INLINE && typeof type !== 'string')
    return (object, reader, wireType, depth) => {
      expect(wireType, LENGTH, field);
      if (depth > MAX_DEPTH) throw new WireError('message is nested too deeply');
      readFields(object, type, reader, reader.end(), depth + 1);
    };
  const read = readOf(field);
  if (shape === 'list') return listTake(field, read);
  if (shape === 'map') return mapTake(field, read);
  const explicit = optional || shown || typeof type !== 'string';
  return (object, reader, wireType, depth) => {
    const value = read(reader, wireType, depth);
    if (value !== undefined && (explicit || !isZero(value))) object[name] = value;
    else delete object[name];
  };
}

const isZero = (value: unknown): boolean => value === '' || value === 0 || value === false;

function listTake(field: MessageField, read: Read): Take {
  const { name, type } = field;
  const numeric = typeof type === 'string' && 'bil'.includes(type);
  return (object, reader, wireType, depth) => {
    const list = (object[name] ?? []) as unknown[];
    object[name] = list;
    if (numeric && wireType === LENGTH) {
      const end = reader.end();
      while (reader.at < end) list.push(read(reader, VARINT, depth));
      if (reader.at !== end) throw new WireError('unexpected EOF');
    } else list.push(read(reader, wireType, depth) ?? null);
  };
}

function mapTake(field: MessageField, read: Read): Take {
  const { name, type } = field;
  const zero =
    type === 'q' ? '0' : typeof type !== 'string' ? (type.list ? [] : {}) : type === 't' ? null : '';
  return (object, reader, wireType, depth) => {
    expect(wireType, LENGTH, field);
    const entries = (object[name] ?? {}) as JsonObject;
    object[name] = entries;
    const end = reader.end();
    let key = '';
    let value: unknown = structuredClone(zero);
    while (reader.at < end) {
      const tag = reader.uint();
      if (tag === 10) key = reader.text();
      else if (Math.floor(tag / 8) === 2) value = read(reader, tag % 8, depth) ?? null;
      else reader.skip(tag % 8);
    }
    if (reader.at !== end) throw new WireError('unexpected EOF');
    setOwn(entries, key, value);
  };
}

function expect(found: number, wanted: number, { name }: MessageField): void {
  if (found !== wanted) throw new WireError(`proto: wrong wireType = ${found} for field ${name}`);
}

/** What a value's content means, by the letter of the table; all but `s` and `B` are messages. */
const CONTENTS: Partial<Record<ScalarCode, (reader: WireReader) => unknown>> = {
  s: (reader) => reader.text(),
  B: (reader) => reader.slice().toString('base64'),
  t: (reader) => readTime(reader, false),
  u: (reader) => readTime(reader, true),
  q: (reader) => small(reader).text[1] ?? '0',
  x: (reader) => {
    const { numbers, text } = small(reader);
    return numbers[1] === 1 ? (text[3] ?? '') : Number(BigInt.asIntN(32, BigInt(numbers[2] ?? 0)));
  },
  f: (reader) => readJson(small(reader).text[1]),
  r: (reader) => readJson(small(reader).text[1]),
};

function readOf(field: MessageField): Read {
  const { type } = field;
  if (typeof type !== 'string')
    return (reader, wireType, depth) => {
      expect(wireType, LENGTH, field);
      const end = reader.end();
      return readMessage(type, reader, end, depth + 1);
    };
  const content = CONTENTS[type];
  if (content !== undefined)
    return (reader, wireType) => {
      expect(wireType, LENGTH, field);
      return content(reader);
    };
  return (reader, wireType) => {
    expect(wireType, type === 'd' ? FIXED64 : VARINT, field);
    if (type === 'd') return reader.double();
    const value = reader.int();
    if (type === 'b') return value !== 0;
    if (type === 'i')
      return typeof value === 'number' && value === (value | 0)
        ? value
        : Number(BigInt.asIntN(32, BigInt(value)));
    // Beyond 2^53 JSON values here hold the nearest number that they can.
    return Number(value);
  };
}

function readList(reader: WireReader, end: number): string[] {
  const list: string[] = [];
  while (reader.at < end) {
    const tag = reader.uint();
    if (tag === 10) list.push(reader.text());
    else reader.skip(tag % 8);
  }
  if (reader.at !== end) throw new WireError('unexpected EOF');
  return list;
}

/** Scalar fields of a small message, by number. */
function small(reader: WireReader): { numbers: (number | bigint)[]; text: string[] } {
  const end = reader.end();
  const numbers: (number | bigint)[] = [];
  const text: string[] = [];
  while (reader.at < end) {
    const tag = reader.uint();
    if (tag < 32 && tag % 8 === VARINT) numbers[tag >> 3] = reader.int();
    else if (tag < 32 && tag % 8 === LENGTH) text[tag >> 3] = reader.text();
    else reader.skip(tag % 8);
  }
  if (reader.at !== end) throw new WireError('unexpected EOF');
  return { numbers, text };
}

/** Undefined for the zero time, which stands for none. */
function readTime(reader: WireReader, micros: boolean): string | undefined {
  const { numbers } = small(reader);
  if (numbers[1] === undefined && numbers[2] === undefined) return undefined;
  const nanos = Number(numbers[2] ?? 0);
  if (!(nanos >= 0 && nanos < 1e9)) throw new WireError('time is out of range');
  return formatTimestamp({ seconds: Number(numbers[1] ?? 0), nanos }, micros);
}

function readJson(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return parseJson(text, { maxDepth: MAX_JSON_DEPTH });
  } catch {
    throw new WireError('an embedded object is no valid JSON');
  }
}
