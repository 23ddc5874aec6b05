/** Addresses of pages. The core group is `core` and no namespace is `_`, as a URL has no empty segments. */

export interface ResourceRef {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

export interface ObjectRef {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
}

const CORE = 'core';
const NO_NAMESPACE = '_';
export const APPLICATIONS: ResourceRef = {
  group: 'gitops.gantry.dev',
  version: 'v1alpha1',
  plural: 'applications',
};
export const REPOSITORIES: ResourceRef = { ...APPLICATIONS, plural: 'repositories' };

export const listHref = ({ group, version, plural }: ResourceRef): string =>
  `/resources/${group === '' ? CORE : encodeURIComponent(group)}/${encodeURIComponent(version)}/${encodeURIComponent(plural)}`;

export function objectHref({ resource, namespace, name }: ObjectRef, tab = ''): string {
  const query = tab === '' ? '' : `?tab=${tab}`;
  if (resource.group === APPLICATIONS.group && resource.plural === APPLICATIONS.plural)
    return `/applications/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}${query}`;
  const place = namespace === '' ? NO_NAMESPACE : encodeURIComponent(namespace);
  return `${listHref(resource)}/${place}/${encodeURIComponent(name)}${query}`;
}

const decode = (value: unknown): string => decodeURIComponent(String(value ?? ''));

/** The resource that route parameters name. */
export function resourceOf(params: Readonly<Record<string, unknown>>): ResourceRef {
  const group = decode(params.group);
  return {
    group: group === CORE ? '' : group,
    version: decode(params.version),
    plural: decode(params.plural),
  };
}

export function objectOf(params: Readonly<Record<string, unknown>>): ObjectRef {
  const namespace = decode(params.namespace);
  return {
    resource: resourceOf(params),
    namespace: namespace === NO_NAMESPACE ? '' : namespace,
    name: decode(params.name),
  };
}

/** `deployments.apps`, as RBAC and kubectl write it. */
export const qualified = ({ group, plural }: ResourceRef): string =>
  group === '' ? plural : `${plural}.${group}`;

/** Plural of a kind with its capitals: `NetworkPolicies` of `NetworkPolicy` and `networkpolicies`. */
export function pluralKind(kind: string, plural: string): string {
  let common = 0;
  while (common < kind.length && kind[common]?.toLowerCase() === plural[common]) common += 1;
  return kind.slice(0, common) + plural.slice(common);
}

/** Key of a resource in maps and caches. */
export const resourceKey = ({ group, version, plural }: ResourceRef): string =>
  `${group}/${version}/${plural}`;
