import type { Application, Plan as PlanObject, PlanStatus, Repository } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import { applications, plans, repositories } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import { actorOf } from '../sync/actor.ts';
import { applyApplication, renderApplication, type SyncParts } from '../sync/sync-application.ts';
import type { KeptPlans } from './kept-plans.ts';
import { failedStatus, planStatus } from './plan-status.ts';
import { hideUnreadable } from './readable.ts';
import { type RevisionParts, resolveRevision } from './revision.ts';
import { Slots } from './slots.ts';

export interface PlanControllerParts {
  readonly sync: SyncParts;
  readonly revisions: RevisionParts;
  readonly kept: KeptPlans;
}

const RESYNC_MS = 10_000;
/** Large ones take the server a while. */
const DRY_RUNS_MAX = 2;

/**
 * Fills in Plans, whoever made them: each once, by a dry run with the rights that a sync of the Application has. Another
 * spec is planned anew; another commit of the same branch is not, since a Plan is of one moment.
 */
export function planController(parts: PlanControllerParts): Controller {
  const dryRuns = new Slots(DRY_RUNS_MAX);
  return {
    name: 'plan-controller',
    inputs: [input(plans)],
    outputs: [
      { resource: plans, subresource: 'status', verbs: ['patch'] },
      { resource: plans, verbs: ['delete'] },
    ],
    // Most of a Plan is waiting, also for other servers: of dry runs there are fewer at once.
    concurrency: 8,
    // Nothing else asks for a Plan again: whatever a wake was lost to, none is left waiting.
    resyncMs: RESYNC_MS,
    setup(context) {
      context.informers.informer(applications);
      context.informers.informer(repositories);
    },
    reconcile: (key, context) => reconcile(key, context, { ...parts, dryRuns }),
  };
}

type Parts = PlanControllerParts & { readonly dryRuns: Slots };

async function reconcile(key: string, context: ControllerContext, parts: Parts): Promise<Outcome> {
  const { namespace, name } = splitKey(key);
  const plan = context.informers.informer<PlanObject>(plans).get(namespace, name);
  if (plan === undefined || plan.metadata.deletionTimestamp !== undefined || isDone(plan))
    return { type: 'done' };
  if (parts.kept.isWriting(key)) return { type: 'waiting', on: 'its push' };
  const status = await statusFor(plan, context, parts);
  await write(plan, status, context);
  const owner = plan.metadata.ownerReferences?.find(({ kind }) => kind === 'Application');
  if (owner !== undefined) await parts.kept.trim(namespace, owner.uid);
  return { type: 'done' };
}

/** What a push wrote says nothing of a generation. */
function isDone({ metadata, status }: PlanObject): boolean {
  const phase = status?.phase ?? 'Pending';
  const seen = status?.observedGeneration;
  return phase !== 'Pending' && (seen === undefined || seen === metadata.generation);
}

/** What can't be planned says why; only a server that can't be reached throws. */
async function statusFor(
  { metadata, spec }: PlanObject,
  context: ControllerContext,
  { sync, revisions, dryRuns }: Parts,
): Promise<PlanStatus> {
  const { clock } = context;
  const { namespace = '' } = metadata;
  try {
    const application = await findApplication(namespace, spec.application, context);
    const found = await findRepository(application, context);
    const { commit, repository } = await resolveRevision(revisions, application, found, spec.revision);
    const rendered = await renderApplication(sync, application, repository, commit);
    const plan = await dryRuns.run(
      () => applyApplication(sync, application, rendered, { dryRun: true }),
      namespace,
    );
    const actor = actorOf(application);
    const { user } = actor;
    const { status } = await planStatus(plan, rendered, { application, user, nowMs: clock.now() });
    return await hideUnreadable(sync, { namespace, asker: spec, actor }, status);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return failedStatus(error.message, clock.now());
  }
}

/** By the cache when it is there; one that was just made may be missing in it. */
async function findApplication(
  namespace: string,
  name: string,
  { informers, client }: ControllerContext,
): Promise<Application> {
  const known = informers.informer<Application>(applications).get(namespace, name);
  if (known !== undefined) return known;
  try {
    return await client.get<Application>(applications, namespace, name);
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
    throw new GitError(`there is no Application ${JSON.stringify(name)} in namespace ${namespace}`);
  }
}

/** The same. Throws GitError. */
async function findRepository(
  application: Application,
  { informers, client }: ControllerContext,
): Promise<Repository> {
  const { namespace = '' } = application.metadata;
  const { repository: name } = application.spec.source;
  const known = informers.informer<Repository>(repositories).get(namespace, name);
  if (known !== undefined) return known;
  try {
    return await client.get<Repository>(repositories, namespace, name);
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
    throw new GitError(`there is no Repository ${JSON.stringify(name)} in namespace ${namespace}`);
  }
}

async function write(
  { metadata, status: before = {} }: PlanObject,
  status: PlanStatus,
  { client }: ControllerContext,
): Promise<void> {
  // A merge patch can't leave a field out: absent ones are removed by null.
  const removed = Object.fromEntries(Object.keys(before).map((key) => [key, null]));
  const observedGeneration = metadata.generation ?? 0;
  const patch = {
    metadata: { uid: metadata.uid },
    status: { ...removed, ...status, observedGeneration },
  };
  try {
    await client.patch<PlanObject>(plans, metadata.namespace ?? '', metadata.name, patch, {
      type: 'merge',
      subresource: 'status',
    });
  } catch (error) {
    // A conflict, as with one that was deleted and made again, is looked at again: nobody else would fill it in.
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
