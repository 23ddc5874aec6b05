import type { AuditTrail } from '../audit/trail.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';

/** A request after authentication, whatever brought it: TLS, tRPC, a test. */
export interface ApiRequest {
  readonly method: string;
  /** The path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly user: UserInfo;
  /** Absent when nothing of the request is recorded. */
  readonly audit?: AuditTrail | undefined;
  /** Reads the whole body; throws RequestEntityTooLarge. */
  body(): Promise<Buffer>;
}

/** After routing: what the request is about, and what follows a subresource in the path. */
export interface RoutedRequest extends ApiRequest {
  readonly attributes: RequestAttributes;
  readonly rest: string;
}

export const headerOf = (request: Pick<ApiRequest, 'headers'>, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};
