import type { KmsCiphertext, KmsStatus } from '@gantry/store/encryption/kms-service';
import { WireReader } from '../http/protobuf/wire-reader.ts';
import { WireWriter } from '../http/protobuf/wire-writer.ts';

/**
 * The messages of version 2 of the key management service interface, by the numbers of their fields.
 * https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/
 */

const BYTES = 2;
const tag = (field: number): number => field * 8 + BYTES;

/** Fields from last to first, as the writer wants them; empty ones are left out. */
function message(fields: readonly (readonly [number, Buffer | string])[]): Buffer {
  const writer = new WireWriter();
  for (const [field, value] of fields.toReversed()) {
    if (value.length === 0) continue;
    if (typeof value === 'string') writer.text(value);
    else writer.bytes(value);
    writer.uint(tag(field));
  }
  return writer.take();
}

/** The length-delimited fields of a message, by number; others are passed over. Throws WireError. */
function fieldsOf(bytes: Buffer): Map<number, Buffer[]> {
  const reader = new WireReader(bytes);
  const fields = new Map<number, Buffer[]>();
  while (reader.at < bytes.length) {
    const key = reader.uint();
    const [field, type] = [Math.floor(key / 8), key % 8];
    if (type !== BYTES) reader.skip(type);
    else fields.set(field, [...(fields.get(field) ?? []), Buffer.from(reader.slice())]);
  }
  return fields;
}

const EMPTY = Buffer.alloc(0);
const last = (fields: Map<number, Buffer[]>, field: number): Buffer => fields.get(field)?.at(-1) ?? EMPTY;
const text = (fields: Map<number, Buffer[]>, field: number): string => last(fields, field).toString();

function annotationsOf(entries: readonly Buffer[]): Record<string, Buffer> {
  return Object.fromEntries(
    entries.map((entry) => {
      const fields = fieldsOf(entry);
      return [text(fields, 1), last(fields, 2)];
    }),
  );
}

export const kmsMessages = {
  statusRequest: (): Buffer => EMPTY,
  statusResponse(bytes: Buffer): KmsStatus {
    const fields = fieldsOf(bytes);
    return { version: text(fields, 1), healthz: text(fields, 2), keyId: text(fields, 3) };
  },
  encryptRequest: ({ plaintext, uid }: { plaintext: Buffer; uid: string }): Buffer =>
    message([
      [1, plaintext],
      [2, uid],
    ]),
  encryptResponse(bytes: Buffer): KmsCiphertext {
    const fields = fieldsOf(bytes);
    return {
      ciphertext: last(fields, 1),
      keyId: text(fields, 2),
      annotations: annotationsOf(fields.get(3) ?? []),
    };
  },
  decryptRequest: ({ ciphertext, keyId, annotations, uid }: KmsCiphertext & { uid: string }): Buffer =>
    message([
      [1, ciphertext],
      [2, uid],
      [3, keyId],
      ...Object.entries(annotations).map(([name, value]): [number, Buffer] => [
        4,
        message([
          [1, name],
          [2, value],
        ]),
      ]),
    ]),
  decryptResponse: (bytes: Buffer): Buffer => last(fieldsOf(bytes), 1),
} as const;
