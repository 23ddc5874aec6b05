/**
 * What an evaluation does that the cost model does not count: it takes copying a list, comparing large values or looking
 * at a long text for one unit. The server does nothing else meanwhile, so this has a limit as well.
 */
const MAX_WORK = 20_000_000;

let left = Number.POSITIVE_INFINITY;
let depth = 0;

/** Nothing absorbs it. */
export class CostExceeded {
  readonly message = 'operation cancelled: actual cost limit exceeded';
}

/** Counts steps; one is about what reading a character takes. Throws CostExceeded. */
export function work(steps: number): void {
  left -= steps;
  if (left < 0) {
    throw new CostExceeded();
  }
}

/** Comparing or copying an item takes longer than reading a character. */
const STEPS_PER_ITEM = 5;

export function workOnItems(items: number): void {
  work(items * STEPS_PER_ITEM);
}

/** An evaluation, with those that it starts itself, may do so much. */
export function withWorkLimit<T>(evaluate: () => T): T {
  if (depth === 0) {
    left = MAX_WORK;
  }
  depth++;
  try {
    return evaluate();
  } finally {
    depth--;
    if (depth === 0) {
      // What is done outside of evaluations is not counted.
      left = Number.POSITIVE_INFINITY;
    }
  }
}
