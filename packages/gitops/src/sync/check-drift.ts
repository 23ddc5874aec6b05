import type { Application, ApplicationStatus, Repository } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { AnyObject } from '@gantry/machinery/object';
import type { ControllerContext } from '@gantry/runtime/port';
import { drifts } from '../metrics.ts';
import { describeNames } from '../plan/describe.ts';
import { diffObjects } from '../plan/diff.ts';
import { Backoff } from './backoff.ts';
import type { DriftMarks } from './drift.ts';
import { entryIdentity } from './inventory.ts';
import type { LiveObjects } from './live-objects.ts';
import { applyApplication, describeProblems, renderApplication, type SyncParts } from './sync-application.ts';

const HEAL_FIRST_MS = 2_000;
const HEAL_MAX_MS = 300_000;

export interface DriftCheck {
  readonly status: ApplicationStatus;
  /** Milliseconds until it must be looked at again. */
  readonly againMs?: number;
}

/** Looks at objects that others touched: compares them with the applied commit by a dry run, heals when asked to. */
export class DriftChecker {
  readonly #parts: SyncParts;
  readonly #marks: DriftMarks;
  readonly #live: LiveObjects;
  readonly #heals = new Backoff(HEAL_FIRST_MS, HEAL_MAX_MS);

  constructor(parts: SyncParts, marks: DriftMarks, live: LiveObjects) {
    this.#parts = parts;
    this.#marks = marks;
    this.#live = live;
  }

  async check(
    application: Application,
    repository: Repository,
    status: ApplicationStatus,
    context: ControllerContext,
  ): Promise<DriftCheck> {
    const key = keyOf(application);
    const marked = this.#marks.take(key);
    if (status.commit === undefined || status.objects === undefined || marked.size === 0) return { status };
    try {
      return await this.#compare(marked, application, repository, status, context);
    } catch (error) {
      this.#marks.putBack(key, marked);
      throw error;
    }
  }

  async #compare(
    marked: ReadonlySet<string>,
    application: Application,
    repository: Repository,
    status: ApplicationStatus,
    context: ControllerContext,
  ): Promise<DriftCheck> {
    const key = keyOf(application);
    const rendered = await renderApplication(this.#parts, application, repository, status.commit ?? '');
    const plan = await applyApplication(this.#parts, application, rendered, { dryRun: true, only: marked });
    // Who owns a field with the right value is no drift.
    const changed = new Set(
      plan.results
        .filter(
          ({ operation, before, after }) =>
            operation !== 'none' && (operation !== 'update' || diffObjects(before, after).length > 0),
        )
        .map((result) => entryIdentity(result)),
    );
    const heals = application.spec.syncPolicy?.selfHeal === true && changed.size > 0;
    const now = context.clock.now();
    const waitMs = heals ? this.#heals.remaining(key, '', now) : 0;
    if (heals && waitMs === 0) {
      const healed = await this.#heal(changed, application, rendered, context);
      if (healed === undefined) return { status: withSync(status, marked, new Set()) };
      this.#marks.putBack(key, changed);
      const after = withSync(status, marked, changed);
      return { status: { ...after, message: healed }, againMs: this.#heals.remaining(key, '', now) };
    }
    const after = withSync(status, marked, changed);
    if (waitMs > 0) this.#marks.putBack(key, changed);
    this.#report(application, status, after, context);
    return { status: after, ...(waitMs > 0 ? { againMs: waitMs } : {}) };
  }

  /** Puts back what others changed. Returns why that failed. */
  async #heal(
    changed: ReadonlySet<string>,
    application: Application,
    rendered: Awaited<ReturnType<typeof renderApplication>>,
    context: ControllerContext,
  ): Promise<string | undefined> {
    this.#heals.again(keyOf(application), '', context.clock.now());
    const plan = await applyApplication(this.#parts, application, rendered, { dryRun: false, only: changed });
    if (!plan.applied) return describeProblems(plan);
    this.#marks.applied(plan.results);
    this.#live.applied(
      plan.results.flatMap(({ after }) => (after === undefined ? [] : [after as AnyObject])),
    );
    drifts.inc({ action: 'healed' }, changed.size);
    context.events.event(application, 'Normal', 'Healed', `Put back ${describeNames(plan.results)}`);
    return undefined;
  }

  #report(
    application: Application,
    before: ApplicationStatus,
    after: ApplicationStatus,
    context: ControllerContext,
  ): void {
    const known = new Set(
      before.objects?.filter((entry) => entry.sync === 'OutOfSync').map((entry) => entryIdentity(entry)),
    );
    const fresh = (after.objects ?? []).filter(
      (entry) => entry.sync === 'OutOfSync' && !known.has(entryIdentity(entry)),
    );
    if (fresh.length === 0) return;
    drifts.inc({ action: 'reported' }, fresh.length);
    const text = `No longer as commit ${after.commit?.slice(0, 7)} says: ${describeNames(fresh)}`;
    context.events.event(application, 'Warning', 'Drifted', text);
  }
}

/** What was looked at is as found, the rest as it was. */
function withSync(
  status: ApplicationStatus,
  marked: ReadonlySet<string>,
  changed: ReadonlySet<string>,
): ApplicationStatus {
  const objects = (status.objects ?? []).map((entry) => {
    const identity = entryIdentity(entry);
    if (!marked.has(identity) || entry.source === undefined) return entry;
    return { ...entry, sync: changed.has(identity) ? ('OutOfSync' as const) : ('Synced' as const) };
  });
  const isOut = objects.some((entry) => entry.sync === 'OutOfSync');
  return { ...status, objects, sync: isOut ? 'OutOfSync' : 'Synced' };
}
