/** Where something is written. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Why a kustomization can't be built, at one place, in words for the person who wrote it. */
export class KustomizeError extends Error {
  override readonly name = 'KustomizeError';
  readonly place: Place;
  /** `patches[0].path` */
  readonly field: string | undefined;
  /** `Deployment/web` */
  readonly object: string | undefined;

  constructor(reason: string, place: Place, about: { field?: string; object?: string } = {}) {
    super(reason);
    this.place = place;
    this.field = about.field;
    this.object = about.object;
  }
}

/** What went wrong within one step, before it is known where that step is written. */
export class StepError extends Error {
  override readonly name = 'StepError';
  /** Of the field, in what is being worked on. */
  readonly path: readonly string[];

  constructor(reason: string, path: readonly string[] = []) {
    super(reason);
    this.path = path;
  }
}

/** Runs work on an object; of a Secret it isn't told what was found. */
export function onObject<T>({ kind }: { readonly kind: string }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StepError) || kind !== 'Secret') throw error;
    throw new StepError(error.message.replace(/(, found| \().*$/s, ''), error.path);
  }
}

/** Runs a step that is written at `place`, so that what it throws names the place. */
export function at<T>(place: Place, field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    throw new KustomizeError(error.message, place, { field });
  }
}
