import type { ApplySetReference } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import type { SourceObject } from '../render/source-object.ts';

export interface ApplyItem {
  readonly object: AnyObject;
  /** Absent: it isn't from the commit. */
  readonly source?: SourceObject;
  /** Only looked at by a dry run; its result is nobody's concern. */
  readonly isBeside?: boolean;
}

export interface Transaction {
  readonly apply: readonly ApplyItem[];
  readonly prune: readonly ApplySetReference[];
}

/** The server stores so many in one transaction. */
const OBJECTS_MAX = 2_000;
/**
 * What can't be stored at once anyway is stored in parts, between which other writers need not wait: a transaction takes
 * some 0.15 ms an object, and little more than that of its own.
 */
const PART_MAX = 125;
/** The server takes sets of 16 MiB. */
const BYTES_MAX = 14 << 20;

/** What the others of a set may need, before them. */
const FIRST = ['CustomResourceDefinition', 'Namespace'];

const rank = ({ object }: ApplyItem): number => {
  const at = FIRST.indexOf(object.kind);
  return at < 0 ? FIRST.length : at;
};

/**
 * Splits what has to be stored into transactions that the server takes: one, as long as it fits. Definitions and
 * namespaces go first, deletions last, the rest in its order.
 */
export function transactionsOf(
  items: readonly ApplyItem[],
  prune: readonly ApplySetReference[],
): readonly Transaction[] {
  const bytes = items.map(({ object }) => Buffer.byteLength(JSON.stringify(object)));
  const total = bytes.reduce((sum, size) => sum + size, 0);
  if (items.length + prune.length <= OBJECTS_MAX && total <= BYTES_MAX) return [{ apply: items, prune }];
  const sizes = new Map(items.map((item, index) => [item, bytes[index] ?? 0]));
  const transactions: { apply: ApplyItem[]; prune: ApplySetReference[] }[] = [];
  let size = 0;
  let last = open();
  function open() {
    const one = { apply: [], prune: [] } as { apply: ApplyItem[]; prune: ApplySetReference[] };
    transactions.push(one);
    size = 0;
    return one;
  }
  for (const item of items.toSorted((a, b) => rank(a) - rank(b))) {
    const more = sizes.get(item) ?? 0;
    if (last.apply.length >= PART_MAX || (last.apply.length > 0 && size + more > BYTES_MAX)) last = open();
    last.apply.push(item);
    size += more;
  }
  for (const reference of prune) {
    if (last.apply.length + last.prune.length >= PART_MAX) last = open();
    last.prune.push(reference);
  }
  return transactions;
}
