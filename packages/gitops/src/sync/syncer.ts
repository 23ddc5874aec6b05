import type { Application, Repository } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { ControllerContext } from '@gantry/runtime/port';
import { type CommitInfo, GitError } from '../git/tree.ts';
import { syncs } from '../metrics.ts';
import type { Rendered } from '../render/render.ts';
import { Backoff } from './backoff.ts';
import { pendingRequest, selected, selectionOf } from './request.ts';
import { renderApplication } from './sync-application.ts';
import { isOvertaken, isWanted } from './waves/operation.ts';
import { abandonedStatus, withoutOperation } from './waves/outcome.ts';
import { type RunnerOptions, StepRunner, type Sync, type Synced } from './waves/step-runner.ts';
import { stepsOf } from './waves/steps.ts';

const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 300_000;
const INFOS_MAX = 1_000;

export interface Failure {
  readonly waitMs: number;
  readonly reason: string;
}

/**
 * Brings Applications to commits, a step a call: what is under way is kept in status.operation, so that no worker waits
 * and a new process goes on where the last one was.
 */
export class Syncer {
  readonly #options: RunnerOptions;
  readonly #runner: StepRunner;
  /** Of sources that can't be read. */
  readonly #retries = new Backoff(RETRY_FIRST_MS, RETRY_MAX_MS);
  /** Of commits, which never change. */
  readonly #infos = new Map<string, Promise<CommitInfo>>();

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#runner = new StepRunner(options, (repository, commit) => this.#infoOf(repository, commit));
  }

  /** Set while a source that couldn't be read need not be tried again yet, unless the Application was changed since. */
  failure(application: Application, target: string, now: number): Failure | undefined {
    const key = keyOf(application);
    const waitMs = this.#retries.remaining(key, tagOf(application, target), now);
    return waitMs === 0 ? undefined : { waitMs, reason: this.#retries.reasonOf(key) };
  }

  /** What it failed by is over. */
  forgetFailure(key: string): void {
    this.#retries.forget(key);
  }

  forget(key: string): void {
    this.#retries.forget(key);
    this.#options.parts.waits.remove(key);
  }

  /**
   * `target`: what is followed, when that isn't `commit`. Throws GitError when the source can't be read; what the server
   * refuses is told in the status.
   */
  async sync(
    application: Application,
    repository: Repository,
    commit: string,
    context: ControllerContext,
    target = commit,
  ): Promise<Synced> {
    const now = context.clock.now();
    const key = keyOf(application);
    try {
      const { parts } = this.#options;
      const rendered = await renderApplication(parts, application, repository, commit);
      const begun = await this.#superseding(application, repository, commit, now);
      const synced = await this.#runner.advance(
        this.#syncOf(begun, application, rendered, repository, context, now),
      );
      this.#retries.forget(key);
      return synced;
    } catch (error) {
      syncs.inc({ result: 'error' });
      const { operation } = application.status ?? {};
      const goesOn = operation?.commit === commit;
      if (error instanceof GitError && goesOn && isOvertaken(application, operation, target)) {
        // It would never end: what it is made from can't be read any more, while something newer waits for it.
        this.#options.parts.waits.remove(key);
        const info = await this.#infoOf(repository, operation.commit);
        return { status: abandonedStatus({ application, operation, info, nowMs: now }, error.message) };
      }
      if (error instanceof GitError) this.#retries.again(key, tagOf(application, commit), now, error.message);
      throw error;
    }
  }

  #syncOf(
    application: Application,
    before: Application,
    rendered: Rendered,
    repository: Repository,
    context: ControllerContext,
    now: number,
  ): Sync {
    const words = wordsOf(application, before);
    const only = words === undefined ? undefined : selected(rendered, words).identities;
    const steps = stepsOf(rendered.objects, only);
    return {
      application,
      rendered,
      steps,
      words,
      ...(only === undefined ? {} : { only }),
      repository,
      context,
      now,
    };
  }

  /** The Application without an operation that is no longer wanted. */
  async #superseding(
    application: Application,
    repository: Repository,
    commit: string,
    nowMs: number,
  ): Promise<Application> {
    const { status = {} } = application;
    const { operation } = status;
    if (operation === undefined) return application;
    if (operation.commit === commit && isWanted(application, operation, commit)) return application;
    const info = await this.#infoOf(repository, operation.commit);
    return { ...application, status: withoutOperation(status, commit, { application, info, nowMs }) };
  }

  /** A commit that can't be read any more has no author to name. */
  #infoOf(repository: Repository, commit: string): Promise<CommitInfo> {
    const key = `${keyOf(repository)} ${commit}`;
    const known = this.#infos.get(key);
    if (known !== undefined) return known;
    const info = this.#options.parts.sources.info(repository, commit).catch((error: unknown) => {
      this.#infos.delete(key);
      if (!(error instanceof GitError)) throw error;
      return { commit, author: '', message: '' };
    });
    if (this.#infos.size >= INFOS_MAX) this.#infos.clear();
    this.#infos.set(key, info);
    return info;
  }
}

/**
 * What is to be synced only; undefined: everything. A request means what it named when its sync began, also when another
 * commit takes that over: `before` has the operation yet.
 */
function wordsOf(application: Application, before: Application): readonly string[] | undefined {
  const request = pendingRequest(application);
  const { operation } = application.status ?? {};
  if (operation !== undefined) return operation.only;
  const begun = before.status?.operation;
  if (request === undefined) return undefined;
  return begun?.request === request ? begun.only : selectionOf(application);
}

const tagOf = (application: Application, target: string): string =>
  `${application.metadata.uid} ${application.metadata.generation} ${target}`;
