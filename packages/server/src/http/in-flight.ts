import { tooManyRequests } from '@gantry/machinery/status';

/** Requests that are being worked on; beyond the limit they are turned away, so that none of them times out. */
export class InFlight {
  readonly #limits: { readonly reading: number; readonly mutating: number };
  reading = 0;
  mutating = 0;

  constructor(limits: { readonly reading: number; readonly mutating: number }) {
    this.#limits = limits;
  }

  /** Returns how to give the place back, once. Throws TooManyRequests. */
  enter(method: string): () => void {
    const kind = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'reading' : 'mutating';
    if (this[kind] >= this.#limits[kind])
      throw tooManyRequests('Too many requests, please try again later.', 1);
    this[kind]++;
    let inside = true;
    return () => {
      if (inside) this[kind]--;
      inside = false;
    };
  }
}
