/** Why the store itself, not the write, failed. `unavailable` may be tried again; `outcomeUnknown` may have happened. */
export type StoreFailure =
  | 'unavailable'
  | 'outcomeUnknown'
  | 'overloaded'
  | 'tooLarge'
  | 'invalid'
  /** What lies there can't be decrypted with the keys that there are. */
  | 'unreadable'
  | 'closed';

export class StoreError extends Error {
  readonly failure: StoreFailure;

  constructor(failure: StoreFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
    this.failure = failure;
  }
}
