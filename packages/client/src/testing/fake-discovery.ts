import { collectionPath } from '../paths.ts';
import type { Resource } from '../port.ts';
import * as known from '../resources.ts';

const resources: readonly Resource[] = Object.values(known);
const groupVersionOf = ({ group, version }: Resource): string =>
  group === '' ? version : `${group}/${version}`;

/** The answer to a discovery request, or undefined when the path is none. */
export function discovery(path: string): unknown {
  const groups = [...new Set(resources.map(groupVersionOf))];
  if (path === '/apis')
    return {
      groups: groups
        .filter((groupVersion) => groupVersion !== 'v1')
        .map((groupVersion) => ({ name: groupVersion.split('/')[0], versions: [{ groupVersion }] })),
    };
  const groupVersion = /^\/api\/(v1)$/.exec(path)?.[1] ?? /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1];
  if (groupVersion === undefined) return undefined;
  return {
    resources: resources
      .filter((resource) => groupVersionOf(resource) === groupVersion)
      .map(({ plural, kind, namespaced }) => ({
        name: plural,
        kind,
        namespaced,
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      })),
  };
}

/** The resource, namespace and (perhaps) name that a path leads to. */
export function targetOf(
  path: string,
): { readonly resource: Resource; readonly namespace: string; readonly name: string } | undefined {
  const namespace = /\/namespaces\/([^/]+)\/[^/]+/.exec(path)?.[1] ?? '';
  for (const resource of resources) {
    const collection = collectionPath(resource, resource.namespaced ? namespace : '');
    if (path === collection) return { resource, namespace, name: '' };
    const name = path.startsWith(`${collection}/`) ? path.slice(collection.length + 1) : '';
    if (name !== '' && !name.includes('/')) return { resource, namespace, name };
  }
  return undefined;
}
