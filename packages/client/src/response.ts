import { failure, type Status, StatusError, type StatusReason } from '@gantry/machinery/status';

const REASONS: Readonly<Record<number, StatusReason>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const isStatus = (value: unknown): value is Status =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'Status';

/** Makes a StatusError of an answer with a code of 400 or more, whether or not its body is a Status. */
export function errorOf(code: number, body: string, retryAfterSeconds: number): StatusError {
  try {
    const parsed: unknown = JSON.parse(body);
    if (isStatus(parsed)) return new StatusError({ ...parsed, code: parsed.code ?? code });
  } catch {
    // A proxy in between, or a server that died while answering: the text is all there is.
  }
  const text = body.trim().slice(0, 1024);
  return failure(code, REASONS[code] ?? '', text === '' ? `the server answered ${code}` : text, {
    ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
  });
}

/** Seconds of a Retry-After header; 0 when absent or not a number. */
export function retryAfterOf(headers: Readonly<Record<string, string | string[] | undefined>>): number {
  const value = headers['retry-after'];
  const seconds = Number(Array.isArray(value) ? value[0] : value);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}
