import { allocate } from './allocation.ts';
import { fairFraction, levelGauges } from './metrics.ts';
import type { PriorityLevel } from './priority-level.ts';

/** So smoothed demand falls to a half in five minutes. */
const SMOOTHING = 0.977;
/** Share of a level's seats that one request may take. */
const MOST_PER_REQUEST = 0.15;

interface Seats {
  readonly level: PriorityLevel;
  nominal: number;
  lower: number;
  upper: number;
  smoothed: number;
  highest: number;
  target: number;
  /** Most seats that one request may take; 0: no bound. */
  perRequest: number;
}

/** Shares the server's seats out among the priority levels, and moves what some don't use to others. */
export class LevelSeats {
  readonly #total: number;
  #all = new Map<PriorityLevel, Seats>();

  constructor(total: number) {
    this.#total = total;
  }

  perRequest(level: PriorityLevel): number {
    return this.#all.get(level)?.perRequest ?? 0;
  }

  /** The levels have changed: every one gets its nominal seats, and what it used is remembered. */
  configure(levels: Iterable<PriorityLevel>, now: number): void {
    const list = [...levels];
    const shares = list.reduce((sum, { config }) => sum + config.shares, 0);
    const next = new Map<PriorityLevel, Seats>();
    for (const level of list) {
      const { shares: own, lendablePercent, borrowingLimitPercent, queuing } = level.config;
      const nominal = shares === 0 ? 0 : Math.ceil((this.#total * own) / shares);
      const lendable = Math.round((nominal * lendablePercent) / 100);
      const borrowing =
        borrowingLimitPercent === undefined
          ? this.#total
          : Math.round((nominal * borrowingLimitPercent) / 100);
      const known = this.#all.get(level);
      if (known === undefined) level.limit = nominal - lendable / 2;
      const perRequest =
        queuing === undefined
          ? 0
          : Math.max(
              1,
              Math.min(Math.ceil(nominal * MOST_PER_REQUEST), Math.floor(nominal / queuing.handSize)),
            );
      const seats = {
        level,
        nominal,
        lower: nominal - lendable,
        upper: nominal + borrowing,
        smoothed: known?.smoothed ?? 0,
        highest: known?.highest ?? 0,
        target: 0,
        perRequest,
      };
      next.set(level, seats);
      levelGauges.nominal.with(level.name).set(seats.nominal);
      levelGauges.lower.with(level.name).set(seats.lower);
      levelGauges.upper.with(level.name).set(seats.upper);
    }
    this.#all = next;
    this.rebalance(now);
  }

  /** Limits follow the demand since the last time, between what a level keeps and what it may borrow. */
  rebalance(now: number): void {
    const all = [...this.#all.values()];
    const nominal = all.reduce((sum, seats) => sum + seats.nominal, 0);
    for (const seats of all) observe(seats, now);
    const exempt = all.filter(({ level }) => level.config.exempt);
    const limited = all.filter(({ level }) => !level.config.exempt);
    let remaining = nominal;
    for (const seats of exempt) {
      seats.level.limit = Math.max(seats.lower, seats.highest);
      remaining -= seats.level.limit;
    }
    const kept = limited.map(floorOf);
    const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
    const lowest = sumOf(limited.map(({ lower }) => lower));
    const wanted = sumOf(kept);
    if (remaining <= wanted) {
      fairFraction.set(0);
      const part = remaining <= lowest ? 0 : (remaining - lowest) / (wanted - lowest);
      limited.forEach((seats, index) => {
        seats.level.limit = seats.lower + Math.round(((kept[index] ?? 0) - seats.lower) * part);
      });
    } else {
      const claimants = limited.map((seats, index) => {
        seats.target = Math.max(kept[index] ?? 0, seats.smoothed);
        return { target: seats.target, lower: kept[index] ?? 0, upper: seats.upper };
      });
      const shared = allocate(nominal, claimants);
      fairFraction.set(shared?.fairShare ?? 0);
      limited.forEach(({ level }, index) => {
        level.limit = Math.round(shared?.seats[index] ?? level.limit);
      });
    }
    for (const { level, target } of all) {
      levelGauges.current.with(level.name).set(level.limit);
      levelGauges.target.with(level.name).set(target);
      level.show();
    }
  }
}

/** What a level that lends keeps: what it has used lately, up to what is its own. */
const floorOf = ({ lower, nominal, highest }: Seats): number => Math.max(lower, Math.min(nominal, highest));

function observe(seats: Seats, now: number): void {
  const { seconds, average, deviation, highest } = seats.level.demand.take(now);
  const { name } = seats.level;
  seats.highest = Math.round(highest);
  levelGauges.highWatermark.with(name).set(seats.highest);
  if (seconds <= 0) return;
  const envelope = average + deviation;
  seats.smoothed = Math.max(envelope, SMOOTHING * seats.smoothed + (1 - SMOOTHING) * envelope);
  levelGauges.average.with(name).set(average);
  levelGauges.deviation.with(name).set(deviation);
  levelGauges.smoothed.with(name).set(seats.smoothed);
}
