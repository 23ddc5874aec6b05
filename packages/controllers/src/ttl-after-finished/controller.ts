import type { Job } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import { jobs } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { isJobFinished } from '../job/verdict.ts';
import { DONE, getIfPresent, ignoreNotFound } from '../shared/outcomes.ts';
import { epoch } from '../shared/pods.ts';

/** When a finished Job is to be removed, epoch ms; undefined when it is not. */
function expiryOf(job: Job): number | undefined {
  const ttl = job.spec.ttlSecondsAfterFinished;
  if (ttl === undefined || job.metadata.deletionTimestamp !== undefined || !isJobFinished(job))
    return undefined;
  const last = (job.status?.conditions ?? []).find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
  return last?.lastTransitionTime === undefined ? undefined : epoch(last.lastTransitionTime) + ttl * 1000;
}

/** Removes Jobs some time after they finished. */
export const ttlAfterFinishedController = (): Controller => ({
  name: 'ttl-after-finished-controller',
  inputs: [input<Job>(jobs)],
  outputs: [{ resource: jobs, verbs: ['delete'] }],
  async reconcile(key, { client, informers, clock }) {
    const { namespace, name } = splitKey(key);
    const cached = informers.informer(jobs).get(namespace, name);
    const expiry = cached === undefined ? undefined : expiryOf(cached);
    if (expiry === undefined) return DONE;
    const wait = expiry - clock.now();
    if (wait > 0) return { type: 'requeueAfter', ms: wait };
    // The TTL may have been raised since.
    const fresh = await getIfPresent(client.get(jobs, namespace, name));
    const current = fresh === undefined ? undefined : expiryOf(fresh);
    if (fresh === undefined || current === undefined || current > clock.now()) return DONE;
    const { uid } = fresh.metadata;
    await ignoreNotFound(
      client.delete(jobs, namespace, name, {
        propagationPolicy: 'Foreground',
        ...(uid === undefined ? {} : { preconditions: { uid } }),
      }),
    );
    return DONE;
  },
});
