import { collectionPath } from '../paths.ts';
import type { Resource } from '../port.ts';
import * as known from '../resources.ts';

const resources: readonly Resource[] = Object.values(known);

/** The answer to a request for aggregated discovery, or undefined when the path is none. */
export function discovery(path: string): unknown {
  if (path !== '/api' && path !== '/apis') return undefined;
  const groups = new Map<string, Map<string, Resource[]>>();
  for (const resource of resources) {
    if ((resource.group === '') !== (path === '/api')) continue;
    const versions = groups.get(resource.group) ?? new Map<string, Resource[]>();
    groups.set(resource.group, versions);
    versions.set(resource.version, [...(versions.get(resource.version) ?? []), resource]);
  }
  return {
    items: [...groups].map(([name, versions]) => ({
      metadata: { name },
      versions: [...versions].map(([version, listed]) => ({
        version,
        resources: listed.map(({ plural, kind, namespaced }) => ({
          resource: plural,
          responseKind: { kind },
          scope: namespaced ? 'Namespaced' : 'Cluster',
          verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        })),
      })),
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
