/** Encryption with keys that lie elsewhere: what seals and opens has to be learnt first. */
export interface Envelope {
  /** What follows the provider's prefix in texts that are written now; '' while that is not known. */
  mark(): string;
  /** Throws StoreError `unavailable` when nothing can be sealed now. */
  seal(body: string, context: Buffer): string;
  /** Throws when `learn` was not called, or the text was changed. */
  open(rest: string, context: Buffer): string;
  /** Gets what it takes to open this text; undefined: it is at hand. Rejects with StoreError `unavailable`. */
  learn(rest: string): Promise<void> | undefined;
}
