import type { Plugins } from '../api-server.ts';
import { newAuditId } from '../audit/auditor.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { Impersonated } from '../auth/authentication/impersonation-modes.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';
import { type ApiRequest, headerOf, type RoutedRequest } from './api-request.ts';
import { auditSubject } from './audited.ts';
import { toStatus } from './errors.ts';
import { parseRequest } from './path.ts';
import type { Call } from './server.ts';

/** Who calls, as whom they act, and the audit trail of it. */
export class Callers {
  readonly #plugins: Plugins;

  constructor(plugins: Plugins) {
    this.#plugins = plugins;
  }

  /** Who calls, before impersonation. */
  async caller(call: Call): Promise<UserInfo> {
    const plugins = this.#plugins;
    try {
      const answer = plugins.authenticate(call.authentication);
      return answer instanceof Promise ? await answer : answer;
    } catch (error) {
      const { attributes } = parseRequest(call.method, call.path, call.query);
      const subject = plugins.auditor === undefined ? undefined : auditSubject(call, undefined, attributes);
      if (subject !== undefined) plugins.auditor?.refused(subject, toStatus(error));
      throw error;
    }
  }

  /** Who the caller acts as. */
  acting(
    call: Call,
    caller: UserInfo,
    attributes: RequestAttributes,
    audit?: AuditTrail,
  ): UserInfo | Promise<UserInfo> {
    const known = (other: Impersonated | undefined): UserInfo => {
      if (other === undefined) return caller;
      audit?.impersonated(other);
      return other.user;
    };
    const answer = this.#plugins.impersonate?.(call.authentication, caller, attributes);
    return answer instanceof Promise ? answer.then(known) : known(answer);
  }

  /** The trail of a request of our own process, which has no address. */
  ownTrail(request: ApiRequest, attributes: RequestAttributes): AuditTrail | undefined {
    const { method, path, query, headers, user } = request;
    const { auditor } = this.#plugins;
    if (auditor === undefined) return undefined;
    const search = query.toString();
    const call = {
      auditId: newAuditId(),
      method,
      path,
      query,
      url: search === '' ? path : `${path}?${search}`,
    };
    const authentication = { headers, path };
    return auditor.begin(
      auditSubject({ ...call, remoteAddress: undefined, authentication }, user, attributes),
    );
  }

  trail(call: Call, caller: UserInfo, attributes: RequestAttributes): AuditTrail | undefined {
    const { auditor } = this.#plugins;
    if (auditor === undefined) return undefined;
    const trail = auditor.begin(auditSubject(call, caller, attributes));
    const { annotations } = call.authentication;
    if (annotations !== undefined)
      for (const [key, value] of Object.entries(annotations)) trail?.annotate(key, value);
    return trail;
  }
}

/** Lets the trail follow the request, and keep its body where the policy wants it. */
export const audited = (request: RoutedRequest, audit: AuditTrail | undefined): RoutedRequest =>
  audit === undefined
    ? request
    : { ...request, audit, body: audit.keeping(request.body, headerOf(request, 'content-type')) };
