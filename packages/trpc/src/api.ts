import type { AnyObject } from '@gantry/machinery/object';
import type { Status } from '@gantry/machinery/status';
import type { ApiAnswer, ApiRequest, Dispatch } from './port.ts';

/** The server said no. */
export class ApiError extends Error {
  readonly status: Status;
  constructor(status: Status) {
    super(status.message ?? status.reason ?? `the server answered ${status.code}`);
    this.name = 'ApiError';
    this.status = status;
  }
}

export const TABLE_ACCEPT = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const FIELD_MANAGER = 'gantry-console';

export function statusOf(answer: ApiAnswer): Status {
  try {
    return JSON.parse(answer.body.toString()) as Status;
  } catch {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: answer.body.toString().slice(0, 500),
      code: answer.status,
    };
  }
}

/** The JSON of a good answer. Throws ApiError. */
export async function callJson<T>(dispatch: Dispatch, request: ApiRequest): Promise<T> {
  const answer = await dispatch(request);
  if (answer.status >= 400) throw new ApiError(statusOf(answer));
  return JSON.parse(answer.body.toString()) as T;
}

export interface WriteAnswer {
  readonly object: AnyObject;
  readonly warnings: readonly string[];
}

/** A write as the console makes it: strict, under the console's field manager. Throws ApiError. */
export async function write(
  dispatch: Dispatch,
  request: { method: string; path: string; body: unknown; contentType?: string; dryRun?: boolean },
): Promise<WriteAnswer> {
  const { method, path, body, contentType = 'application/json', dryRun = false } = request;
  const answer = await dispatch({
    method,
    path,
    body,
    headers: { 'content-type': contentType },
    query: {
      fieldManager: FIELD_MANAGER,
      fieldValidation: 'Strict',
      ...(dryRun ? { dryRun: 'All' } : {}),
    },
  });
  if (answer.status >= 400) throw new ApiError(statusOf(answer));
  return { object: JSON.parse(answer.body.toString()) as AnyObject, warnings: warningsOf(answer) };
}

/** Texts of `Warning: 299 - "…"` headers. */
function warningsOf(answer: ApiAnswer): string[] {
  const header = answer.headers.warning ?? answer.headers.Warning ?? [];
  return [header].flat().map((line) => {
    const quoted = /"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
    return quoted === undefined ? line : quoted.replaceAll(/\\(.)/g, '$1');
  });
}
