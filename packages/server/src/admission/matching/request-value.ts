import type { KindDefinition } from '@gantry/api/kind';
import type { AdmissionRequest, UserInfo } from '../../request.ts';
import { requestName, requestNamespace } from './rules.ts';

interface KindNames {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The kind of the object that a request to a kind or to one of its subresources carries. */
export function objectKindOf(kind: KindDefinition, subresource: string): KindNames {
  if (subresource === 'scale' && kind.subresources?.scale !== undefined)
    return { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  const other = kind.subresources?.others?.[subresource];
  return {
    group: other?.group ?? kind.group,
    version: other?.version ?? kind.version,
    kind: other?.kind ?? kind.kind,
  };
}

const resourceOf = ({ group, version, plural }: KindDefinition) => ({ group, version, resource: plural });

const userInfoOf = ({ name, uid, groups, extra }: UserInfo) => ({
  username: name,
  ...(uid === undefined || uid === '' ? {} : { uid }),
  ...(groups.length === 0 ? {} : { groups }),
  ...(extra === undefined || Object.keys(extra).length === 0 ? {} : { extra }),
});

/**
 * What webhooks and expressions get to know of a request besides its objects, as JSON. `form` is the kind as which it
 * was matched. https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#request
 */
export function requestValue(request: AdmissionRequest, form: KindDefinition): Record<string, unknown> {
  const { kind, attributes, operation, dryRun, options } = request;
  const { subresource } = attributes;
  const sub = (key: string) => (subresource === '' ? {} : { [key]: subresource });
  const name = requestName(request);
  const namespace = requestNamespace(request);
  return {
    kind: objectKindOf(form, subresource),
    resource: resourceOf(form),
    ...sub('subResource'),
    requestKind: objectKindOf(kind, subresource),
    requestResource: resourceOf(kind),
    ...sub('requestSubResource'),
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
    operation,
    userInfo: userInfoOf(request.user),
    dryRun,
    options: Object.keys(options).length === 0 ? null : options,
  };
}
