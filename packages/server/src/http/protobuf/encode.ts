import { type MessageField, type MessageType, messageNamed, type ScalarCode } from './message-table.ts';
import { either } from './schema-or.ts';
import { parseTimestamp } from './timestamp.ts';
import { WireWriter } from './wire-writer.ts';

type Json = Readonly<Record<string, unknown>>;
/** Writes one field of a message, tags and all, from its JSON value. */
type Put = (writer: WireWriter, value: unknown) => void;
/** Writes the content of a message from its JSON value. */
type Body = (writer: WireWriter, value: unknown) => void;

const NONE: Json = Object.freeze({});
const INLINE = '~';
const [VARINT, FIXED64, LENGTH] = [0, 1, 2];
const tagOf = (number: number, wireType: number): number => number * 8 + wireType;

const ITEM_TAG = tagOf(2, LENGTH);

const bodies = new WeakMap<MessageType, Body>();
const writer = new WireWriter();

/**
 * The content of a message for the JSON of an object, byte for byte as the original writes it: every field that can't
 * be absent is there, zero or not; maps are sorted by key.
 */
export function encodeMessage(type: MessageType, value: unknown): Buffer {
  try {
    bodyOf(type)(writer, value);
    return writer.take();
  } catch (error) {
    writer.reset();
    throw error;
  }
}

/**
 * As encodeMessage, with the tag of field 2 and the length before it: where the envelope has its message, and every
 * list its items. In memory of its own, to be kept.
 */
export function encodeItem(type: MessageType, value: unknown): Buffer {
  try {
    bodyOf(type)(writer, value);
    writer.uint(writer.length);
    writer.uint(ITEM_TAG);
    return writer.take();
  } catch (error) {
    writer.reset();
    throw error;
  }
}

/** As encodeMessage, of the message `package.Name`. */
export const encodeNamed = (name: string, value: unknown): Buffer => encodeMessage(messageNamed(name), value);

/** Compiled on first use; looks itself up again, since messages may hold themselves. */
function bodyOf(type: MessageType): Body {
  const known = bodies.get(type);
  if (known !== undefined) return known;
  if (type.list) return wrappedList;
  let names: string[] | undefined;
  let puts: Put[] = [];
  const shape = either(type.name)?.split;
  const body: Body = (out, value) => {
    if (names === undefined) {
      names = type.fields.map(({ name }) => name);
      puts = type.fields.map(putOf);
    }
    const split = shape === undefined ? value : shape(value);
    const object = typeof split === 'object' && split !== null ? (split as Json) : NONE;
    for (let index = puts.length - 1; index >= 0; index--) {
      const name = names[index] ?? '';
      puts[index]?.(out, name === INLINE ? object : object[name]);
    }
  };
  bodies.set(type, body);
  return body;
}

function putOf({ number, shape, type, optional }: MessageField): Put {
  const put = typeof type === 'string' ? scalarPut(type, number) : messagePut(bodyOf(type), number);
  if (shape === 'list')
    return (out, value) => {
      if (!Array.isArray(value)) return;
      for (let index = value.length - 1; index >= 0; index--) put(out, value[index]);
    };
  if (shape === 'map') return mapPut(type, number);
  const absent = optional || type === 'B' || (typeof type !== 'string' && type.list);
  if (!absent) return put;
  return (out, value) => {
    if (value !== undefined && value !== null) put(out, value);
  };
}

function messagePut(body: Body, number: number): Put {
  const tag = tagOf(number, LENGTH);
  return (out, value) => {
    const before = out.length;
    body(out, value);
    out.uint(out.length - before);
    out.uint(tag);
  };
}

function mapPut(type: MessageField['type'], number: number): Put {
  const put = typeof type === 'string' ? scalarPut(type, 2) : messagePut(bodyOf(type), 2);
  const tag = tagOf(number, LENGTH);
  return (out, value) => {
    if (typeof value !== 'object' || value === null) return;
    const entries = value as Json;
    const keys = Object.keys(entries).sort();
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] ?? '';
      const before = out.length;
      put(out, entries[key]);
      out.text(key);
      out.uint(KEY_TAG);
      out.uint(out.length - before);
      out.uint(tag);
    }
  };
}

const KEY_TAG = tagOf(1, LENGTH);

const wrappedList: Body = (out, value) => {
  if (!Array.isArray(value)) return;
  for (let index = value.length - 1; index >= 0; index--) {
    out.text(textOf(value[index]));
    out.uint(KEY_TAG);
  }
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Scalars that are messages on the wire. */
const CONTENTS: Partial<Record<ScalarCode, Body>> = {
  t: (out, value) => putTime(out, value, false),
  u: (out, value) => putTime(out, value, true),
  q: (out, value) => {
    out.text(value === undefined || value === null ? '0' : textOf(value));
    out.uint(KEY_TAG);
  },
  x: putIntOrString,
  f: putJson,
  r: putJson,
};

function scalarPut(code: ScalarCode, number: number): Put {
  const content = CONTENTS[code];
  if (content !== undefined) return messagePut(content, number);
  const tag = tagOf(number, code === 's' || code === 'B' ? LENGTH : code === 'd' ? FIXED64 : VARINT);
  switch (code) {
    case 's':
      return (out, value) => {
        out.text(textOf(value));
        out.uint(tag);
      };
    case 'B':
      return (out, value) => {
        out.bytes(Buffer.from(textOf(value), 'base64'));
        out.uint(tag);
      };
    case 'b':
      return (out, value) => {
        out.uint(value === true ? 1 : 0);
        out.uint(tag);
      };
    case 'd':
      return (out, value) => {
        out.double(numberOf(value));
        out.uint(tag);
      };
    default:
      return (out, value) => {
        out.int(numberOf(value));
        out.uint(tag);
      };
  }
}

const NUMBER_TAGS = [0, tagOf(1, VARINT), tagOf(2, VARINT)] as const;

/** Seconds and nanoseconds, both always; the zero time is an empty message. */
function putTime(out: WireWriter, value: unknown, micros: boolean): void {
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time === undefined) return;
  out.uint(micros ? time.nanos - (time.nanos % 1000) : 0);
  out.uint(NUMBER_TAGS[2]);
  out.int(time.seconds);
  out.uint(NUMBER_TAGS[1]);
}

function putIntOrString(out: WireWriter, value: unknown): void {
  const text = typeof value === 'string';
  out.text(text ? value : '');
  out.uint(tagOf(3, LENGTH));
  out.int(numberOf(value));
  out.uint(NUMBER_TAGS[2]);
  out.uint(text ? 1 : 0);
  out.uint(NUMBER_TAGS[1]);
}

/** JSON text in field 1. */
function putJson(out: WireWriter, value: unknown): void {
  if (value === undefined || value === null) return;
  out.text(JSON.stringify(value));
  out.uint(KEY_TAG);
}
