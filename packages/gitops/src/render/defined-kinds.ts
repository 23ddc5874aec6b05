import { getOwn, isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import type { KindFinder, ServedKind } from './kinds.ts';

const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

const text = (value: unknown, key: string): string => {
  const found = isObject(value) ? getOwn(value, key) : undefined;
  return typeof found === 'string' ? found : '';
};

/** The kinds that the server serves, and those that definitions among these objects will bring. */
export function withDefinedKinds(kinds: KindFinder, objects: readonly AnyObject[]): KindFinder {
  const defined = new Map<string, ServedKind>();
  for (const object of objects) {
    if (object.kind !== 'CustomResourceDefinition') continue;
    if (!object.apiVersion.startsWith('apiextensions.k8s.io/')) continue;
    for (const served of kindsOf(object))
      defined.set(`${served.group}/${served.version}/${served.kind}`, served);
  }
  if (defined.size === 0) return kinds;
  // A set is planned with the definitions that it brings, so that these win over what is served now.
  return {
    find: async (apiVersion, kind) => defined.get(`${apiVersion}/${kind}`) ?? kinds.find(apiVersion, kind),
  };
}

/** Of each version that is served. What is no valid definition the server refuses. */
function kindsOf({ spec }: AnyObject): ServedKind[] {
  if (!isObject(spec) || !Array.isArray(spec.versions)) return [];
  const [group, kind, plural] = [text(spec, 'group'), text(spec.names, 'kind'), text(spec.names, 'plural')];
  const namespaced = spec.scope === 'Namespaced';
  return spec.versions
    .filter((version: unknown) => isObject(version) && version.served === true)
    .map((version: unknown) => ({
      ...{ group, version: text(version, 'name'), kind, plural, namespaced },
      verbs: VERBS,
    }));
}
