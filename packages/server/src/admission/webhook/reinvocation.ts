import { deepClone, deepEqual } from '@gantry/machinery/json';
import type { AdmissionRequest, Reinvocation } from '../../request.ts';

type Loose = Readonly<Record<string, unknown>>;

const NOTE = 'MutatingAdmissionWebhook';

/** The reinvocation state of a request, made on first use. */
export function reinvocationOf(request: AdmissionRequest): Reinvocation {
  request.reinvocation ??= { wanted: false, repeating: false, notes: new Map() };
  return request.reinvocation;
}

/**
 * Which plugins call once more in the second run: those that asked for it (policy IfNeeded), were called before, and
 * have not seen a later change. Nobody is called for the first time in the second run.
 */
export class Invocations {
  readonly #state: Reinvocation;
  #called = new Set<string>();
  readonly #due = new Set<string>();
  #last: unknown;

  constructor(state: Reinvocation) {
    this.#state = state;
  }

  get repeating(): boolean {
    return this.#state.repeating;
  }

  /** A difference since the last call means that other plugins changed the object in between. */
  begin(object: Loose | undefined): void {
    if (this.repeating && !deepEqual(this.#last, object)) this.#recall();
  }

  /** Also remembers the object, for the next begin. */
  end(object: Loose | undefined): void {
    this.#last = this.repeating || object === undefined ? undefined : deepClone(object);
  }

  isDue(uid: string): boolean {
    return !this.repeating || this.#due.has(uid);
  }

  changed(): void {
    this.#recall();
    this.#state.wanted = true;
  }

  invoked(uid: string): void {
    this.#called.add(uid);
  }

  #recall(): void {
    for (const uid of this.#called) this.#due.add(uid);
    this.#called = new Set();
  }
}

export const knownInvocations = (request: AdmissionRequest): Invocations | undefined =>
  request.reinvocation?.notes.get(NOTE) as Invocations | undefined;

export function startInvocations(request: AdmissionRequest): Invocations {
  const state = reinvocationOf(request);
  const invocations = new Invocations(state);
  state.notes.set(NOTE, invocations);
  return invocations;
}
