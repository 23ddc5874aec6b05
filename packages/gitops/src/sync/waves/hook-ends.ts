import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import { conditionsOf, specOf, statusOf } from '../../health/assessment.ts';
import { identityOf } from '../../render/render.ts';
import { HOOK_RUN } from './annotations.ts';

/** How a hook that runs to an end came to it. */
export type HookEnd = 'succeeded' | 'failed';

const RUNS_MAX = 2_000;

const isJob = ({ apiVersion, kind }: AnyObject): boolean =>
  kind === 'Job' && parseGroupVersion(apiVersion).group === 'batch';

/** Jobs, and Pods that are not restarted for ever. */
export const runsToAnEnd = (object: AnyObject): boolean =>
  isJob(object) ||
  (object.kind === 'Pod' && object.apiVersion === 'v1' && specOf(object).restartPolicy !== 'Always');

/** Undefined while it runs. */
export function hookEnd(object: AnyObject): HookEnd | undefined {
  if (isJob(object)) {
    const isTrue = (wanted: string): boolean =>
      conditionsOf(object).some(({ type, status }) => type === wanted && status === 'True');
    if (isTrue('Complete')) return 'succeeded';
    return isTrue('Failed') ? 'failed' : undefined;
  }
  const { phase } = statusOf(object);
  if (phase === 'Succeeded') return 'succeeded';
  return phase === 'Failed' ? 'failed' : undefined;
}

/** How runs of hooks ended, as it was seen: the objects may be gone before anybody looks at them. */
export class HookEnds {
  /** By object and run. Oldest first. */
  readonly #ends = new Map<string, HookEnd>();

  /** Of each state of an object, the last one before it went included. */
  note(object: AnyObject): void {
    const run = object.metadata.annotations?.[HOOK_RUN];
    if (run === undefined || !runsToAnEnd(object)) return;
    const end = hookEnd(object);
    if (end === undefined) return;
    this.#ends.set(`${identityOf(object)} ${run}`, end);
    for (const oldest of this.#ends.keys()) {
      if (this.#ends.size <= RUNS_MAX) return;
      this.#ends.delete(oldest);
    }
  }

  of(identity: string, run: string): HookEnd | undefined {
    return this.#ends.get(`${identity} ${run}`);
  }
}
