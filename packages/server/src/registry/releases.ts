/** What plugins hold for one attempt of a write, and give back when it is over, stored or not. */
export class Releases {
  #all: (() => void)[] | undefined;

  add(release: () => void): void {
    this.#all ??= [];
    this.#all.push(release);
  }

  run(): void {
    const all = this.#all ?? [];
    this.#all = undefined;
    for (const release of all) release();
  }
}
