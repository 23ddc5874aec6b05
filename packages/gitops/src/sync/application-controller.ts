import type { Application, ApplicationStatus, Repository } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import { applications, repositories } from '@gantry/client/resources';
import { deepEqual } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import type { Plan } from '../plan/plan.ts';
import type { DriftMarks } from './drift.ts';
import type { LiveObjects } from './live-objects.ts';
import { observe } from './observe.ts';
import { branchOf, repositoryOf } from './source.ts';
import { applyApplication, renderApplication, type SyncParts, syncApplication } from './sync-application.ts';
import { wakeOnChanges } from './wake.ts';

export interface ApplicationControllerOptions {
  readonly parts: SyncParts;
  readonly live: LiveObjects;
  readonly drift: DriftMarks;
}

const HISTORY_MAX = 50;
const RETRY_FAILED_MS = 30_000;
/** Ask for a sync now: any new value. */
export const SYNC_REQUESTED = 'gitops.gantry.dev/sync-requested-at';
export const SYNC_HANDLED = 'SyncHandled';

/** Keeps Applications at the newest commit of their branch, and their status true. */
export function applicationController(options: ApplicationControllerOptions): Controller {
  return {
    name: 'application-controller',
    inputs: [
      input(applications),
      input(repositories, (repository, _old, context) =>
        context.informers
          .informer(applications)
          .list(repository.metadata.namespace)
          .filter((application) => application.spec.source.repository === repository.metadata.name)
          .map(keyOf),
      ),
    ],
    outputs: [{ resource: applications, subresource: 'status', verbs: ['patch'] }],
    concurrency: 8,
    setup: (context, enqueue) => wakeOnChanges(context, options.live, options.drift, enqueue),
    reconcile: (key, context) => reconcile(key, context, options),
  };
}

async function reconcile(
  key: string,
  context: ControllerContext,
  options: ApplicationControllerOptions,
): Promise<Outcome> {
  const { namespace, name } = splitKey(key);
  const application = context.informers.informer(applications).get(namespace, name);
  if (application === undefined || application.metadata.deletionTimestamp !== undefined)
    return { type: 'done' };
  const before = application.status ?? {};
  let status: ApplicationStatus = { ...before, observedGeneration: application.metadata.generation ?? 0 };
  let outcome: Outcome = { type: 'done' };
  try {
    const repository = repositoryOf(application, context.informers.informer(repositories));
    const target = repository.status?.branches?.[branchOf(application)];
    if (target === undefined)
      throw new GitError(
        `branch ${JSON.stringify(branchOf(application))} is not there (yet) in Repository ${repository.metadata.name}`,
      );
    status = { ...status, targetCommit: target };
    if (mustSync(application, target)) {
      const synced = await sync(application, repository, target, status, context, options);
      status = synced.status;
      outcome = synced.outcome;
    } else {
      if (options.drift.take(key)) status = await checkDrift(application, repository, status, options);
      if (before.sync === 'OutOfSync' && application.spec.syncPolicy?.selfHeal === true)
        status = { ...status, sync: 'OutOfSync' };
    }
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    status = {
      ...status,
      sync: status.commit === undefined ? 'Unknown' : (status.sync ?? 'Unknown'),
      message: error.message,
    };
    outcome = { type: 'requeueAfter', ms: RETRY_FAILED_MS };
  }
  status = await observe(status, options.live, context.clock.now());
  if (!deepEqual(before, status)) await writeStatus(context, application, status);
  return outcome;
}

function handledRequest(application: Application): string | undefined {
  return application.status?.conditions?.find((condition) => condition.type === SYNC_HANDLED)?.message;
}

function mustSync(application: Application, target: string): boolean {
  const { status } = application;
  const requested = application.metadata.annotations?.[SYNC_REQUESTED];
  if (requested !== undefined && requested !== handledRequest(application)) return true;
  if (application.spec.syncPolicy?.automated === false) return false;
  if (status?.commit !== target) return true;
  // Another path, destination or policy is another result, though the commit is the same.
  return (status.observedGeneration ?? 0) !== (application.metadata.generation ?? 0);
}

async function sync(
  application: Application,
  repository: Repository,
  target: string,
  status: ApplicationStatus,
  context: ControllerContext,
  options: ApplicationControllerOptions,
): Promise<{ status: ApplicationStatus; outcome: Outcome }> {
  const now = new Date(context.clock.now());
  const { plan, history, objects } = await syncApplication(
    options.parts,
    application,
    repository,
    target,
    now,
  );
  const previous = status.history ?? [];
  options.drift.applied(plan.results);
  options.live.applied(changedObjects(plan));
  // A retry of what failed replaces its entry.
  const older =
    previous[0]?.commit === target && previous[0].result === 'Failed' ? previous.slice(1) : previous;
  const requested = application.metadata.annotations?.[SYNC_REQUESTED];
  const conditions = requested === undefined ? (status.conditions ?? []) : [handledCondition(requested, now)];
  const base = {
    ...status,
    history: [history, ...older].slice(0, HISTORY_MAX),
    ...(conditions.length === 0 ? {} : { conditions }),
  };
  if (objects === undefined) {
    context.events.event(application, 'Warning', 'SyncFailed', history.reason ?? 'sync failed');
    return {
      status: { ...base, sync: 'OutOfSync', message: history.reason ?? '' },
      outcome: { type: 'requeueAfter', ms: RETRY_FAILED_MS },
    };
  }
  const counts = `${history.created} created, ${history.changed} changed, ${history.pruned} pruned`;
  context.events.event(
    application,
    'Normal',
    'Synced',
    `Applied commit ${plan.commit.slice(0, 7)}: ${counts}`,
  );
  const { message: _, ...rest } = base;
  return { status: { ...rest, sync: 'Synced', commit: target, objects }, outcome: { type: 'done' } };
}

/** Only what is still there and moved: the rest the informers know. */
const changedObjects = (plan: Plan): AnyObject[] =>
  plan.results.flatMap(({ operation, after }) =>
    operation === 'update' && after !== undefined ? [after as AnyObject] : [],
  );

const handledCondition = (requested: string, now: Date) => ({
  type: SYNC_HANDLED,
  status: 'True',
  reason: 'Requested',
  message: requested,
  lastTransitionTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
});

/** Compares the cluster with the applied commit by a dry run; heals when asked to. */
async function checkDrift(
  application: Application,
  repository: Repository,
  status: ApplicationStatus,
  { parts, drift, live }: ApplicationControllerOptions,
): Promise<ApplicationStatus> {
  if (status.commit === undefined || status.objects === undefined) return status;
  const heal = application.spec.syncPolicy?.selfHeal === true;
  const rendered = await renderApplication(parts, application, repository, status.commit);
  const plan = await applyApplication(parts, application, rendered, !heal);
  if (plan.applied) {
    drift.applied(plan.results);
    live.applied(changedObjects(plan));
  }
  const changed = new Map(
    plan.results.map((result) => [
      `${result.kind}/${result.namespace ?? ''}/${result.name}`,
      result.operation,
    ]),
  );
  const objects = status.objects.map((entry) => {
    const operation = changed.get(`${entry.kind}/${entry.namespace ?? ''}/${entry.name}`) ?? 'none';
    const { message: _, ...rest } = entry;
    return operation === 'none' || heal
      ? { ...rest, sync: 'Synced' as const }
      : { ...rest, sync: 'OutOfSync' as const };
  });
  const drifted = objects.some((entry) => entry.sync === 'OutOfSync');
  return { ...status, objects, sync: drifted ? 'OutOfSync' : 'Synced' };
}

async function writeStatus(
  context: ControllerContext,
  application: Application,
  status: ApplicationStatus,
): Promise<void> {
  const { namespace = '', name, resourceVersion } = application.metadata;
  // A merge patch can't leave a field out: absent ones are removed by null.
  const removed = Object.fromEntries(
    Object.keys(application.status ?? {})
      .filter((key) => !(key in status))
      .map((key) => [key, null]),
  );
  const patch = { metadata: { resourceVersion }, status: { ...removed, ...status } };
  await context.client.patch<Application>(applications, namespace, name, patch, {
    type: 'merge',
    subresource: 'status',
  });
}
