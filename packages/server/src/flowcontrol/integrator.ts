export interface Demand {
  readonly seconds: number;
  readonly average: number;
  readonly deviation: number;
  readonly highest: number;
}

/** Average, deviation and peak of a value over time, weighted by how long it held. Times in milliseconds. */
export class Integrator {
  #since: number;
  #last: number;
  #value = 0;
  #sum = 0;
  #squares = 0;
  #highest = 0;

  constructor(now: number) {
    this.#since = now;
    this.#last = now;
  }

  set(value: number, now: number): void {
    this.#advance(now);
    this.#value = value;
    if (value > this.#highest) this.#highest = value;
  }

  /** What was since the last call, and a new beginning. */
  take(now: number): Demand {
    this.#advance(now);
    const elapsed = now - this.#since;
    const average = elapsed > 0 ? this.#sum / elapsed : 0;
    const variance = elapsed > 0 ? this.#squares / elapsed - average * average : 0;
    const demand = {
      seconds: elapsed / 1000,
      average,
      deviation: Math.sqrt(Math.max(0, variance)),
      highest: this.#highest,
    };
    this.#since = now;
    this.#sum = 0;
    this.#squares = 0;
    this.#highest = this.#value;
    return demand;
  }

  #advance(now: number): void {
    const elapsed = now - this.#last;
    this.#last = now;
    this.#sum += this.#value * elapsed;
    this.#squares += this.#value * this.#value * elapsed;
  }
}
