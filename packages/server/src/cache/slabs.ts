/** Many small buffers cost more memory than what is in them: what the cache keeps for long lies together in slabs. */

const SLAB_BYTES = 256 << 10;
/** Larger ones keep memory of their own: there is little to save. */
const SETTLED_BYTES = 16 << 10;

class Slab {
  readonly bytes = Buffer.allocUnsafeSlow(SLAB_BYTES);
  /** By their slots; those that left are undefined. */
  readonly tenants: (SlabTenant | undefined)[] = [];
  used = 0;
  live = 0;
}

/** Something with bytes that never change, but can move; whoever reads them where they were reads on. */
export class SlabTenant {
  /** How many bytes there are. */
  readonly size: number;
  #home: Buffer | Slab;
  #start = 0;
  #slot = 0;

  /** `bytes` are taken over, and should have memory of their own. */
  constructor(bytes: Buffer) {
    this.size = bytes.length;
    this.#home = bytes;
  }

  get bytes(): Buffer {
    const home = this.#home;
    return home instanceof Slab ? home.bytes.subarray(this.#start, this.#start + this.size) : home;
  }

  /** Copies the bytes to the end of a slab that has room for them. */
  settleIn(slab: Slab): void {
    this.bytes.copy(slab.bytes, slab.used);
    this.#home = slab;
    this.#start = slab.used;
    this.#slot = slab.tenants.push(this) - 1;
    slab.used += this.size;
    slab.live += this.size;
  }

  /** Copies the bytes to memory of their own. Answers with the slab where they were, if they were in one. */
  leaveSlab(): Slab | undefined {
    const slab = this.#home;
    if (!(slab instanceof Slab)) return undefined;
    const own = Buffer.allocUnsafeSlow(this.size);
    this.bytes.copy(own);
    this.#home = own;
    slab.tenants[this.#slot] = undefined;
    slab.live -= this.size;
    return slab;
  }
}

/**
 * The slabs of one cache. A slab that comes to be less than half in use is given up, and its tenants move: all slabs
 * together are at most twice as large as what lies in them, and one more.
 */
export class Slabs {
  #open = new Slab();
  #count = 1;

  /** How many bytes all slabs take. */
  get bytes(): number {
    return this.#count * SLAB_BYTES;
  }

  /** For what will stay. It is in memory of its own so far. */
  settle(tenant: SlabTenant): void {
    if (tenant.size > SETTLED_BYTES) return;
    if (this.#open.used + tenant.size > SLAB_BYTES) {
      const full = this.#open;
      this.#open = new Slab();
      this.#count++;
      this.#giveUpIfSparse(full);
    }
    // Giving up another slab may have filled this one.
    if (this.#open.used + tenant.size > SLAB_BYTES) this.settle(tenant);
    else tenant.settleIn(this.#open);
  }

  /** For what the cache lets go of: nobody knows for how long others hold it, and it must not keep a slab. */
  release(tenant: SlabTenant): void {
    const slab = tenant.leaveSlab();
    if (slab !== undefined && slab !== this.#open) this.#giveUpIfSparse(slab);
  }

  #giveUpIfSparse(slab: Slab): void {
    if (slab.live * 2 >= slab.used) return;
    this.#count--;
    for (const tenant of slab.tenants.splice(0)) if (tenant !== undefined) this.settle(tenant);
  }
}
