import type { Pod } from '@gantry/api/generated/types';
import type { ResourceHooks } from '../hooks.ts';

/** Without a wish of its own a pod gets half a minute. */
const DEFAULT_GRACE = 30;

/** A pod that no node runs, or that has ended, goes at once; the node's agent ends the others. */
export const podHooks: ResourceHooks = {
  gracePeriod(object, requested) {
    const { spec, status } = object as unknown as Pod;
    if (!spec?.nodeName || status?.phase === 'Failed' || status?.phase === 'Succeeded') return 0;
    return requested ?? spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE;
  },
};
