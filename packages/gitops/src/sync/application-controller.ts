import type { Application, ApplicationStatus, Repository, SyncOperation } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import { applications, repositories } from '@gantry/client/resources';
import { deepEqual } from '@gantry/machinery/json';
import { isStatusError } from '@gantry/machinery/status';
import { timestamp } from '@gantry/runtime/clock';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { GitError, NothingThereError } from '../git/tree.ts';
import { leave, tendFinalizer } from '../prune/cascade.ts';
import { type Goal, goalOf } from '../rollback/goal.ts';
import { boundedStatus } from './bounded-status.ts';
import { ChartVersions } from './chart-versions.ts';
import { type DriftCheck, DriftChecker } from './check-drift.ts';
import { type Decision, decide, decideChart, isAtBeginning, isHalfway } from './decide.ts';
import { wakeDependants, whyBlocked } from './dependencies.ts';
import type { DriftMarks } from './drift.ts';
import { isAnyReleased, wakeLeavers, withHeirs, withoutTaken } from './handover.ts';
import type { LiveObjects } from './live-objects.ts';
import { observe } from './observe.ts';
import { repositoryOf } from './source.ts';
import { newsOf, withStanding } from './standing.ts';
import { StatusWriter } from './status-writer.ts';
import { renderApplication, type SyncParts } from './sync-application.ts';
import { Syncer } from './syncer.ts';
import { targetOf } from './target.ts';
import { withRefusal, withVerified } from './verified.ts';
import { wakeOnChanges } from './wake.ts';
import { runsHooks } from './waves/operation.ts';

export interface ApplicationControllerOptions {
  readonly parts: SyncParts;
  readonly live: LiveObjects;
  readonly drift: DriftMarks;
}

const RETRY_SOURCE_MS = 30_000;

interface Run {
  readonly context: ControllerContext;
  readonly options: ApplicationControllerOptions;
  readonly writer: StatusWriter;
  readonly syncer: Syncer;
  readonly checker: DriftChecker;
  readonly charts: ChartVersions;
  readonly whyBlocked: (application: Application) => string | undefined;
}

/** Keeps Applications at the newest commit of what they follow, and their status true. */
export function applicationController(options: ApplicationControllerOptions): Controller {
  let run: Run | undefined;
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
    outputs: [
      { resource: applications, subresource: 'status', verbs: ['patch'] },
      { resource: applications, verbs: ['patch'] },
    ],
    // Most of a look is waiting for answers.
    concurrency: 32,
    setup(context, enqueue) {
      const { parts, live, drift } = options;
      const { informers } = context;
      const listers = {
        applications: informers.informer<Application>(applications),
        repositories: informers.informer<Repository>(repositories),
      };
      run = {
        context,
        options,
        writer: new StatusWriter(context),
        syncer: new Syncer(options),
        checker: new DriftChecker(parts, drift, live),
        charts: new ChartVersions(),
        whyBlocked: (application) => whyBlocked(listers, application),
      };
      wakeDependants(listers.applications, enqueue);
      wakeLeavers(listers.applications, enqueue);
      parts.desired.onLate?.((key) => enqueue(key));
      wakeOnChanges(context, live, drift, parts, enqueue);
    },
    async reconcile(key) {
      return run === undefined ? { type: 'done' } : reconcile(key, run);
    },
  };
}

async function reconcile(key: string, run: Run): Promise<Outcome> {
  const { context, writer } = run;
  const { namespace, name } = splitKey(key);
  const application = context.informers.informer(applications).get(namespace, name);
  if (application === undefined) {
    writer.forget(key);
    run.syncer.forget(key);
    run.options.drift.forget(key);
    run.checker.forget(key);
    run.charts.forget(key);
    return { type: 'done' };
  }
  if (!writer.isCurrent(key)) return { type: 'waiting', on: 'its own status write' };
  if (application.metadata.deletionTimestamp !== undefined) return goOn(application, run);
  await tendFinalizer(application, context.client);
  const looked = await look(application, run);
  if (looked === undefined) return { type: 'done' };
  const now = context.clock.now();
  const observed = await observe(looked.status, run.options.live, now);
  const status = boundedStatus(
    withStanding(looked.application, observed, run.options.parts.index, timestamp(now)),
  );
  if (!deepEqual(looked.application.status ?? {}, status)) await writer.write(looked.application, status);
  for (const { type, reason, message } of newsOf(looked.application, status))
    context.events.event(looked.application, type, reason, message);
  await looked.afterwards?.();
  return looked.againMs === undefined ? { type: 'done' } : { type: 'requeueAfter', ms: looked.againMs };
}

/** An Application that is being deleted: what it waits for. */
async function goOn(application: Application, { context, options, writer }: Run): Promise<Outcome> {
  const leaving = await leave(options.parts, application, context);
  if (leaving === undefined) return { type: 'done' };
  const { message, againMs } = leaving;
  const { status = {} } = application;
  if (status.message !== message) await writer.write(application, { ...status, message });
  return { type: 'requeueAfter', ms: againMs };
}

interface Looked {
  /** As it was read: what `status` is made from. */
  readonly application: Application;
  readonly status: ApplicationStatus;
  readonly againMs?: number;
  /** To be done once the status is written. */
  readonly afterwards?: () => Promise<void>;
}

/** Undefined: there is nothing to say yet. */
async function look(cached: Application, run: Run): Promise<Looked | undefined> {
  let application = cached;
  /** With the status that a rollback leads to. */
  let aimed = cached;
  let target: string | undefined;
  try {
    const repository = repositoryOf(cached, run.context.informers.informer(repositories));
    target = targetOf(cached, repository);
    if (target === undefined) return undefined;
    const now = run.context.clock.now();
    let goal = nextGoal(cached, target, now);
    aimed = goal.application;
    const failure = run.syncer.failure(cached, goal.commit, now);
    const { decision, againMs: chartMs } = await decisionOn(goal, repository, failure?.reason, run);
    const blocked =
      decision.type === 'sync' && isAtBeginning(aimed, goal.commit) ? run.whyBlocked(aimed) : undefined;
    if (decision.type === 'sync' && blocked === undefined) {
      // The cache may lag behind a push, which says first whose rights count and then what there is to apply.
      const fresh = await readFresh(cached, run.context);
      if (fresh === undefined) return undefined;
      application = fresh;
      goal = nextGoal(fresh, target, now);
      aimed = goal.application;
      const commit = goal.isNew ? goal.commit : decision.commit;
      const synced = await run.syncer.sync(aimed, repository, commit, run.context, goal.commit);
      const status = withVerified(synced.status, repository, now);
      return { application, ...synced, status: { ...status, targetCommit: target } };
    }
    const behind = decision.type === 'behind' ? decision : undefined;
    // What is blocked keeps what it takes over, to tell of it when it begins.
    const operation = blocked === undefined ? behind?.operation : aimed.status?.operation;
    const left = await withoutTaken(run.options.parts, aimed, aimed.status ?? {}, target);
    if (left !== aimed.status && left.objects?.length === 0) run.syncer.forgetFailure(keyOf(cached));
    const base = cleaned({ ...aimed, status: left }, target, operation);
    // What was applied in part differs from the last commit by our own doing.
    const isLooked = !isHalfway(cached);
    const checked: DriftCheck = !isLooked
      ? { status: base }
      : await run.checker.check(cached, repository, base, run.context);
    const told = withHeirs(aimed, checked.status, run.context.informers.informer(applications), now);
    const waits = [checked.againMs, failure?.waitMs, behind?.againMs, chartMs, told.againMs].map(
      (ms) => ms ?? Infinity,
    );
    const againMs = Math.min(...waits);
    const message = blocked ?? behind?.message;
    const status =
      message === undefined
        ? withVerified(told.status, repository, now)
        : { ...told.status, sync: 'OutOfSync' as const, message };
    return {
      application,
      status,
      ...(Number.isFinite(againMs) ? { againMs } : {}),
      ...(isLooked ? { afterwards: async () => run.checker.settle(keyOf(cached)) } : {}),
    };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return unreadable(error, { application, aimed, target }, run);
  }
}

/** What to do about a goal, also when nothing but a chart or an heir has changed. `againMs`: when a chart is asked for again. */
async function decisionOn(
  { application: aimed, commit, isNew, quarantine }: Goal,
  repository: Repository,
  failure: string | undefined,
  { context, options: { parts }, charts }: Run,
): Promise<{ readonly decision: Decision; readonly againMs?: number }> {
  const now = context.clock.now();
  const decision: Decision = isNew ? { type: 'sync', commit } : decide(aimed, commit, failure, now);
  if (decision.type !== 'settled') return { decision };
  const render = () => renderApplication(parts, aimed, repository, commit);
  const { newer, ...again } = quarantine === undefined ? await charts.check(aimed, render, now) : {};
  if (await isAnyReleased(parts, aimed, commit)) return { decision: { type: 'sync', commit }, ...again };
  return { decision: newer === undefined ? decision : decideChart(aimed, commit, newer), ...again };
}

interface Aim {
  readonly application: Application;
  readonly aimed: Application;
  readonly target: string | undefined;
}

/** What the cluster holds stays as it is, but for what others have taken over meanwhile. */
async function unreadable(error: GitError, { application, aimed, target }: Aim, run: Run): Promise<Looked> {
  const before = aimed.status ?? {};
  const left =
    target === undefined || !(error instanceof NothingThereError)
      ? before
      : await withoutTaken(run.options.parts, aimed, before, target);
  // Nothing is left that the missing manifests could be missed by.
  const isOver = left !== before && left.objects?.length === 0;
  if (isOver) run.syncer.forgetFailure(keyOf(application));
  const status: ApplicationStatus = {
    ...left,
    observedGeneration: application.metadata.generation ?? 0,
    sync: application.status?.commit === undefined ? 'Unknown' : (application.status.sync ?? 'Unknown'),
    message: error.message,
  };
  const told = withRefusal(status, error, run.context.clock.now());
  return { application, status: told, againMs: isOver ? 0 : RETRY_SOURCE_MS };
}

/** A rollback waits, too, until the hooks that run have ended. */
function nextGoal(application: Application, target: string, now: number): Goal {
  const goal = goalOf(application, target, timestamp(now));
  const { operation } = application.status ?? {};
  if (!goal.isNew || operation === undefined || !runsHooks(operation)) return goal;
  return { commit: operation.commit, application, isNew: false };
}

/** The status without what a former look had to complain about. */
function cleaned(
  application: Application,
  target: string,
  operation: SyncOperation | undefined,
): ApplicationStatus {
  const { message: _, operation: __, ...rest } = application.status ?? {};
  const isOut = rest.objects?.some((entry) => entry.sync === 'OutOfSync') === true;
  return {
    ...rest,
    observedGeneration: application.metadata.generation ?? 0,
    targetCommit: target,
    ...(operation === undefined ? {} : { operation }),
    ...(rest.objects === undefined ? {} : { sync: isOut ? ('OutOfSync' as const) : ('Synced' as const) }),
  };
}

async function readFresh(cached: Application, context: ControllerContext): Promise<Application | undefined> {
  const { namespace = '', name, uid } = cached.metadata;
  try {
    const fresh = await context.client.get<Application>(applications, namespace, name);
    return fresh.metadata.uid === uid && fresh.metadata.deletionTimestamp === undefined ? fresh : undefined;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}
