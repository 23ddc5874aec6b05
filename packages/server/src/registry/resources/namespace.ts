import type { AnyObject } from '@gantry/machinery/object';
import type { ResourceHooks } from '../hooks.ts';

const FINALIZER = 'kubernetes';

const finalizersOf = (object: AnyObject): readonly string[] =>
  (object.spec as { finalizers?: string[] } | undefined)?.finalizers ?? [];

/**
 * A namespace waits, terminating, until the namespace controller has emptied it and taken its finalizer away through
 * `finalize`; it goes only if no object is left, under the store's lock.
 */
export const namespaceHooks: ResourceHooks = {
  beforeCreate(object) {
    const finalizers = finalizersOf(object);
    if (!finalizers.includes(FINALIZER)) object.spec = { finalizers: [...finalizers, FINALIZER] };
    object.status = { phase: 'Active' };
  },
  onTerminating(object) {
    object.status = { ...(object.status as object | undefined), phase: 'Terminating' };
  },
  mayGo: (object) => finalizersOf(object).length === 0,
  deleteGuards: (object) => [{ type: 'emptyNamespace', namespace: object.metadata.name, except: [] }],
};
