import type { Application, ApplicationStatus, Repository, SyncOperation } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { AnyObject } from '@gantry/machinery/object';
import type { ControllerContext } from '@gantry/runtime/port';
import type { CommitInfo } from '../../git/tree.ts';
import { tellWorkloads } from '../../ledger/object-events.ts';
import { syncDuration, syncs } from '../../metrics.ts';
import { identityOf, type Rendered } from '../../render/render.ts';
import type { DriftMarks } from '../drift.ts';
import type { LiveObjects } from '../live-objects.ts';
import { applyApplication, describeProblems, type SyncParts } from '../sync-application.ts';
import { takeOver } from '../takeover.ts';
import { annotationProblems, type DeletePolicy } from './annotations.ts';
import { applyStep, hookParts, type StepRun } from './apply-step.ts';
import { recallEnds } from './hook-log.ts';
import { hookForRun, hookRun, removeHooks } from './hooks.ts';
import {
  beginOperation,
  describeStep,
  listOf,
  nextStep,
  retryAfter,
  stepAt,
  timeLeft,
  timeoutMs,
  toFailureHooks,
} from './operation.ts';
import {
  appliedStatus,
  type Ended,
  failedStatus,
  refusedStatus,
  selectedStatus,
  underWayStatus,
} from './outcome.ts';
import { readinessOf } from './readiness.ts';
import { recount } from './recount.ts';
import { countedBy, problemText, unknownIn, withHeld } from './step-results.ts';
import type { Step, Steps } from './steps.ts';

/** Changes wake a sync that waits; this is for what nobody tells of. */
const LOOK_AGAIN_MS = 5_000;

/** What the steps of syncs have in common. */
export interface RunnerOptions {
  readonly parts: SyncParts;
  readonly live: LiveObjects;
  readonly drift: DriftMarks;
}

export interface Synced {
  readonly status: ApplicationStatus;
  /** Milliseconds until it must be looked at again. */
  readonly againMs?: number;
  /** To be done once the status is written. */
  readonly afterwards?: () => Promise<void>;
}

/** One Application's sync at the moment. */
export interface Sync {
  readonly application: Application;
  readonly rendered: Rendered;
  readonly steps: Steps;
  /** What a selective request names, and the objects that it means. */
  readonly words: readonly string[] | undefined;
  readonly only?: ReadonlySet<string>;
  readonly repository: Repository;
  readonly context: ControllerContext;
  readonly now: number;
}

/**
 * Takes syncs a step further: applies one, looks whether what was applied is ready, runs hooks, ends. Never waits: what a
 * sync waits for is said in its operation.
 */
export class StepRunner {
  readonly #options: RunnerOptions;
  readonly #infoOf: (repository: Repository, commit: string) => Promise<CommitInfo>;

  constructor(
    options: RunnerOptions,
    infoOf: (repository: Repository, commit: string) => Promise<CommitInfo>,
  ) {
    this.#options = options;
    this.#infoOf = infoOf;
  }

  async advance(sync: Sync): Promise<Synced> {
    const { application, steps, now, rendered } = sync;
    const known = application.status?.operation;
    const step = known === undefined || known.retryTime !== undefined ? undefined : stepAt(known, steps);
    if (known !== undefined && step !== undefined)
      return known.applied === true ? this.#wait(sync, known, step) : this.#apply(sync, known, step);
    const begun = beginOperation(application, rendered.commit, steps, now, known);
    const operation = sync.words === undefined ? begun : { ...begun, only: [...sync.words] };
    const unknown = unknownIn(sync);
    if (unknown.length > 0) return this.#refuse(sync, operation, problemText(rendered.commit, unknown));
    const problems = [...rendered.problems, ...annotationProblems(rendered.objects)];
    if (problems.length > 0) return this.#fail(sync, operation, problemText(rendered.commit, problems));
    const [first] = steps.main;
    if (first !== undefined && steps.main.length === 1 && first.hooks.length === 0)
      return this.#apply(sync, operation, first);
    const barred = await takeOver(this.#options.parts, application, rendered, false);
    if (barred.length > 0) return this.#fail(sync, operation, problemText(rendered.commit, barred));
    // What takes several steps is tried as a whole first, and written down before it begins.
    const plan = await applyApplication(this.#options.parts, application, rendered, {
      dryRun: true,
      ...(sync.only === undefined ? {} : { only: sync.only }),
    });
    if (plan.problems.length > 0) return this.#fail(sync, operation, describeProblems(plan));
    const message = `${describeStep(operation, steps)} begins`;
    return { status: underWayStatus(application, { ...operation, message }), againMs: LOOK_AGAIN_MS };
  }

  #runOf(sync: Sync, operation: SyncOperation, step: Step): StepRun {
    const { application, rendered } = sync;
    const run = hookRun(application, step.phase, operation.commit, operation.startTime ?? '');
    const hooks = step.hooks.map((source) => hookForRun(source, run));
    const { parts } = this.#options;
    parts.waits.remove(keyOf(application));
    if (hooks.length > 0)
      parts.waits.claim(keyOf(application), new Set(hooks.map(({ object }) => identityOf(object))));
    return { parts, application, rendered, operation, step, hooks, run };
  }

  async #apply(sync: Sync, operation: SyncOperation, step: Step): Promise<Synced> {
    const { drift, live } = this.#options;
    const run = this.#runOf(sync, operation, step);
    // Watched before they are made: what goes by itself at once is seen to end.
    for (const { object } of run.hooks)
      await live.get(object.apiVersion, object.kind, object.metadata.namespace ?? '', object.metadata.name);
    const end = syncDuration.startTimer();
    // Needed at the end; what goes wrong is told then.
    this.#infoOf(sync.repository, operation.commit).catch(() => undefined);
    const applied = await applyStep(run);
    if (applied.type === 'blocked') {
      if (timeLeft(sync.application, operation, sync.now) > 0)
        return this.#waiting(sync, operation, `waits for ${applied.message}`);
      return this.#fail(sync, operation, this.#timedOut(sync, operation, applied.message));
    }
    end();
    const told = { client: this.#options.parts.client, live };
    const lost = await recount(told, sync.application, applied.plan, applied.inventory);
    const counted = countedBy(operation, applied.plan, run.hooks, sync.now, lost);
    drift.applied(applied.plan.results);
    live.applied(
      applied.plan.results.flatMap(({ after }) => (after === undefined ? [] : [after as AnyObject])),
    );
    tellWorkloads(sync.context.events, sync.application, applied.plan);
    const after = withHeld(sync, applied, step);
    if (applied.type === 'refused')
      return this.#fail(after, { ...counted, applied: false }, describeProblems(applied.plan));
    return this.#wait(after, counted, step);
  }

  /** Looks whether an applied step is done, and goes to the next one or ends. */
  async #wait(sync: Sync, operation: SyncOperation, step: Step): Promise<Synced> {
    const run = this.#runOf(sync, operation, step);
    const { application, now, steps } = sync;
    if (step.waits || run.hooks.length > 0) {
      const objects = step.waits ? step.objects : [];
      if (operation.hooksRevision !== undefined)
        await recallEnds(
          { ...this.#options.parts, live: this.#options.live },
          run.hooks,
          run.run,
          operation.hooksRevision,
        );
      const readiness = await readinessOf(this.#options.live, objects, run.hooks, run.run);
      if (readiness.type === 'failed') {
        const text = `${describeStep(operation, steps)}: ${readiness.message}`;
        return this.#fail(sync, operation, text, this.#removal(run, 'HookFailed'));
      }
      if (readiness.type === 'waiting' && timeLeft(application, operation, now) <= 0)
        return this.#fail(sync, operation, this.#timedOut(sync, operation, readiness.message));
      if (readiness.type === 'waiting') {
        const left = await this.#withoutEnded(operation, run);
        return this.#waiting(sync, left, `waits for ${readiness.message}`);
      }
    }
    const next = nextStep(operation, listOf(operation, steps), now);
    const afterwards = this.#removal(run, 'HookSucceeded');
    if (next === undefined) return { ...(await this.#end(sync, operation)), ...afterwards };
    const text = `${describeStep(next, steps)} begins`;
    const status = underWayStatus(application, { ...next, message: text });
    return { status, againMs: LOOK_AGAIN_MS, ...afterwards };
  }

  /** Hooks that have ended hold back nothing that is newer, while objects beside them are waited for. */
  async #withoutEnded(operation: SyncOperation, run: StepRun): Promise<SyncOperation> {
    if (operation.hooks === undefined) return operation;
    const { hooks: _, hooksRevision: __, ...rest } = operation;
    const readiness = await readinessOf(this.#options.live, [], run.hooks, run.run);
    return readiness.type === 'ready' ? rest : operation;
  }

  #removal(run: StepRun, policy: DeletePolicy): Pick<Synced, 'afterwards'> {
    if (run.hooks.length === 0) return {};
    return { afterwards: () => removeHooks(hookParts(run), run.hooks, run.run, policy) };
  }

  #waiting(sync: Sync, operation: SyncOperation, what: string): Synced {
    const { application, now, steps } = sync;
    const message = `${describeStep(operation, steps)} ${what}`;
    const againMs = Math.min(LOOK_AGAIN_MS, Math.max(timeLeft(application, operation, now), 100));
    return { status: underWayStatus(application, { ...operation, message }), againMs };
  }

  #timedOut(sync: Sync, operation: SyncOperation, what: string): string {
    const seconds = timeoutMs(sync.application) / 1_000;
    return `${describeStep(operation, sync.steps)} timed out after ${seconds} s: ${what}`;
  }

  /** Everything of the commit took effect, or its SyncFail hooks are through. */
  async #end(sync: Sync, operation: SyncOperation): Promise<Synced> {
    const { application, context, words } = sync;
    if (operation.failure !== undefined) return this.#failed(sync, operation, operation.failure);
    const { parts } = this.#options;
    parts.waits.remove(keyOf(application));
    syncs.inc({ result: 'applied' });
    const { commit, created, changed, pruned } = operation;
    const text = `Applied commit ${commit.slice(0, 7)}: ${created} created, ${changed} changed, ${pruned} pruned`;
    context.events.event(application, 'Normal', 'Synced', text);
    const ended = await this.#endedOf(sync, operation);
    const inventory = application.status?.objects ?? [];
    return {
      status: words === undefined ? appliedStatus(ended, inventory) : selectedStatus(ended, inventory, words),
    };
  }

  /** A request that can't be met, and won't be later: only told. */
  async #refuse(sync: Sync, operation: SyncOperation, reason: string): Promise<Synced> {
    const { application, context } = sync;
    context.events.event(application, 'Warning', 'SyncFailed', reason);
    return { status: refusedStatus(await this.#endedOf(sync, operation), reason) };
  }

  /** Runs the SyncFail hooks, where there are any. */
  async #fail(
    sync: Sync,
    operation: SyncOperation,
    reason: string,
    more: Pick<Synced, 'afterwards'> = {},
  ): Promise<Synced> {
    const { application, steps, now } = sync;
    if (steps.onFailure.length === 0 || operation.phase === 'SyncFail') {
      // What broke first is what has to be told.
      return { ...(await this.#failed(sync, operation, operation.failure ?? reason)), ...more };
    }
    const failing = toFailureHooks(operation, steps.onFailure, reason, now);
    const status = underWayStatus(application, { ...failing, message: reason });
    return { status, againMs: LOOK_AGAIN_MS, ...more };
  }

  async #failed(sync: Sync, operation: SyncOperation, reason: string): Promise<Synced> {
    const { application, context, now } = sync;
    this.#options.parts.waits.remove(keyOf(application));
    syncs.inc({ result: 'failed' });
    const short = operation.commit.slice(0, 7);
    context.events.event(application, 'Warning', 'SyncFailed', `commit ${short}: ${reason}`);
    const retry = retryAfter(application, operation, reason, now);
    const ended = await this.#endedOf(sync, operation);
    return {
      status: failedStatus(ended, reason, retry?.operation),
      ...(retry === undefined ? {} : { againMs: retry.waitMs + 1_000 }),
    };
  }

  async #endedOf({ application, repository, rendered, now }: Sync, operation: SyncOperation): Promise<Ended> {
    const info = await this.#infoOf(repository, operation.commit);
    const { chartVersion } = rendered;
    return {
      application,
      operation,
      info,
      nowMs: now,
      ...(chartVersion === undefined ? {} : { chartVersion }),
    };
  }
}
