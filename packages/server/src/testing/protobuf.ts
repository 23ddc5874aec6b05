import { decodeMessage } from '../http/protobuf/decode.ts';
import { encodeMessage } from '../http/protobuf/encode.ts';
import { enveloped, envelopeHead, itemHead, openEnvelope } from '../http/protobuf/envelope.ts';
import { messageNamed, messageOfKind } from '../http/protobuf/message-table.ts';
import type { Loose } from './test-server.ts';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** A body as typed Go clients send it. */
export function toProtobuf(object: { readonly apiVersion: string; readonly kind: string }): Buffer {
  const type = messageOfKind(object.apiVersion, object.kind);
  if (type === undefined) throw new Error(`${object.kind} has no message`);
  const message = encodeMessage(type, object);
  return Buffer.concat(
    enveloped(envelopeHead(object.apiVersion, object.kind), itemHead(message.length), message),
  );
}

/** What an answer in protobuf says. */
export function fromProtobuf(bytes: Buffer): Loose {
  const { apiVersion, kind, raw } = openEnvelope(bytes);
  const type = messageOfKind(apiVersion, kind) ?? messageNamed(`meta.v1.${kind}`);
  return { apiVersion, kind, ...(decodeMessage(type, raw) as object) } as unknown as Loose;
}

/** Frames of a watch: type and object. Throws when the bytes end within one. */
export function watchEvents(bytes: Buffer): { readonly type: string; readonly object: Loose }[] {
  const events: { type: string; object: Loose }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const frame = bytes.subarray(at + 4, at + 4 + length);
    if (frame.length < length) throw new Error('a frame is cut');
    // type in field 1; in field 2 a RawExtension with the bytes in its field 1.
    const type = frame.subarray(2, 2 + (frame[1] ?? 0)).toString();
    events.push({ type, object: fromProtobuf(frame.subarray(frame.indexOf('k8s\0'))) });
    at += 4 + length;
  }
  return events;
}
