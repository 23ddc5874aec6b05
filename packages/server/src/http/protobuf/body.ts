import { parseGroupVersion } from '@gantry/machinery/object';
import { badRequest, type StatusError } from '@gantry/machinery/status';
import { decodeMessage } from './decode.ts';
import { type Envelope, openEnvelope } from './envelope.ts';
import { messageOfKind } from './message-table.ts';
import { WireError } from './wire-reader.ts';

export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

/** The JSON object of a body in the binary form that typed Go clients send. Throws BadRequest, of an envelope what `refused` makes of the cause. */
export function parseProtobuf(
  bytes: Buffer,
  refused: (cause: string) => StatusError = badRequest,
): Record<string, unknown> {
  const { kind, apiVersion, raw } = open(bytes, refused);
  const type = messageOfKind(apiVersion, kind);
  if (type === undefined)
    throw badRequest(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`,
    );
  try {
    return { kind, apiVersion, ...(decodeMessage(type, raw) as Record<string, unknown>) };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const { version } = parseGroupVersion(apiVersion);
    throw badRequest(
      `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${error.message}`,
    );
  }
}

function open(bytes: Buffer, refused: (cause: string) => StatusError): Envelope {
  try {
    const envelope = openEnvelope(bytes);
    if (envelope.kind === '') throw new WireError(`Object 'Kind' is missing in the protobuf message`);
    return envelope;
  } catch (error) {
    throw error instanceof WireError ? refused(error.message) : error;
  }
}
