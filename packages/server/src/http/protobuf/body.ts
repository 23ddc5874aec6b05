import { builtinKinds } from '@gantry/api/kinds';
import { DeleteOptions } from '@gantry/api/meta/v1/meta';
import type { StructType } from '@gantry/api/schema/dsl';
import { subresourceTypes } from '@gantry/api/subresource-types';
import { formatGroupVersion } from '@gantry/machinery/object';
import { badRequest } from '@gantry/machinery/status';
import { decodeMessage } from './decode.ts';
import { WireError, WireReader } from './wire.ts';

export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Buffer;
}

function readEnvelope(bytes: Buffer): Envelope {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC))
    throw new WireError(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  const reader = new WireReader(bytes.subarray(MAGIC.length));
  let [apiVersion, kind, raw] = ['', '', Buffer.alloc(0)];
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag === 0x0a) {
      const type = new WireReader(reader.bytes());
      while (!type.done) {
        const field = Number(type.varint());
        if (field === 0x0a) apiVersion = type.bytes().toString();
        else if (field === 0x12) kind = type.bytes().toString();
        else type.skip(field & 7);
      }
    } else if (tag === 0x12) raw = Buffer.from(reader.bytes());
    else reader.skip(tag & 7);
  }
  return { apiVersion, kind, raw };
}

const lastName = ({ name }: StructType): string => name.slice(name.lastIndexOf('.') + 1);

const types = new Map<string, StructType>();

/** Built-in kinds only: custom resources have no binary form. */
function typeOf(apiVersion: string, kind: string): StructType {
  if (types.size === 0) {
    for (const { group, version, kind: name, type } of builtinKinds)
      types.set(`${formatGroupVersion(group, version)}/${name}`, type);
    for (const type of [...subresourceTypes, DeleteOptions]) types.set(`/${lastName(type)}`, type);
  }
  const type = types.get(`${apiVersion}/${kind}`) ?? types.get(`/${kind}`);
  if (type === undefined)
    throw new WireError(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`,
    );
  return type;
}

/** The JSON object of a body in the binary form that typed Go clients send. Throws BadRequest. */
export function parseProtobuf(bytes: Buffer): Record<string, unknown> {
  try {
    const { apiVersion, kind, raw } = readEnvelope(bytes);
    return { kind, apiVersion, ...decodeMessage(typeOf(apiVersion, kind), raw) };
  } catch (error) {
    if (error instanceof WireError) throw badRequest(error.message);
    throw error;
  }
}
