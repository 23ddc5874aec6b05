import { badRequest } from '@gantry/machinery/status';
import { decodeMessage } from './decode.ts';
import { openEnvelope } from './envelope.ts';
import { messageOfKind } from './message-table.ts';
import { WireError } from './wire-reader.ts';

export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

/** Kind and apiVersion that a body without them has: those of the path that it was sent to. */
export interface BodyDefaults {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The JSON object of a body in the binary form that typed Go clients send. Throws BadRequest. */
export function parseProtobuf(bytes: Buffer, defaults?: BodyDefaults): Record<string, unknown> {
  try {
    const envelope = openEnvelope(bytes);
    const kind = envelope.kind === '' ? (defaults?.kind ?? '') : envelope.kind;
    const apiVersion = envelope.apiVersion === '' ? (defaults?.apiVersion ?? '') : envelope.apiVersion;
    if (kind === '') throw new WireError(`Object 'Kind' is missing in the protobuf message`);
    const type = messageOfKind(apiVersion, kind);
    if (type === undefined)
      throw new WireError(
        `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`,
      );
    return { kind, apiVersion, ...(decodeMessage(type, envelope.raw) as Record<string, unknown>) };
  } catch (error) {
    if (error instanceof WireError) throw badRequest(error.message);
    throw error;
  }
}
