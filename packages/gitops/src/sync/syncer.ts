import type { Application, ApplicationStatus, Repository } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { AnyObject } from '@gantry/machinery/object';
import { timestamp } from '@gantry/runtime/clock';
import type { ControllerContext } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import { syncDuration, syncs } from '../metrics.ts';
import { Backoff } from './backoff.ts';
import { conditionsAfter, requestOf } from './decide.ts';
import type { DriftMarks } from './drift.ts';
import type { LiveObjects } from './live-objects.ts';
import { type SyncParts, type SyncResult, syncApplication } from './sync-application.ts';

const HISTORY_MAX = 50;
const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 300_000;

export interface SyncerOptions {
  readonly parts: SyncParts;
  readonly live: LiveObjects;
  readonly drift: DriftMarks;
}

export interface Synced {
  readonly status: ApplicationStatus;
  /** Milliseconds until a failed one is tried again. */
  readonly againMs?: number;
}

export interface Failure {
  readonly waitMs: number;
  readonly reason: string;
}

/** Applies commits and writes down what became of them; spaces the retries of those that fail. */
export class Syncer {
  readonly #options: SyncerOptions;
  readonly #retries = new Backoff(RETRY_FIRST_MS, RETRY_MAX_MS);

  constructor(options: SyncerOptions) {
    this.#options = options;
  }

  /** Set while a failed commit may not be tried again yet, unless the Application was changed since. */
  failure(application: Application, target: string, now: number): Failure | undefined {
    const key = keyOf(application);
    const waitMs = this.#retries.remaining(key, tagOf(application, target), now);
    return waitMs === 0 ? undefined : { waitMs, reason: this.#retries.reasonOf(key) };
  }

  forget(key: string): void {
    this.#retries.forget(key);
  }

  /** Throws GitError when the source can't be read; what the server refuses is told in the status. */
  async sync(
    application: Application,
    repository: Repository,
    target: string,
    context: ControllerContext,
  ): Promise<Synced> {
    const { parts, live, drift } = this.#options;
    const end = syncDuration.startTimer();
    const now = context.clock.now();
    const key = keyOf(application);
    const tag = tagOf(application, target);
    let result: SyncResult;
    try {
      result = await syncApplication(parts, application, repository, target, now);
    } catch (error) {
      syncs.inc({ result: 'error' });
      if (error instanceof GitError) this.#retries.again(key, tag, now, error.message);
      throw error;
    }
    end();
    drift.applied(result.plan.results);
    live.applied(
      result.plan.applied
        ? result.plan.results.flatMap(({ after }) => (after === undefined ? [] : [after as AnyObject]))
        : [],
    );
    const status = statusAfter(application, target, result, timestamp(now));
    if (result.objects !== undefined) {
      syncs.inc({ result: 'applied' });
      this.#retries.forget(key);
      const { created, changed, pruned } = result.history;
      context.events.event(
        application,
        'Normal',
        'Synced',
        `Applied commit ${target.slice(0, 7)}: ${created} created, ${changed} changed, ${pruned} pruned`,
      );
      return { status };
    }
    syncs.inc({ result: 'failed' });
    context.events.event(
      application,
      'Warning',
      'SyncFailed',
      `commit ${target.slice(0, 7)}: ${status.message}`,
    );
    return { status, againMs: this.#retries.again(key, tag, now, status.message) };
  }
}

const tagOf = (application: Application, target: string): string =>
  `${application.metadata.uid} ${application.metadata.generation} ${target}`;

function statusAfter(
  application: Application,
  target: string,
  { history, objects }: SyncResult,
  time: string,
): ApplicationStatus {
  const { message: _, ...before } = application.status ?? {};
  const [last, ...older] = before.history ?? [];
  // A retry of what failed replaces its entry, and so does a repetition that changed nothing.
  const again =
    last?.commit === target &&
    (last.result === 'Failed' ||
      (objects !== undefined && requestOf(application) === undefined && isEmpty(history)));
  const kept = last !== undefined && again && last.result === 'Applied' ? last : history;
  const past = last === undefined ? [] : again ? older : [last, ...older];
  return {
    ...before,
    observedGeneration: application.metadata.generation ?? 0,
    targetCommit: target,
    history: [kept, ...past].slice(0, HISTORY_MAX),
    conditions: conditionsAfter(application, objects !== undefined, time),
    ...(objects === undefined
      ? { sync: 'OutOfSync' as const, message: history.reason ?? 'the sync failed' }
      : { sync: 'Synced' as const, commit: target, objects }),
  };
}

const isEmpty = ({ created, changed, pruned }: SyncResult['history']): boolean =>
  (created ?? 0) + (changed ?? 0) + (pruned ?? 0) === 0;
