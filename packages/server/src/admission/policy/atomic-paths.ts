import { isObject } from '@gantry/machinery/json';
import type { SchemaView } from '@gantry/machinery/schema-view';

/** Paths of all values that can only be set as a whole. */
export function atomicPaths(value: unknown, view: SchemaView, path = ''): string[] {
  if (Array.isArray(value)) {
    if (view.shape !== 'list') return [];
    const own = view.listType === 'atomic' ? [path] : [];
    const { items } = view;
    if (items === undefined) return own;
    return [...own, ...value.flatMap((item, index) => atomicPaths(item, items, `${path}[${index}]`))];
  }
  if (!isObject(value) || (view.shape !== 'struct' && view.shape !== 'map')) return [];
  const own = view.atomic ? [path] : [];
  const inner = Object.entries(value).flatMap(([name, field]) => {
    const child = view.field(name);
    return child === undefined ? [] : atomicPaths(field, child, `${path}.${name}`);
  });
  return [...own, ...inner];
}
