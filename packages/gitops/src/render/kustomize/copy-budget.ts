import { jsonSize } from '../json-size.ts';
import { StepError } from './problem.ts';

/** What a build may make, in UTF-16 units of JSON. */
const SIZE_MAX = 64 << 20;
/** What is remembered of each change of an object, at least. */
const CHANGE = 128;
/** Fields that one step may look for: so many kinds of fields times so many objects. */
const LOOKS_MAX = 50_000_000;

/**
 * What one build may read, make and copy together. A kustomization of a few lines can name a base, a file or a value many
 * times: each time counts.
 */
export class CopyBudget {
  #used = 0;

  /** Counts text before it is made. Throws StepError over the limit. */
  take(length: number): void {
    this.#used += length;
    if (this.#used > SIZE_MAX)
      throw new StepError(
        `the kustomization makes more than ${SIZE_MAX} bytes, where what is named or copied several times counts each time`,
      );
  }

  takeValue(value: unknown): void {
    this.take(jsonSize(value, SIZE_MAX));
  }

  /** Of so many objects something is changed, by a text of this length. */
  takeChanges(objects: number, length = 0): void {
    this.take(objects * (CHANGE + length));
  }

  /** Throws StepError when a step would look for too many fields in too many objects. */
  checkLooks(fields: number, objects: number): void {
    if (fields * objects > LOOKS_MAX)
      throw new StepError(
        `${fields} fields are looked for in each of ${objects} objects: that is too much work`,
      );
  }
}
