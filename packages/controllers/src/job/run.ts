import { isDeepStrictEqual } from 'node:util';
import type { Job, JobCondition, JobStatus, Pod } from '@gantry/api/generated/types';
import { jobs, pods } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { timestamp } from '@gantry/runtime/clock';
import type { OwnWrites } from '@gantry/runtime/own-writes';
import type { ControllerContext, Outcome } from '@gantry/runtime/port';
import { type BatchResult, forEachAtOnce, messageOf, slowStart } from '../shared/batches.ts';
import { findCondition, withCondition } from '../shared/conditions.ts';
import { ignoreNotFound, isNamespaceTerminating } from '../shared/outcomes.ts';
import { isReady } from '../shared/pods.ts';
import { type BackoffRecord, NO_FAILURES, nextRecord } from './backoff.ts';
import { decidePods, isComplete, type PodsPlan } from './decide.ts';
import { countFinished, countPods, type SyncAction } from './metrics.ts';
import { isSuspended, isTracked, TRACKING, uidOf } from './pods.ts';
import { jobPod } from './template.ts';
import { settle, track, uncountedOf } from './tracking.ts';
import { closing, deadlineIn, decideEnd, jobCondition } from './verdict.ts';
import { type JobView, viewOf } from './view.ts';

/** One run over one Job that is not finished. */
export class JobRun {
  readonly #key: string;
  readonly #view: JobView;
  readonly #writes: OwnWrites;
  readonly #backoffs: Map<string, BackoffRecord>;
  readonly #context: ControllerContext;
  readonly #now: number;
  #job: Job;
  #active: number;
  #ready: number;
  #terminating: number;
  #failure: unknown;
  #action: SyncAction = 'reconciling';

  constructor(
    key: string,
    job: Job,
    owned: readonly Pod[],
    writes: OwnWrites,
    backoffs: Map<string, BackoffRecord>,
    context: ControllerContext,
  ) {
    this.#key = key;
    this.#job = job;
    this.#view = viewOf(job, owned);
    this.#writes = writes;
    this.#backoffs = backoffs;
    this.#context = context;
    this.#now = context.clock.now();
    this.#active = this.#view.active.length;
    this.#ready = this.#view.ready;
    this.#terminating = this.#view.terminating;
  }

  /** What the run did. */
  get action(): SyncAction {
    return this.#action;
  }

  async run(): Promise<Outcome> {
    const view = this.#view;
    const backoff = nextRecord(
      this.#backoffs.get(this.#key) ?? NO_FAILURES,
      view.newSucceeded,
      view.newFailed,
    );
    const status: JobStatus = { ...this.#job.status };
    if (status.startTime === undefined && !isSuspended(this.#job)) status.startTime = timestamp(this.#now);
    let end = decideEnd(view, this.#now);
    let plan: PodsPlan | undefined;
    if (end !== undefined) {
      const { succeeded } = await this.#remove(view.active);
      // Not before every pod was told to go.
      if (succeeded < view.active.length) end = undefined;
    } else if (this.#job.metadata.deletionTimestamp === undefined) {
      plan = decidePods(view, backoff, this.#now);
      await this.#remove(plan.remove, (pod) => this.#untrack(pod));
      await this.#create(plan.create);
    }
    if (end === undefined && isComplete(this.#job, view.succeeded, this.#active))
      end = jobCondition(
        'SuccessCriteriaMet',
        'True',
        'CompletionsReached',
        'Reached expected number of succeeded pods',
        this.#now,
      );
    else if (plan !== undefined) this.#noteSuspension(status);
    await this.#finish(status, end, backoff);
    if (this.#failure !== undefined) throw this.#failure;
    return this.#outcome(plan, status);
  }

  #outcome(plan: PodsPlan | undefined, status: JobStatus): Outcome {
    const deadline = deadlineIn({ ...this.#job, status }, this.#now);
    const waits = [plan?.backoffMs, deadline].filter((wait) => wait !== undefined && wait > 0) as number[];
    return waits.length === 0 ? { type: 'done' } : { type: 'requeueAfter', ms: Math.min(...waits) };
  }

  #noteSuspension(status: JobStatus): void {
    const { events } = this.#context;
    const current = findCondition(status.conditions, 'Suspended');
    const set = (value: 'True' | 'False', reason: string, message: string) => {
      status.conditions = withCondition(
        status.conditions,
        jobCondition('Suspended', value, reason, message, this.#now),
        this.#now,
      );
    };
    if (isSuspended(this.#job)) {
      if (current?.status === 'True') return;
      set('True', 'JobSuspended', 'Job suspended');
      events.event(this.#job, 'Normal', 'Suspended', 'Job suspended');
      delete status.startTime;
    } else if (current?.status === 'True') {
      set('False', 'JobResumed', 'Job resumed');
      events.event(this.#job, 'Normal', 'Resumed', 'Job resumed');
      status.startTime = timestamp(this.#now);
    }
  }

  /** Writes the counts, then lets the counted pods go, then writes what that settles and, at the end, the verdict. */
  async #finish(base: JobStatus, end: JobCondition | undefined, backoff: BackoffRecord): Promise<void> {
    const { status, release, isPartial } = track(this.#view, base, end);
    const counted: JobStatus = {
      ...status,
      ready: this.#ready,
      terminating: this.#terminating,
      ...(this.#active > 0 ? { active: this.#active } : {}),
    };
    if (this.#active === 0) delete counted.active;
    if (end !== undefined && findCondition(counted.conditions, end.type) === undefined)
      counted.conditions = [...(counted.conditions ?? []), end];
    await this.#write(counted);
    this.#backoffs.set(this.#key, backoff);
    const released = await this.#release(release);
    const tracked = new Set(
      this.#view.pods.filter((pod) => isTracked(pod) && !released.has(uidOf(pod))).map(uidOf),
    );
    const settled = settle(counted, tracked);
    const mayClose = end !== undefined && !isPartial && uncountedOf(settled) === 0 && this.#terminating === 0;
    if (end === undefined || !mayClose) {
      await this.#write(settled);
      return;
    }
    const last = closing(end, this.#now);
    settled.conditions = [...(settled.conditions ?? []), last];
    if (last.type === 'Complete') settled.completionTime = timestamp(this.#now);
    await this.#write(settled);
    this.#report(last, settled.succeeded ?? 0);
  }

  #report(last: JobCondition, succeeded: number): void {
    const { events } = this.#context;
    countFinished(this.#job, last.type === 'Complete', last.reason ?? '');
    if (last.type === 'Failed') {
      events.event(this.#job, 'Warning', last.reason ?? '', last.message ?? '');
      return;
    }
    if (this.#job.spec.completions !== undefined && succeeded > this.#job.spec.completions)
      events.event(
        this.#job,
        'Warning',
        'TooManySucceededPods',
        'Too many succeeded pods running after completion count reached',
      );
    events.event(this.#job, 'Normal', 'Completed', 'Job completed');
  }

  async #write(status: JobStatus): Promise<void> {
    if (isDeepStrictEqual(status, this.#job.status)) return;
    const { client, informers } = this.#context;
    const stored = await client.update(jobs, { ...this.#job, status }, { subresource: 'status' });
    this.#writes.wrote(this.#key, informers.informer(jobs), stored);
    countPods(stored, this.#job.status ?? {}, status);
    this.#job = stored;
  }

  async #release(release: readonly Pod[]): Promise<Set<string>> {
    const { informers } = this.#context;
    const released = new Set<string>();
    if (release.length > 0 && this.#action === 'reconciling') this.#action = 'tracking';
    const { error } = await forEachAtOnce(release, async (pod) => {
      await this.#untrack(pod);
      // A pod that was being deleted may be gone now: counted from a cache that still has it, it would count twice.
      this.#writes.replaced(this.#key, informers.informer(pods), pod);
      released.add(uidOf(pod));
    });
    this.#failure ??= error;
    return released;
  }

  async #untrack({ metadata }: Pod): Promise<void> {
    const { namespace = '', name, uid = '', finalizers = [], resourceVersion } = metadata;
    const rest = finalizers.filter((finalizer) => finalizer !== TRACKING);
    if (rest.length === finalizers.length) return;
    const change = { uid, resourceVersion, finalizers: rest.length === 0 ? null : rest };
    await ignoreNotFound(
      this.#context.client.patch(pods, namespace, name, { metadata: change }, { type: 'merge' }),
    );
  }

  /** `before`: what is done to a pod first. Pods that are no longer wanted count for nothing, and so are untracked. */
  async #remove(remove: readonly Pod[], before?: (pod: Pod) => Promise<void>): Promise<BatchResult> {
    const { client, informers, events } = this.#context;
    const informer = informers.informer(pods);
    if (remove.length > 0) this.#action = 'pods_deleted';
    const result = await forEachAtOnce(remove, async (pod) => {
      const { namespace = '', name, uid } = pod.metadata;
      try {
        await before?.(pod);
        await client.delete(pods, namespace, name, uid === undefined ? {} : { preconditions: { uid } });
        this.#writes.deleted(this.#key, informer, pod);
        events.event(this.#job, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
      } catch (cause) {
        if (!isStatusError(cause, 'NotFound')) {
          events.event(this.#job, 'Warning', 'FailedDelete', `Error deleting: ${messageOf(cause)}`);
          throw cause;
        }
      }
      this.#active--;
      this.#terminating++;
      if (isReady(pod)) this.#ready--;
    });
    this.#failure ??= result.error;
    return result;
  }

  async #create(indexes: readonly (number | undefined)[]): Promise<void> {
    const { client, informers, events } = this.#context;
    if (indexes.length > 0) this.#action = 'pods_created';
    const { error } = await slowStart(indexes.length, async (i) => {
      const index = indexes[i];
      const last = index === undefined ? undefined : this.#view.delayed.get(index);
      try {
        const pod = await client.create(pods, jobPod(this.#job, index, last));
        this.#writes.wrote(this.#key, informers.informer(pods), pod);
        this.#active++;
        events.event(this.#job, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      } catch (cause) {
        if (!isNamespaceTerminating(cause))
          events.event(this.#job, 'Warning', 'FailedCreate', `Error creating: ${messageOf(cause)}`);
        throw cause;
      }
    });
    if (!isNamespaceTerminating(error)) this.#failure ??= error;
  }
}
