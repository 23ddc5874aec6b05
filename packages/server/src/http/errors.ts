import {
  badRequest,
  failure,
  internal,
  type Status,
  StatusError,
  serviceUnavailable,
  timeout,
  tooManyRequests,
} from '@gantry/machinery/status';
import { StoreError } from '@gantry/store/errors';

const RETRY_SECONDS = 1;

/** The store itself failed: what of it concerns the client. */
function storeFailure({ failure: kind, message }: StoreError): StatusError {
  switch (kind) {
    case 'overloaded':
      return tooManyRequests(message, RETRY_SECONDS);
    case 'outcomeUnknown':
      return timeout(message);
    case 'tooLarge':
      return failure(413, 'RequestEntityTooLarge', message);
    case 'invalid':
      return badRequest(message);
    default:
      return serviceUnavailable(message);
  }
}

/** What the client is told of any failure. What is not foreseen is a fault of ours. */
export function toStatus(error: unknown): Status {
  if (error instanceof StatusError) return error.status;
  if (error instanceof StoreError) return storeFailure(error).status;
  if (error instanceof URIError) return badRequest('the path holds a malformed escape').status;
  return internal(error instanceof Error ? error.message : String(error)).status;
}

/** Whether an operator should hear of the failure. */
export const isFault = (error: unknown): boolean =>
  !(error instanceof StatusError || error instanceof URIError) || error instanceof StoreError;

export const resourceUnknown = (): StatusError =>
  failure(404, 'NotFound', 'the server could not find the requested resource', {});

export const verbNotAllowed = (): StatusError =>
  failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
