import { failure, internal, type Status, StatusError } from '@gantry/machinery/status';
import type { GroupResource } from '@gantry/machinery/status';
import type { RequestAttributes, UserInfo } from '../request.ts';

/** What the client is told of any failure. What is not a StatusError is a fault of ours. */
export function toStatus(error: unknown): Status {
  if (error instanceof StatusError) return error.status;
  if (error instanceof URIError) return failure(400, 'BadRequest', 'the path holds a malformed escape').status;
  return internal(error instanceof Error ? error.message : String(error)).status;
}

const quoted = (text: string): string => JSON.stringify(text);

/** 403 as the original words it, with the reason that the authorizer gave. */
export function accessDenied(user: UserInfo, attributes: RequestAttributes, reason: string): StatusError {
  const suffix = reason === '' ? '' : `: ${reason}`;
  if (!attributes.isResourceRequest)
    return failure(
      403,
      'Forbidden',
      `forbidden: User ${quoted(user.name)} cannot ${attributes.verb} path ${quoted(attributes.path)}${suffix}`,
      {},
    );
  const { group, resource, subresource, namespace, name, verb } = attributes;
  const full = subresource === '' ? resource : `${resource}/${subresource}`;
  const scope = namespace === '' ? 'at the cluster scope' : `in the namespace ${quoted(namespace)}`;
  const qualifiedName = group === '' ? resource : `${resource}.${group}`;
  const subject = name === '' ? qualifiedName : `${qualifiedName} ${quoted(name)}`;
  return failure(
    403,
    'Forbidden',
    `${subject} is forbidden: User ${quoted(user.name)} cannot ${verb} resource ${quoted(full)} in API group ${quoted(group)} ${scope}${suffix}`,
    { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource },
  );
}

export const resourceUnknown = (): StatusError =>
  failure(404, 'NotFound', 'the server could not find the requested resource', {});

export const verbNotAllowed = (gr: GroupResource, verb: string): StatusError =>
  failure(405, 'MethodNotAllowed', `the server does not allow this method on the requested resource`, {
    ...(gr.group === '' ? {} : { group: gr.group }),
    kind: gr.resource,
    causes: [{ reason: 'UnexpectedServerResponse', message: `${verb} is not supported` }],
  });
