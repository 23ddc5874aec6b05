import { AuthorizationFault } from '../auth/authorization/denial.ts';
import { toStatus } from './errors.ts';
import { type ApiResponse, statusResponse, textResponse } from './response.ts';

/** What a failed request is answered. `uri`: its path and query. */
export function failureResponse(
  error: unknown,
  uri: () => string,
  request?: Parameters<typeof statusResponse>[1],
): ApiResponse {
  if (error instanceof AuthorizationFault) return textResponse(500, error.textFor(uri()));
  return statusResponse(toStatus(error), request);
}
