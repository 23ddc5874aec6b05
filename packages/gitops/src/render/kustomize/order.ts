import {
  compareText,
  DEFAULT_ORDER,
  formatId,
  type KindOrder,
  type ObjectId,
  rankOf,
  sameGvk,
  sortText,
} from './gvk.ts';
import type { Kustomization } from './kustomization.ts';
import { StepError } from './problem.ts';
import type { ResourceSet } from './resource-set.ts';

/** The order in which kubectl prints: by kind as is good for creating, unless sortOptions says otherwise. */
export function sortResources(set: ResourceSet, options: Kustomization['sortOptions']): void {
  const order = options?.order ?? (options === undefined ? 'legacy' : '');
  if (order !== 'legacy' && order !== 'fifo')
    throw new StepError(`Invalid value: ${JSON.stringify(order)}: sortOptions.order must be legacy or fifo`);
  const own = options?.legacySortOptions;
  if (order === 'fifo') {
    if (own !== undefined) throw new StepError('sortOptions.legacySortOptions is set, but the order is fifo');
    return;
  }
  const kinds: KindOrder =
    own === undefined ? DEFAULT_ORDER : { first: own.orderFirst ?? [], last: own.orderLast ?? [] };
  const keyed = set.list.map((resource) => ({ resource, id: resource.id }));
  keyed.sort((a, b) => compare(a.id, b.id, kinds));
  set.replaceAll(keyed.map(({ resource }) => resource));
}

function compare(a: ObjectId, b: ObjectId, kinds: KindOrder): number {
  if (sameGvk(a, b)) return compareText(idText(a), idText(b));
  const rank = rankOf(a.kind, kinds) - rankOf(b.kind, kinds);
  if (rank !== 0) return rank;
  const order = compareText(sortText(a), sortText(b));
  return a.kind === 'Namespace' && b.kind === 'Namespace' && (a.group === '' || b.group === '')
    ? -order
    : order;
}

const idText = (id: ObjectId): string => {
  const [gvk = ''] = formatId(id).split('/');
  return [gvk, id.namespace || '~X', id.name || '~N'].join('|');
};
