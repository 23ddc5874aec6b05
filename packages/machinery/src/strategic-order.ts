import { isObject } from './json.ts';

export type Order = readonly unknown[];

/** What tells items apart: the value of the merge key, or the item itself for scalars. */
function identity(item: unknown, mergeKey: string): unknown {
  return mergeKey !== '' && isObject(item) ? item[mergeKey] : item;
}

function ranks(order: Order, mergeKey: string): Map<unknown, number> {
  const rank = new Map<unknown, number>();
  order.forEach((item, i) => {
    const id = identity(item, mergeKey);
    if (!rank.has(id)) rank.set(id, i);
  });
  return rank;
}

/** Items that occur in `order`, and the rest. */
export function partition(
  list: readonly unknown[],
  order: Order,
  mergeKey: string,
): { present: unknown[]; rest: unknown[] } {
  const rank = ranks(order, mergeKey);
  const present: unknown[] = [];
  const rest: unknown[] = [];
  for (const item of list) (rank.has(identity(item, mergeKey)) ? present : rest).push(item);
  return { present, rest };
}

function sortedBy(list: readonly unknown[], rank: ReadonlyMap<unknown, number>, mergeKey: string): unknown[] {
  const at = (item: unknown): number => rank.get(identity(item, mergeKey)) ?? -1;
  return [...list].sort((a, b) => at(a) - at(b));
}

/**
 * One list of the items that a patch names and those that only the server has: each kind keeps its own order
 * (`patchOrder`, `serverOrder`), and a server's item goes before a patch's item that stood behind it.
 */
export function normaliseOrder(
  patchItems: readonly unknown[],
  serverItems: readonly unknown[],
  patchOrder: Order,
  serverOrder: Order,
  mergeKey: string,
): unknown[] {
  const serverRank = ranks(serverOrder, mergeKey);
  const left = sortedBy(serverItems, serverRank, mergeKey);
  const right = sortedBy(patchItems, ranks(patchOrder, mergeKey), mergeKey);
  const out: unknown[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const a = serverRank.get(identity(left[l], mergeKey));
    const b = serverRank.get(identity(right[r], mergeKey));
    if (a !== undefined && b !== undefined && a < b) out.push(left[l++]);
    else out.push(right[r++]);
  }
  return [...out, ...left.slice(l), ...right.slice(r)];
}
