import { WireError, WireReader } from './wire-reader.ts';

/** Begins every message that names its kind. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
/** contentEncoding and contentType, both empty and both always there. */
const TAIL = Buffer.from([0x1a, 0x00, 0x22, 0x00]);
const TYPE_TAG = 0x0a;
const RAW_TAG = 0x12;

export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Buffer;
}

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
};

const field = (tag: number, text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([tag, ...varint(bytes.length)]), bytes]);
};

/** What comes before the message of one kind. Made once a kind. */
export function envelopeHead(apiVersion: string, kind: string): Buffer {
  const type = Buffer.concat([field(0x0a, apiVersion), field(0x12, kind)]);
  return Buffer.concat([MAGIC, Buffer.from([TYPE_TAG, ...varint(type.length)]), type]);
}

/** Tag and length of a message in field 2: where the envelope has its message, and every list its items. */
export const itemHead = (length: number): Buffer => Buffer.from([RAW_TAG, ...varint(length)]);

/** A message of a kind, `itemHead` and all, in parts to be joined. */
export const enveloped = (head: Buffer, ...message: readonly Buffer[]): readonly Buffer[] => [
  head,
  ...message,
  TAIL,
];

/**
 * A frame of a watch: four bytes of length, then a WatchEvent whose object is a message of a kind, envelope and all.
 */
export function watchFrame(type: string, object: Buffer): readonly Buffer[] {
  const size = object.length;
  // RawExtension holds the bytes in its field 1.
  const inner = [0x0a, ...varint(size)];
  const eventHead = Buffer.concat([
    field(0x0a, type),
    Buffer.from([RAW_TAG, ...varint(inner.length + size), ...inner]),
  ]);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(eventHead.length + size);
  return [length, eventHead, object];
}

/** Opens a message that names its kind. Throws WireError. */
export function openEnvelope(bytes: Buffer): Envelope {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC))
    throw new WireError(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  if (bytes.length === MAGIC.length) throw new WireError('empty body');
  const reader = new WireReader(bytes);
  reader.at = MAGIC.length;
  let [apiVersion, kind, raw] = ['', '', bytes.subarray(0, 0)];
  while (reader.at < bytes.length) {
    const tag = reader.uint();
    if (tag === TYPE_TAG) {
      const end = reader.end();
      while (reader.at < end) {
        const inner = reader.uint();
        if (inner === 0x0a) apiVersion = reader.text();
        else if (inner === 0x12) kind = reader.text();
        else reader.skip(inner % 8);
      }
    } else if (tag === RAW_TAG) raw = reader.slice();
    else reader.skip(tag % 8);
  }
  return { apiVersion, kind, raw };
}
