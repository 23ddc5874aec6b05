import { failure, forbidden, type Status, type StatusError } from '@gantry/machinery/status';
import type { RequestAttributes, UserInfo } from '../../request.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** A browser must not read HTML out of an error. */
const sanitize = (text: string): string => text.replace(/[&<>]/g, (char) => ESCAPES[char] ?? char);

function describe(user: UserInfo, attributes: RequestAttributes): string {
  const who = JSON.stringify(user.name);
  if (!attributes.isResourceRequest) {
    return `User ${who} cannot ${attributes.verb} path ${JSON.stringify(attributes.path)}`;
  }
  const { resource, subresource, namespace, group, verb } = attributes;
  const what = JSON.stringify(subresource === '' ? resource : `${resource}/${subresource}`);
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  return `User ${who} cannot ${verb} resource ${what} in API group ${JSON.stringify(group)} ${where}`;
}

/** Nobody could tell whether the request is allowed: its answer is plain text, as the original's. */
export class AuthorizationFault extends Error {
  override readonly name = 'AuthorizationFault';

  /** `Internal Server Error: "PATH": CAUSE` */
  textFor(uri: string): string {
    return `Internal Server Error: ${sanitize(JSON.stringify(uri))}: ${sanitize(this.message)}\n`;
  }
}

const denials = new WeakSet<Status>();

/** Whether authorization said this, and not what came after it. */
export const isDenial = (status: Status): boolean => denials.has(status);

/** The 403 that a denied request gets, worded as clients know it; `reason` may be ''. */
export function forbiddenRequest(user: UserInfo, attributes: RequestAttributes, reason: string): StatusError {
  const error = worded(user, attributes, reason);
  denials.add(error.status);
  return error;
}

function worded(user: UserInfo, attributes: RequestAttributes, reason: string): StatusError {
  const message = sanitize(describe(user, attributes)) + (reason === '' ? '' : `: ${reason}`);
  if (!attributes.isResourceRequest) return failure(403, 'Forbidden', `forbidden: ${message}`, {});
  return forbidden({ group: attributes.group, resource: attributes.resource }, attributes.name, message);
}
