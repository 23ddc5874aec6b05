/** What one priority level may get of the seats that are shared out. */
export interface Claimant {
  /** At least `lower`. */
  readonly target: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Allocation {
  /** In the order of the claimants; sums to what was shared out. */
  readonly seats: readonly number[];
  /** The share of its target that each claimant gets whom no bound stops. */
  readonly fairShare: number;
}

/** Targets below count as this, so that a level without demand still has a proportion. */
const MIN_TARGET = 0.001;
const EPSILON = 1e-7;
const HALVINGS = 200;

const clamp = (value: number, lower: number, upper: number): number =>
  Math.max(lower, Math.min(upper, value));

/**
 * Shares `total` out in proportion to the targets, within each claimant's bounds. Undefined when the bounds leave no
 * way: their sums don't enclose the total, or a target lies below its lower bound.
 */
export function allocate(total: number, claimants: readonly Claimant[]): Allocation | undefined {
  if (claimants.some(({ target, lower, upper }) => lower < 0 || target < lower || upper < lower))
    return undefined;
  const sum = (pick: (one: Claimant) => number): number => claimants.reduce((all, one) => all + pick(one), 0);
  if (sum(({ lower }) => lower) - total > EPSILON || total - sum(({ upper }) => upper) > EPSILON)
    return undefined;
  const at = (share: number): number[] =>
    claimants.map(({ target, lower, upper }) => clamp(share * Math.max(target, MIN_TARGET), lower, upper));
  const given = (share: number): number => at(share).reduce((all, one) => all + one, 0);
  // What is given grows with the share, from all lower bounds up to all upper ones: the share lies in between.
  let low = 0;
  let high = 1;
  while (given(high) < total - EPSILON && high < Number.MAX_SAFE_INTEGER) high *= 2;
  for (let halving = 0; halving < HALVINGS && high - low > Number.EPSILON * high; halving++) {
    const middle = (low + high) / 2;
    if (given(middle) < total) low = middle;
    else high = middle;
  }
  return { seats: at(high), fairShare: high };
}
