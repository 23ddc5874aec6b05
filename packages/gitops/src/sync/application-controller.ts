import type { Application, ApplicationStatus, Repository } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import { applications, repositories } from '@gantry/client/resources';
import { deepEqual } from '@gantry/machinery/json';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import { DriftChecker } from './check-drift.ts';
import { decide, requestOf } from './decide.ts';
import type { DriftMarks } from './drift.ts';
import type { LiveObjects } from './live-objects.ts';
import { observe } from './observe.ts';
import { branchOf, repositoryOf } from './source.ts';
import { StatusWriter } from './status-writer.ts';
import type { SyncParts } from './sync-application.ts';
import { Syncer } from './syncer.ts';
import { wakeOnChanges } from './wake.ts';

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
}

/** Keeps Applications at the newest commit of their branch, and their status true. */
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
    outputs: [{ resource: applications, subresource: 'status', verbs: ['patch'] }],
    concurrency: 8,
    setup(context, enqueue) {
      const { parts, live, drift } = options;
      run = {
        context,
        options,
        writer: new StatusWriter(context),
        syncer: new Syncer(options),
        checker: new DriftChecker(parts, drift, live),
      };
      wakeOnChanges(context, live, drift, parts.index, enqueue);
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
    return { type: 'done' };
  }
  if (application.metadata.deletionTimestamp !== undefined) return { type: 'done' };
  if (!writer.isCurrent(key)) return { type: 'waiting', on: 'its own status write' };
  const looked = await look(application, run);
  if (looked === undefined) return { type: 'done' };
  const status = await observe(looked.status, run.options.live, context.clock.now());
  if (!deepEqual(looked.application.status ?? {}, status)) await writer.write(looked.application, status);
  return looked.againMs === undefined ? { type: 'done' } : { type: 'requeueAfter', ms: looked.againMs };
}

interface Looked {
  /** As it was read: what `status` is made from. */
  readonly application: Application;
  readonly status: ApplicationStatus;
  readonly againMs?: number;
}

/** Undefined: there is nothing to say yet. */
async function look(cached: Application, run: Run): Promise<Looked | undefined> {
  let application = cached;
  try {
    const repository = repositoryOf(cached, run.context.informers.informer(repositories));
    const target = targetOf(cached, repository);
    if (target === undefined) return undefined;
    const now = run.context.clock.now();
    const failure = run.syncer.failure(cached, target, now);
    const decision = decide(cached, target, failure?.reason);
    if (decision.type === 'sync') {
      // The cache may lag behind a push, which says first whose rights count and then what there is to apply.
      const fresh = await readFresh(cached, run.context);
      if (fresh === undefined) return undefined;
      application = fresh;
      const synced = await run.syncer.sync(fresh, repository, target, run.context);
      return { application, ...synced };
    }
    const base = cleaned(cached, target);
    const checked = await run.checker.check(cached, repository, base, run.context);
    const againMs = Math.min(checked.againMs ?? Infinity, failure?.waitMs ?? Infinity);
    const status =
      decision.type === 'behind'
        ? { ...checked.status, sync: 'OutOfSync' as const, message: decision.message }
        : checked.status;
    return { application, status, ...(Number.isFinite(againMs) ? { againMs } : {}) };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const status: ApplicationStatus = {
      ...(application.status ?? {}),
      observedGeneration: application.metadata.generation ?? 0,
      sync: application.status?.commit === undefined ? 'Unknown' : (application.status.sync ?? 'Unknown'),
      message: error.message,
    };
    return { application, status, againMs: RETRY_SOURCE_MS };
  }
}

/** The status without what a former look had to complain about. */
function cleaned(application: Application, target: string): ApplicationStatus {
  const { message: _, ...rest } = application.status ?? {};
  const isOut = rest.objects?.some((entry) => entry.sync === 'OutOfSync') === true;
  return {
    ...rest,
    observedGeneration: application.metadata.generation ?? 0,
    targetCommit: target,
    ...(rest.objects === undefined ? {} : { sync: isOut ? ('OutOfSync' as const) : ('Synced' as const) }),
  };
}

/** Commit of the Application's branch. Undefined while nobody looked at the repository yet. Throws GitError. */
function targetOf(application: Application, repository: Repository): string | undefined {
  const { branches, conditions } = repository.status ?? {};
  const target = branches?.[branchOf(application)];
  if (target !== undefined) return target;
  const ready = conditions?.find((condition) => condition.type === 'Ready');
  if (ready?.status === 'False')
    throw new GitError(`Repository ${repository.metadata.name}: ${ready.message}`);
  if (ready === undefined && branches === undefined && requestOf(application) === undefined) return undefined;
  throw new GitError(
    `branch ${JSON.stringify(branchOf(application))} is not there (yet) in Repository ${repository.metadata.name}`,
  );
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
