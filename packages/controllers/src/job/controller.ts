import type { Job, Pod } from '@gantry/api/generated/types';
import { controllerOf, keyOf, splitKey } from '@gantry/client/keys';
import { jobs, pods } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { matchesSelector } from '../shared/labels.ts';
import { AWAIT_CACHE, DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { claim, controllerKeys, ORPHANS, orphanKeys } from '../shared/owners.ts';
import type { BackoffRecord } from './backoff.ts';
import { countSync } from './metrics.ts';
import { isTracked, TRACKING } from './pods.ts';
import { JobRun } from './run.ts';
import { isJobFinished } from './verdict.ts';

/** Runs pods to completion. https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export function jobController(): Controller {
  let writes: OwnWrites | undefined;
  const backoffs = new Map<string, BackoffRecord>();
  return {
    name: 'job-controller',
    inputs: [
      input<Job>(jobs),
      input<Pod>(pods, (pod, old, context) => {
        const keys = controllerKeys('Job', pod, old);
        if (keys.length > 0 || controllerOf(pod) !== undefined) return keys;
        return context.informers
          .informer(jobs)
          .list(pod.metadata.namespace)
          .filter((job) => matchesSelector(job.spec.selector, pod.metadata.labels))
          .map(keyOf);
      }),
    ],
    outputs: [
      { resource: pods, verbs: ['create', 'patch', 'delete'] },
      { resource: jobs, verbs: ['update'], subresource: 'status' },
    ],
    setup(context) {
      context.informers.informer(pods).addIndex(ORPHANS, orphanKeys);
    },
    async reconcile(key, context): Promise<Outcome> {
      const { client, informers, clock } = context;
      writes ??= new OwnWrites(clock);
      const { namespace, name } = splitKey(key);
      const job = informers.informer(jobs).get(namespace, name);
      if (job === undefined) {
        writes.forget(key);
        backoffs.delete(key);
        await releaseOrphans(namespace, name, context);
        return DONE;
      }
      if (job.spec.managedBy !== undefined && job.spec.managedBy !== 'kubernetes.io/job-controller')
        return DONE;
      if (!writes.areSeen(key)) return AWAIT_CACHE;
      if (isJobFinished(job)) {
        backoffs.delete(key);
        await releaseFinished(job, context);
        return DONE;
      }
      const owned = await claim({
        client,
        owner: job,
        ownerResource: jobs,
        resource: pods,
        informer: informers.informer(pods),
        matches: (pod) => matchesSelector(job.spec.selector, pod.metadata.labels),
        finalizer: TRACKING,
      });
      const run = new JobRun(key, job, owned, writes, backoffs, context);
      const began = performance.now();
      let ok = false;
      try {
        const outcome = await run.run();
        ok = true;
        return outcome;
      } finally {
        countSync(job, ok, run.action, performance.now() - began);
      }
    },
  };
}

async function dropFinalizer(pod: Pod, { client }: ControllerContext): Promise<void> {
  const { namespace = '', name, uid, resourceVersion, finalizers = [] } = pod.metadata;
  const rest = finalizers.filter((finalizer) => finalizer !== TRACKING);
  const metadata = { uid, resourceVersion, finalizers: rest.length === 0 ? null : rest };
  await ignoreNotFound(client.patch(pods, namespace, name, { metadata }, { type: 'merge' }));
}

/** Pods of a Job that is gone must not be held by it. */
async function releaseOrphans(namespace: string, name: string, context: ControllerContext): Promise<void> {
  for (const pod of context.informers.informer(pods).list(namespace)) {
    const owner = controllerOf(pod);
    if (isTracked(pod) && owner?.kind === 'Job' && owner.name === name) await dropFinalizer(pod, context);
  }
}

async function releaseFinished(job: Job, context: ControllerContext): Promise<void> {
  for (const pod of context.informers.informer(pods).byIndex('byOwner', job.metadata.uid ?? ''))
    if (isTracked(pod)) await dropFinalizer(pod, context);
}
