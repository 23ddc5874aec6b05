import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Hands of this many flows are remembered; dealing one again costs a hash. */
const KNOWN_FLOWS = 10_000;

/** `hand` different queues out of `deck`, chosen by 64 bits. `deck` and `hand` are validated with the object. */
export function deal(hash: bigint, deck: number, hand: number): number[] {
  let rest = hash;
  const remainders: number[] = [];
  for (let dealt = 0; dealt < hand; dealt++) {
    const left = BigInt(deck - dealt);
    remainders.push(Number(rest % left));
    rest /= left;
  }
  return remainders.map((remainder, index) => {
    let card = remainder;
    for (let before = index; before > 0; before--) if (card >= (remainders[before - 1] ?? 0)) card++;
    return card;
  });
}

/** Deals the same queues to the same flow, each time. */
export class Dealer {
  readonly deck: number;
  readonly hand: number;
  readonly #known = new LRUCache<string, readonly number[]>({ max: KNOWN_FLOWS });

  constructor(deck: number, hand: number) {
    this.deck = deck;
    this.hand = hand;
  }

  handOf(schema: string, distinguisher: string): readonly number[] {
    const flow = `${schema}\u0000${distinguisher}`;
    const known = this.#known.get(flow);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(flow).digest().readBigUInt64LE(0);
    const hand = deal(hash, this.deck, this.hand);
    this.#known.set(flow, hand);
    return hand;
  }
}
