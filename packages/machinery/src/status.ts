import { type FieldError, formatFieldError, toCause } from './field-error.ts';

/** The closed set of reasons. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export type StatusReason =
  | ''
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Invalid'
  | 'ServerTimeout'
  | 'StoreReadError'
  | 'Timeout'
  | 'TooManyRequests'
  | 'BadRequest'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'RequestEntityTooLarge'
  | 'UnsupportedMediaType'
  | 'InternalError'
  | 'Expired'
  | 'ServiceUnavailable';

export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { resourceVersion?: string; continue?: string };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: StatusReason;
  details?: StatusDetails;
  code?: number;
}

export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

/** A failure that the API answers with a Status body. The only exception that handlers throw on purpose. */
export class StatusError extends Error {
  readonly status: Status;
  constructor(status: Status) {
    super(status.message ?? status.reason ?? 'unknown');
    this.name = 'StatusError';
    this.status = status;
  }
  get code(): number {
    return this.status.code ?? 500;
  }
  get reason(): StatusReason {
    return this.status.reason ?? '';
  }
}

export function isStatusError(error: unknown, reason?: StatusReason): error is StatusError {
  return error instanceof StatusError && (reason === undefined || error.reason === reason);
}

export function failure(
  code: number,
  reason: StatusReason,
  message: string,
  details?: StatusDetails,
): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  });
}

/** `pods` or `deployments.apps`. */
export const qualified = (gr: GroupResource): string =>
  gr.group === '' ? gr.resource : `${gr.resource}.${gr.group}`;

const detailsOf = (gr: GroupResource, name: string): StatusDetails => ({
  ...(name === '' ? {} : { name }),
  ...(gr.group === '' ? {} : { group: gr.group }),
  kind: gr.resource,
});

export const notFound = (gr: GroupResource, name: string): StatusError =>
  failure(404, 'NotFound', `${qualified(gr)} ${JSON.stringify(name)} not found`, detailsOf(gr, name));

export const alreadyExists = (gr: GroupResource, name: string): StatusError =>
  failure(
    409,
    'AlreadyExists',
    `${qualified(gr)} ${JSON.stringify(name)} already exists`,
    detailsOf(gr, name),
  );

export const conflict = (gr: GroupResource, name: string, cause: string): StatusError =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(gr)} ${JSON.stringify(name)}: ${cause}`,
    detailsOf(gr, name),
  );

export const OPTIMISTIC_LOCK_MESSAGE =
  'the object has been modified; please apply your changes to the latest version and try again';

export const forbidden = (gr: GroupResource, name: string, cause: string): StatusError =>
  failure(
    403,
    'Forbidden',
    name === ''
      ? `${qualified(gr)} is forbidden: ${cause}`
      : `${qualified(gr)} ${JSON.stringify(name)} is forbidden: ${cause}`,
    detailsOf(gr, name),
  );

/** 422 with one cause an error; `kind` is the kind's name, e.g. `Deployment`. */
export function invalid(
  group: string,
  kind: string,
  name: string,
  errors: readonly FieldError[],
): StatusError {
  // Causes list every error, the message each text once.
  const texts = [...new Set(errors.map(formatFieldError))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return failure(
    422,
    'Invalid',
    `${group === '' ? kind : `${kind}.${group}`} ${JSON.stringify(name)} is invalid${errors.length === 0 ? '' : `: ${list}`}`,
    {
      ...(name === '' ? {} : { name }),
      ...(group === '' ? {} : { group }),
      ...(kind === '' ? {} : { kind }),
      causes: errors.map(toCause),
    },
  );
}

export const badRequest = (message: string): StatusError => failure(400, 'BadRequest', message);
export const unauthorized = (message = 'Unauthorized'): StatusError => failure(401, 'Unauthorized', message);
export const methodNotAllowed = (gr: GroupResource, verb: string): StatusError =>
  failure(
    405,
    'MethodNotAllowed',
    `${verb} is not supported on resources of kind "${qualified(gr)}"`,
    detailsOf(gr, ''),
  );
export const expired = (message: string): StatusError => failure(410, 'Expired', message);

export const tooManyRequests = (message: string, retryAfterSeconds: number): StatusError =>
  failure(429, 'TooManyRequests', message, { retryAfterSeconds });
export const internal = (message: string): StatusError =>
  failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
export const serviceUnavailable = (message: string): StatusError =>
  failure(503, 'ServiceUnavailable', message);
export const timeout = (message: string, retryAfterSeconds = 0): StatusError =>
  failure(504, 'Timeout', `Timeout: ${message}`, retryAfterSeconds > 0 ? { retryAfterSeconds } : {});

/** Answer to a delete that is done: the object is gone. `gr` and `uid` name what was deleted. */
export function success(gr: GroupResource, name: string, uid?: string): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { ...detailsOf(gr, name), ...(uid === undefined ? {} : { uid }) },
  };
}

export const requestEntityTooLarge = (message: string): StatusError =>
  failure(413, 'RequestEntityTooLarge', `Request entity too large: ${message}`);

/** 422 for a JSON patch that can't be applied: the original hides the reason behind a fixed text. */
export const unprocessablePatch = (): StatusError =>
  failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/** What a handler answers for any error: its own Status, or a 500 that says no more than the message. */
export function toStatus(error: unknown): Status {
  if (error instanceof StatusError) return error.status;
  return failure(500, '', error instanceof Error ? error.message : String(error)).status;
}
