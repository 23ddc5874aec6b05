import type { KindDefinition } from '../kind.ts';

/** One HTTP operation of the API, before it is written in the dialect of OpenAPI 2 or 3. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';
  readonly path: string;
  /** `x-kubernetes-action`. */
  readonly action: 'list' | 'get' | 'post' | 'put' | 'patch' | 'delete' | 'deletecollection' | 'connect';
  readonly kind: KindDefinition;
  readonly subresource: string;
  /** Group, version and kind of the body. */
  readonly speaks: { readonly group: string; readonly version: string; readonly kind: string };
  readonly allNamespaces: boolean;
}

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const PROXY_METHODS = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'] as const;

const COLLECTION = [
  ['deletecollection', 'delete', 'deletecollection'],
  ['list', 'get', 'list'],
  ['create', 'post', 'post'],
] as const;
const ITEM = [
  ['delete', 'delete', 'delete'],
  ['get', 'get', 'get'],
  ['patch', 'patch', 'patch'],
  ['update', 'put', 'put'],
] as const;

/** Path of a group and version: `/api/v1`, `/apis/apps/v1`. */
export const groupVersionPath = (group: string, version: string): string =>
  group === '' ? `/api/${version}` : `/apis/${group}/${version}`;

/** Every operation on a kind and its subresources. */
export function operationsOf(kind: KindDefinition): Operation[] {
  const root = groupVersionPath(kind.group, kind.version);
  const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`;
  const verbs = kind.verbs ?? ALL_VERBS;
  const base = { kind, subresource: '', speaks: kind, allNamespaces: false };
  const operations: Operation[] = [];
  for (const [verb, method, action] of COLLECTION)
    if (verbs.includes(verb)) operations.push({ ...base, method, action, path: collection });
  for (const [verb, method, action] of ITEM)
    if (verbs.includes(verb)) operations.push({ ...base, method, action, path: `${collection}/{name}` });
  if (kind.namespaced && verbs.includes('list'))
    operations.push({
      ...base,
      method: 'get',
      action: 'list',
      path: `${root}/${kind.plural}`,
      allNamespaces: true,
    });
  return operations.concat(subresourceOperations(kind, `${collection}/{name}`));
}

function subresourceOperations(kind: KindDefinition, item: string): Operation[] {
  const { status, scale, others } = kind.subresources ?? {};
  const lines: [name: string, verbs: readonly string[], speaks: Operation['speaks']][] = [];
  if (status === true) lines.push(['status', ['get', 'patch', 'update'], kind]);
  if (scale !== undefined)
    lines.push(['scale', ['get', 'patch', 'update'], { group: 'autoscaling', version: 'v1', kind: 'Scale' }]);
  for (const [name, other] of Object.entries(others ?? {}))
    lines.push([
      name,
      other.verbs,
      { group: other.group ?? kind.group, version: other.version ?? kind.version, kind: other.kind },
    ]);
  return lines.flatMap(([subresource, verbs, speaks]) => {
    const base = { kind, subresource, speaks, allNamespaces: false };
    const path = `${item}/${subresource}`;
    if (speaks.kind.endsWith('Options')) return connections(base, path, verbs);
    const operations: Operation[] = ITEM.flatMap(([verb, method, action]) =>
      verbs.includes(verb) ? [{ ...base, method, action, path }] : [],
    );
    if (verbs.includes('create')) operations.push({ ...base, method: 'post', action: 'post', path });
    return operations;
  });
}

function connections(
  base: Omit<Operation, 'method' | 'action' | 'path'>,
  path: string,
  verbs: readonly string[],
): Operation[] {
  const connect = (method: Operation['method'], at: string): Operation => ({
    ...base,
    method,
    action: 'connect',
    path: at,
  });
  if (base.subresource === 'proxy')
    return PROXY_METHODS.flatMap((method) => [connect(method, path), connect(method, `${path}/{path}`)]);
  return [
    ...(verbs.includes('get') ? [connect('get', path)] : []),
    ...(verbs.includes('create') ? [connect('post', path)] : []),
  ];
}

/** `core`, `apps`, `rbacAuthorization`: how tags and operation ids speak of a group. */
export const groupName = (group: string): string => {
  const [first = '', ...rest] = group.replace(/\.k8s\.io$/, '').split('.');
  return group === '' ? 'core' : first + rest.map(camel).join('');
};

const camel = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `listAppsV1NamespacedDeployment`: unique, and as clients' generators know it. */
export function operationId({ action, kind, subresource, allNamespaces, method, path }: Operation): string {
  const group = camel(groupName(kind.group));
  const scope = kind.namespaced && !allNamespaces ? 'Namespaced' : '';
  const [verb, of] = ID_PARTS[action](camel(method));
  const tail = `${camel(subresource)}${path.endsWith('{path}') ? 'WithPath' : ''}`;
  return `${verb}${group}${camel(kind.version)}${of}${scope}${kind.kind}${tail}${allNamespaces ? 'ForAllNamespaces' : ''}`;
}

const ID_PARTS: Readonly<
  Record<Operation['action'], (method: string) => readonly [verb: string, of: string]>
> = {
  list: () => ['list', ''],
  get: () => ['read', ''],
  post: () => ['create', ''],
  put: () => ['replace', ''],
  patch: () => ['patch', ''],
  delete: () => ['delete', ''],
  deletecollection: () => ['delete', 'Collection'],
  connect: (method) => ['connect', method],
};
