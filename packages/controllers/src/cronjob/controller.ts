import { isDeepStrictEqual } from 'node:util';
import type { CronJob, CronJobStatus, Job } from '@gantry/api/generated/types';
import { controllerOf, splitKey } from '@gantry/client/keys';
import { cronJobs, jobs } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { timestamp } from '@gantry/runtime/clock';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { exponentialBuckets, Histogram } from 'prom-client';
import { messageOf } from '../shared/batches.ts';
import {
  AWAIT_CACHE,
  DONE,
  ignoreNotFound,
  isNamespaceTerminating,
  requeueAfter,
} from '../shared/outcomes.ts';
import { controllerKeys } from '../shared/owners.ts';
import { epoch } from '../shared/pods.ts';
import { decideHistory, decideStart, jobFor, outcomeOf } from './decide.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

const startDelay = new Histogram({
  name: 'cronjob_controller_job_creation_skew_duration_seconds',
  help: '[STABLE] Time between when a cronjob is scheduled to be run, and when the corresponding job is created',
  buckets: exponentialBuckets(1, 2, 10),
});

/** Starts Jobs by the clock. */
export function cronJobController(): Controller {
  let writes: OwnWrites | undefined;
  return {
    name: 'cronjob-controller',
    inputs: [input<CronJob>(cronJobs), input<Job>(jobs, (job, old) => controllerKeys('CronJob', job, old))],
    outputs: [
      { resource: jobs, verbs: ['create', 'delete'] },
      { resource: cronJobs, verbs: ['update'], subresource: 'status' },
    ],
    async reconcile(key, context): Promise<Outcome> {
      writes ??= new OwnWrites(context.clock);
      const { namespace, name } = splitKey(key);
      const cronJob = context.informers.informer(cronJobs).get(namespace, name);
      if (cronJob === undefined) {
        writes.forget(key);
        return DONE;
      }
      if (!writes.areSeen(key)) return AWAIT_CACHE;
      return new CronRun(key, cronJob, writes, context).run();
    },
  };
}

class CronRun {
  readonly #key: string;
  readonly #cronJob: CronJob;
  readonly #writes: OwnWrites;
  readonly #context: ControllerContext;
  readonly #owned: readonly Job[];
  readonly #status: CronJobStatus;

  constructor(key: string, cronJob: CronJob, writes: OwnWrites, context: ControllerContext) {
    this.#key = key;
    this.#cronJob = cronJob;
    this.#writes = writes;
    this.#context = context;
    const { uid = '' } = cronJob.metadata;
    this.#owned = context.informers
      .informer(jobs)
      .byIndex('byOwner', uid)
      .filter((job) => controllerOf(job)?.uid === uid);
    this.#status = { ...cronJob.status };
  }

  async run(): Promise<Outcome> {
    this.#noteFinished();
    for (const job of decideHistory(this.#cronJob, this.#owned)) await this.#delete(job);
    const nextIn = await this.#startIfDue();
    await this.#writeStatus();
    return requeueAfter(nextIn);
  }

  #event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#context.events.event(this.#cronJob, type, reason, message);
  }

  /** Jobs that were active and are finished or gone now. */
  #noteFinished(): void {
    const byUid = new Map(this.#owned.map((job) => [job.metadata.uid, job]));
    for (const ref of this.#cronJob.status?.active ?? []) {
      const job = byUid.get(ref.uid);
      if (job === undefined) this.#event('Normal', 'MissingJob', `Active job went missing: ${ref.name}`);
      else {
        const outcome = outcomeOf(job);
        if (outcome !== undefined)
          this.#event('Normal', 'SawCompletedJob', `Saw completed job: ${ref.name}, condition: ${outcome}`);
      }
    }
    for (const job of this.#owned) {
      const ended = job.status?.completionTime;
      if (ended !== undefined && epoch(ended) > epoch(this.#status.lastSuccessfulTime))
        this.#status.lastSuccessfulTime = ended;
    }
    this.#setActive(this.#owned.filter((job) => outcomeOf(job) === undefined));
  }

  #setActive(running: readonly Job[]): void {
    const active = running.map(({ metadata }) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      name: metadata.name,
      namespace: metadata.namespace ?? '',
      uid: metadata.uid ?? '',
      ...(metadata.resourceVersion === undefined ? {} : { resourceVersion: metadata.resourceVersion }),
    }));
    const before = this.#cronJob.status?.active ?? [];
    const kept = active.map((ref) => before.find(({ uid }) => uid === ref.uid) ?? ref);
    if (kept.length > 0) this.#status.active = kept;
    else delete this.#status.active;
  }

  async #startIfDue(): Promise<number | undefined> {
    const cronJob = this.#cronJob;
    if (cronJob.metadata.deletionTimestamp !== undefined || cronJob.spec.suspend === true) return undefined;
    let schedule: Schedule;
    try {
      schedule = parseSchedule(cronJob.spec.schedule, cronJob.spec.timeZone);
    } catch (error) {
      this.#event(
        'Warning',
        'UnparseableSchedule',
        `unparseable schedule: ${JSON.stringify(cronJob.spec.schedule)} : ${messageOf(error)}`,
      );
      return undefined;
    }
    const running = this.#owned.filter((job) => outcomeOf(job) === undefined);
    const { plan, tooMany, nextIn } = decideStart(
      cronJob,
      schedule,
      running.length,
      this.#context.clock.now(),
    );
    if (tooMany)
      this.#event(
        'Warning',
        'TooManyMissedTimes',
        'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
      );
    if (plan.type === 'never')
      this.#event(
        'Warning',
        'InvalidSchedule',
        `invalid schedule: ${cronJob.spec.schedule} : time difference between two schedules is less than 1 second`,
      );
    else if (plan.type === 'missed')
      this.#event(
        'Warning',
        'MissSchedule',
        `Missed scheduled time to start a job: ${new Date(plan.at).toUTCString().replace('GMT', '+0000')}`,
      );
    else if (plan.type === 'busy')
      this.#event(
        'Normal',
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      );
    else if (plan.type === 'start') {
      if (plan.replace) for (const job of running) await this.#delete(job);
      await this.#start(plan.at, plan.replace ? [] : running);
    }
    return nextIn;
  }

  async #start(at: number, running: readonly Job[]): Promise<void> {
    const { client, informers } = this.#context;
    try {
      const job = await client.create(jobs, jobFor(this.#cronJob, at));
      this.#writes.wrote(this.#key, informers.informer(jobs), job);
      this.#event('Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
      this.#setActive([...running, job]);
      startDelay.observe(Math.max(0, (epoch(job.metadata.creationTimestamp) - at) / 1000));
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      // Started by the run before this one, which did not come to write its status.
      if (!isStatusError(error, 'AlreadyExists')) {
        this.#event('Warning', 'FailedCreate', `Error creating job: ${messageOf(error)}`);
        throw error;
      }
    }
    this.#status.lastScheduleTime = timestamp(at);
  }

  async #delete(job: Job): Promise<void> {
    const { client, informers } = this.#context;
    const { namespace = '', name } = job.metadata;
    await ignoreNotFound(client.delete(jobs, namespace, name, { propagationPolicy: 'Background' }));
    this.#writes.deleted(this.#key, informers.informer(jobs), job);
    this.#event('Normal', 'SuccessfulDelete', `Deleted job ${name}`);
  }

  async #writeStatus(): Promise<void> {
    if (isDeepStrictEqual(this.#status, this.#cronJob.status ?? {})) return;
    const { client, informers } = this.#context;
    const stored = await client.update(
      cronJobs,
      { ...this.#cronJob, status: this.#status },
      { subresource: 'status' },
    );
    this.#writes.wrote(this.#key, informers.informer(cronJobs), stored);
  }
}
