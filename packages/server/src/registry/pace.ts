import { setImmediate } from 'node:timers/promises';

/** Work that takes longer gives way to other requests. */
const SLICE_MS = 4;
/** Steps between looks at the clock. */
const STEPS = 32;

/** Lets a long loop give way every few milliseconds: `const rest = pace.step(); if (rest !== undefined) await rest;`. */
export class Pace {
  readonly #every: number;
  #steps = 0;
  #began = performance.now();

  /** `every`: steps between looks at the clock; fewer for long ones. */
  constructor(every = STEPS) {
    this.#every = every;
  }

  /** Undefined most of the time: go on. */
  step(): Promise<void> | undefined {
    if (++this.#steps % this.#every !== 0 || performance.now() - this.#began < SLICE_MS) return undefined;
    return this.#rest();
  }

  async #rest(): Promise<void> {
    await setImmediate();
    this.#began = performance.now();
  }
}
