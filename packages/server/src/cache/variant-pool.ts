/** What keeps other forms of itself, and can let go of them. */
export interface VariantOwner {
  forgetVariants(): void;
}

/**
 * Bounds what all owners keep together: when it becomes more than a number of bytes, those that made forms longest ago
 * let go of theirs. Owners that nobody else knows any more count too, so that they can't pile up here.
 */
export class VariantPool {
  readonly #generation: number;
  #young = new Set<VariantOwner>();
  #old = new Set<VariantOwner>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#generation = maxBytes / 2;
  }

  /** An owner has made a form; `bytes`: what this keeps in memory. */
  made(owner: VariantOwner, bytes: number): void {
    this.#young.add(owner);
    this.#bytes += bytes;
    if (this.#bytes < this.#generation) return;
    for (const one of this.#old) if (!this.#young.has(one)) one.forgetVariants();
    this.#old = this.#young;
    this.#young = new Set();
    this.#bytes = 0;
  }
}
