import { getOrMake } from '../cache/get-or-make.ts';
import type { SharedLocks } from './shared-locks.ts';

/** What plugins hold for one attempt of a write, and give back when it is over, stored or not. */
export class Releases {
  readonly #locks: SharedLocks | undefined;
  #held: Map<string, Promise<void>> | undefined;
  #all: (() => void)[] | undefined;

  /** Without locks nobody else writes. */
  constructor(locks?: SharedLocks) {
    this.#locks = locks;
  }

  /**
   * Keeps other servers' writes of the same name out until this one is over, and waits until all that they wrote is
   * known. Undefined: there are no others.
   */
  exclusive(name: string): Promise<void> | undefined {
    if (this.#locks === undefined) return undefined;
    this.#held ??= new Map();
    return getOrMake(this.#held, name, async () => {
      const release = await this.#locks?.hold(name);
      if (release !== undefined) this.add(release);
    });
  }

  add(release: () => void): void {
    this.#all ??= [];
    this.#all.push(release);
  }

  run(): void {
    const all = this.#all ?? [];
    this.#all = undefined;
    this.#held = undefined;
    for (const release of all) release();
  }
}
