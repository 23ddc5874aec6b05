import type { KindDefinition } from '@gantry/api/kind';
import type { AuthorizerBinding } from '@gantry/cel/port';
import type { AdmissionRequest, Authorizer, RequestAttributes, UserInfo } from '../../request.ts';
import { objectInForm } from './forms.ts';
import { requestValue } from './request-value.ts';
import { requestName, requestNamespace } from './rules.ts';

/** What `authorizer` stands for in expressions: the server's own decisions, about the user of the request. */
export const authorizerBinding = (authorizer: Authorizer, user: UserInfo): AuthorizerBinding => ({
  check(check) {
    const isResourceRequest = check.path === undefined;
    const account = check.serviceAccount;
    const subject: UserInfo =
      account === undefined
        ? user
        : {
            name: `system:serviceaccount:${account.namespace}:${account.name}`,
            groups: [
              'system:serviceaccounts',
              `system:serviceaccounts:${account.namespace}`,
              'system:authenticated',
            ],
          };
    const attributes: RequestAttributes = {
      isResourceRequest,
      verb: check.verb,
      group: check.group ?? '',
      version: isResourceRequest ? '*' : '',
      resource: check.resource ?? '',
      subresource: check.subresource ?? '',
      namespace: check.namespace ?? '',
      name: check.name ?? '',
      path: check.path ?? '',
      ...(check.fieldSelector === undefined ? {} : { fieldSelector: check.fieldSelector }),
      ...(check.labelSelector === undefined ? {} : { labelSelector: check.labelSelector }),
    };
    const { allowed, reason } = authorizer.authorize(subject, attributes);
    return { allowed, reason };
  },
});

/** What `authorizer` and `authorizer.requestResource` stand for. */
export function authorizerBindings(
  request: AdmissionRequest,
  authorizer: Authorizer,
): Record<string, unknown> {
  const binding = authorizerBinding(authorizer, request.user);
  const { group, plural } = request.kind;
  const check = {
    group,
    resource: plural,
    subresource: request.attributes.subresource,
    namespace: requestNamespace(request),
    name: requestName(request),
  };
  return { authorizer: binding, 'authorizer.requestResource': { authorizer: binding, check } };
}

/** Values of the variables of match conditions. */
export async function conditionBindings(
  request: AdmissionRequest,
  form: KindDefinition,
  authorizer: Authorizer | undefined,
): Promise<Record<string, unknown>> {
  return {
    object: (await objectInForm(request, request.object, form)) ?? null,
    oldObject: (await objectInForm(request, request.oldObject, form)) ?? null,
    request: requestValue(request, form),
    namespaceObject: null,
    ...(authorizer === undefined ? {} : authorizerBindings(request, authorizer)),
  };
}
