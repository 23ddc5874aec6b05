import type { Schema, StructType } from '@gantry/api/schema/dsl';
import { FIELD_NUMBERS } from './field-numbers.ts';
import { WireError, WireReader } from './wire.ts';

interface Field {
  readonly name: string;
  readonly schema: Schema;
  /** A zero value is kept. */
  readonly explicit: boolean;
}

interface Message {
  readonly fields: ReadonlyMap<number, Field>;
  /** Messages that JSON does not show; their fields belong to this object. */
  readonly inlined: ReadonlyMap<number, ReadonlyMap<number, Field>>;
}

const messages = new WeakMap<StructType, Message>();
const MAX_DEPTH = 64;

function messageOf(type: StructType): Message {
  const known = messages.get(type);
  if (known !== undefined) return known;
  const table = FIELD_NUMBERS[type.name];
  if (table === undefined) throw new WireError(`${type.name} has no protobuf form`);
  const fields = new Map<number, Field>();
  const inlined = new Map<number, Map<number, Field>>();
  const words = table.split(' ');
  for (let index = 0; index + 1 < words.length; index += 2) {
    const word = words[index] ?? '';
    const explicit = word.endsWith('!');
    const name = explicit ? word.slice(0, -1) : word;
    const schema = type.fields[name];
    if (schema === undefined) continue;
    const [outer = '', inner] = (words[index + 1] ?? '').split('/');
    const field = { name, schema, explicit };
    if (inner === undefined) fields.set(Number(outer), field);
    else
      inlined.set(
        Number(outer),
        (inlined.get(Number(outer)) ?? new Map<number, Field>()).set(Number(inner), field),
      );
  }
  const message = { fields, inlined };
  messages.set(type, message);
  return message;
}

/** A message of a known type as the JSON object that it stands for. Throws WireError. */
export function decodeMessage(type: StructType, bytes: Buffer, depth = 0): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw new WireError('message is nested too deeply');
  const { fields, inlined } = messageOf(type);
  const object: Record<string, unknown> = {};
  readFields(object, bytes, fields, depth, inlined);
  return object;
}

function readFields(
  object: Record<string, unknown>,
  bytes: Buffer,
  fields: ReadonlyMap<number, Field>,
  depth: number,
  inlined?: Message['inlined'],
): void {
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = Number(reader.varint());
    const [number, wireType] = [tag >>> 3, tag & 7];
    const inner = inlined?.get(number);
    const field = fields.get(number);
    if (inner !== undefined && wireType === 2) readFields(object, reader.bytes(), inner, depth + 1);
    else if (field === undefined) reader.skip(wireType);
    else readField(object, field, reader, wireType, depth);
  }
}

function readField(
  object: Record<string, unknown>,
  { name, schema, explicit }: Field,
  reader: WireReader,
  wireType: number,
  depth: number,
): void {
  if (schema.type === 'array') {
    const list = (object[name] ?? []) as unknown[];
    object[name] = list;
    if (wireType === 2 && isNumeric(schema.items)) {
      const packed = new WireReader(reader.bytes());
      while (!packed.done) list.push(readValue(schema.items, packed, 0, depth));
    } else list.push(readValue(schema.items, reader, wireType, depth));
    return;
  }
  if (schema.type === 'map') {
    const entries = (object[name] ?? {}) as Record<string, unknown>;
    object[name] = entries;
    readEntry(entries, schema.values, reader.bytes(), depth);
    return;
  }
  const value = readValue(schema, reader, wireType, depth);
  if (value === undefined) return;
  if (explicit || !isZero(value)) object[name] = value;
}

function readEntry(entries: Record<string, unknown>, values: Schema, bytes: Buffer, depth: number): void {
  const reader = new WireReader(bytes);
  let key = '';
  let value: unknown = zeroOf(values);
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag >>> 3 === 1) key = reader.bytes().toString();
    else if (tag >>> 3 === 2) value = readValue(values, reader, tag & 7, depth + 1);
    else reader.skip(tag & 7);
  }
  Object.defineProperty(entries, key, { value, enumerable: true, writable: true, configurable: true });
}

const isZero = (value: unknown): boolean => value === '' || value === 0 || value === false;
const isNumeric = ({ type }: Schema): boolean => ['boolean', 'int32', 'int64', 'double'].includes(type);

function zeroOf(schema: Schema): unknown {
  if (schema.type === 'array') return [];
  return schema.type === 'string' || schema.type === 'bytes' || schema.type === 'quantity' ? '' : {};
}

function readValue(schema: Schema, reader: WireReader, wireType: number, depth: number): unknown {
  switch (schema.type) {
    case 'boolean':
      return reader.varint() !== 0n;
    case 'int32':
    case 'int64':
      return Number(BigInt.asIntN(64, reader.varint()));
    case 'double':
      return reader.double();
  }
  if (wireType !== 2) throw new WireError(`wire type ${wireType} where a ${schema.type} is expected`);
  const bytes = reader.bytes();
  switch (schema.type) {
    case 'string':
      return bytes.toString();
    case 'bytes':
      return bytes.toString('base64');
    case 'ref':
      return decodeMessage(schema.target(), bytes, depth + 1);
    case 'array':
      // A list inside a map or a list is wrapped in a message with the one field `items`.
      return wrappedList(schema.items, bytes, depth);
    case 'time':
    case 'microTime':
      return readTime(bytes, schema.type === 'microTime');
    case 'quantity':
      return numbered(bytes).text.get(1) ?? '0';
    case 'intOrString': {
      const { numbers, text } = numbered(bytes);
      return numbers.get(1) === 1n ? (text.get(3) ?? '') : Number(BigInt.asIntN(64, numbers.get(2) ?? 0n));
    }
    case 'raw':
    case 'rawObject':
    case 'fieldsV1':
      return readJson(numbered(bytes).text.get(1));
    default:
      throw new WireError(`a ${schema.type} can't stand here`);
  }
}

function wrappedList(items: Schema, bytes: Buffer, depth: number): unknown[] {
  const reader = new WireReader(bytes);
  const list: unknown[] = [];
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag >>> 3 === 1) list.push(readValue(items, reader, tag & 7, depth + 1));
    else reader.skip(tag & 7);
  }
  return list;
}

/** Scalar fields of a small message, by number. */
function numbered(bytes: Buffer): { numbers: Map<number, bigint>; text: Map<number, string> } {
  const reader = new WireReader(bytes);
  const numbers = new Map<number, bigint>();
  const text = new Map<number, string>();
  while (!reader.done) {
    const tag = Number(reader.varint());
    if ((tag & 7) === 0) numbers.set(tag >>> 3, reader.varint());
    else if ((tag & 7) === 2) text.set(tag >>> 3, reader.bytes().toString());
    else reader.skip(tag & 7);
  }
  return { numbers, text };
}

/** Undefined for the zero time, which stands for none. */
function readTime(bytes: Buffer, micro: boolean): string | undefined {
  if (bytes.length === 0) return undefined;
  const { numbers } = numbered(bytes);
  const seconds = Number(BigInt.asIntN(64, numbers.get(1) ?? 0n));
  const nanos = Number(numbers.get(2) ?? 0n);
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) throw new WireError('time is out of range');
  const text = date.toISOString().slice(0, 19);
  return micro ? `${text}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z` : `${text}Z`;
}

function readJson(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new WireError('an embedded object is no valid JSON');
  }
}
