import type { Entry } from '../../cache/entry.ts';
import type { Framing } from '../../watch/projection.ts';
import { PROTOBUF_TYPE } from './body.ts';
import { encodeItem, encodeNamed } from './encode.ts';
import { enveloped, envelopeHead, itemHead, watchFrame } from './envelope.ts';
import { type MessageType, messageNamed, messageOfKind } from './message-table.ts';

/** Events as messages with four bytes of length before each. */
export const protobufFraming: Framing = {
  contentType: `${PROTOBUF_TYPE};stream=watch`,
  text: false,
  push(parts, type, object) {
    parts.push(...watchFrame(type, object));
  },
  status: (status) => STATUS.object(status),
};

/** An object, made anew, as a message that names its kind; undefined when the kind has no binary form. */
export function protobufOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
}): Buffer | undefined {
  const { apiVersion, kind, ...fields } = object;
  const type = messageOfKind(apiVersion, kind);
  return type === undefined ? undefined : new KindForm(apiVersion, kind, type).object(fields);
}

/** Objects of one kind in binary form. */
export class KindForm {
  readonly #type: MessageType;
  readonly #head: Buffer;

  constructor(apiVersion: string, kind: string, type: MessageType) {
    this.#type = type;
    this.#head = envelopeHead(apiVersion, kind);
  }

  object(value: unknown): Buffer {
    return Buffer.concat(enveloped(this.#head, encodeItem(this.#type, value)));
  }

  /** As `object`, of an entry, with its message made once. */
  of(entry: Entry, variant: string, value: (entry: Entry) => unknown): Buffer {
    return Buffer.concat(enveloped(this.#head, this.item(entry, variant, value)));
  }

  /** The element of a list: tag, length and message, just as the envelope holds them. */
  item(entry: Entry, variant: string, value: (entry: Entry) => unknown): Buffer {
    return entry.variant(variant, (one) => encodeItem(this.#type, value(one)));
  }
}

const STATUS = new KindForm('v1', 'Status', messageNamed('meta.v1.Status'));

/** A list around its items, in parts. */
export function listParts(head: Buffer, metadata: object, items: readonly Buffer[]): readonly Buffer[] {
  const meta = encodeNamed('meta.v1.ListMeta', metadata);
  const metaField = Buffer.concat([Buffer.from([0x0a]), itemHead(meta.length).subarray(1), meta]);
  const length = items.reduce((total, item) => total + item.length, metaField.length);
  return enveloped(head, itemHead(length), metaField, ...items);
}
