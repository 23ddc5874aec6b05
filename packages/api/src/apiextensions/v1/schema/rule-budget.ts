/** Units that all rules of one object may cost together. */
const PER_OBJECT = 10_000_000;

/** What rules of one object may still cost. */
export class RuleBudget {
  remaining = PER_OBJECT;

  get isSpent(): boolean {
    return this.remaining < 0;
  }
}
