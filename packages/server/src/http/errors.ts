import type { GroupResource } from '@gantry/machinery/status';
import { failure, internal, type Status, StatusError } from '@gantry/machinery/status';

/** What the client is told of any failure. What is not a StatusError is a fault of ours. */
export function toStatus(error: unknown): Status {
  if (error instanceof StatusError) return error.status;
  if (error instanceof URIError)
    return failure(400, 'BadRequest', 'the path holds a malformed escape').status;
  return internal(error instanceof Error ? error.message : String(error)).status;
}

export const resourceUnknown = (): StatusError =>
  failure(404, 'NotFound', 'the server could not find the requested resource', {});

export const verbNotAllowed = (gr: GroupResource, verb: string): StatusError =>
  failure(405, 'MethodNotAllowed', `the server does not allow this method on the requested resource`, {
    ...(gr.group === '' ? {} : { group: gr.group }),
    kind: gr.resource,
    causes: [{ reason: 'UnexpectedServerResponse', message: `${verb} is not supported` }],
  });
