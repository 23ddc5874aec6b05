import type {
  Application,
  ApplicationStatus,
  ApplySetResult,
  ObjectTouch,
  Repository,
} from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { AnyObject } from '@gantry/machinery/object';
import { timestamp } from '@gantry/runtime/clock';
import type { ControllerContext } from '@gantry/runtime/port';
import { driftedFields } from '../drift/drifted-fields.ts';
import { ignoredIn } from '../drift/ignored.ts';
import { describeTouches, touchOf } from '../drift/touched.ts';
import { healRecords } from '../ledger/drift-records.ts';
import { drifts } from '../metrics.ts';
import type { Rendered } from '../render/render.ts';
import { Backoff } from './backoff.ts';
import type { DriftMarks } from './drift.ts';
import { entryIdentity } from './inventory.ts';
import type { LiveObjects } from './live-objects.ts';
import { applyApplication, describeProblems, renderApplication, type SyncParts } from './sync-application.ts';

const HEAL_FIRST_MS = 2_000;
const HEAL_MAX_MS = 300_000;
/** Put back so often within a while: somebody does it again each time. */
const FIGHT = 2;

export interface DriftCheck {
  readonly status: ApplicationStatus;
  /** Milliseconds until it must be looked at again. */
  readonly againMs?: number;
}

/** Objects that are not as Git says, by identity, and who made them so. */
type Drifted = ReadonlyMap<string, ObjectTouch>;

/** One look at an Application. */
interface Look {
  readonly application: Application;
  readonly rendered: Rendered;
  readonly status: ApplicationStatus;
  readonly marked: ReadonlySet<string>;
  readonly drifted: Drifted;
  readonly context: ControllerContext;
}

/** Looks at objects that others touched: compares them with the applied commit by a dry run, heals when asked to. */
export class DriftChecker {
  readonly #parts: SyncParts;
  readonly #marks: DriftMarks;
  readonly #live: LiveObjects;
  /** By Application; inside by object, so that one that is fought over doesn't hold up the others. */
  readonly #heals = new Map<string, Backoff>();

  constructor(parts: SyncParts, marks: DriftMarks, live: LiveObjects) {
    this.#parts = parts;
    this.#marks = marks;
    this.#live = live;
  }

  forget(key: string): void {
    this.#heals.delete(key);
  }

  /** What `check` found is written down. Until then what it looked at is looked at again. */
  settle(key: string): void {
    this.#marks.settle(key);
  }

  async check(
    application: Application,
    repository: Repository,
    status: ApplicationStatus,
    context: ControllerContext,
  ): Promise<DriftCheck> {
    const key = keyOf(application);
    const taken = this.#marks.take(key);
    if (status.commit === undefined || status.objects === undefined) return { status };
    const elsewhere = ofOtherCommits(status);
    // What another Application has taken over is its own to look after.
    const isOurs = (identity: string): boolean =>
      this.#parts.index.holdersOf(identity).every((holder) => holder === key);
    const marked = new Set(
      [...taken, ...questioned(application)].filter(
        (identity) => !elsewhere.has(identity) && isOurs(identity),
      ),
    );
    if (marked.size === 0) return { status };
    try {
      const rendered = await renderApplication(this.#parts, application, repository, status.commit);
      // Another version of the chart has come: it says nothing of what was applied, and is put in its place by a sync alone.
      if (isOtherChart(rendered, status)) {
        this.#marks.putBack(key, taken);
        return { status };
      }
      const { results } = await applyApplication(this.#parts, application, rendered, {
        dryRun: true,
        only: marked,
      });
      const drifted = driftIn(application, results, timestamp(context.clock.now()));
      const look: Look = { application, rendered, status, marked, drifted, context };
      if (application.spec.syncPolicy?.selfHeal === true && drifted.size > 0) return await this.#mend(look);
      return { status: this.#report(look) };
    } catch (error) {
      this.#marks.putBack(key, taken);
      throw error;
    }
  }

  /** Puts back what may be put back now; the rest waits for its time. */
  async #mend(look: Look): Promise<DriftCheck> {
    const { application, drifted, context } = look;
    const key = keyOf(application);
    const heals = this.#heals.get(key) ?? new Backoff(HEAL_FIRST_MS, HEAL_MAX_MS);
    this.#heals.set(key, heals);
    const now = context.clock.now();
    const due = new Map([...drifted].filter(([identity]) => heals.remaining(identity, '', now) === 0));
    const problem = due.size === 0 ? undefined : await this.#heal(look, due, heals);
    const left =
      problem === undefined ? new Map([...drifted].filter(([identity]) => !due.has(identity))) : drifted;
    const status = this.#report({ ...look, drifted: left });
    if (left.size === 0) return { status };
    this.#marks.putBack(key, new Set(left.keys()));
    const waits = [...left.keys()].map((identity) => heals.remaining(identity, '', now));
    const message = problem ?? fightMessage(left, heals, now);
    return { status: { ...status, message }, againMs: Math.max(1, Math.min(...waits)) };
  }

  /** Returns why it failed. */
  async #heal(look: Look, due: Drifted, heals: Backoff): Promise<string | undefined> {
    const { application, rendered, context } = look;
    for (const identity of due.keys()) heals.again(identity, '', context.clock.now());
    const plan = await applyApplication(this.#parts, application, rendered, {
      dryRun: false,
      only: new Set(due.keys()),
    });
    if (!plan.applied) return describeProblems(plan);
    this.#marks.applied(plan.results);
    this.#live.applied(
      plan.results.flatMap(({ after }) => (after === undefined ? [] : [after as AnyObject])),
    );
    drifts.inc({ action: 'healed' }, due.size);
    context.events.event(application, 'Normal', 'Healed', `Put back ${describeTouches(due)}`);
    const records = healRecords(application, due, context.clock.now());
    if (records.length > 0) (await this.#parts.ledger.keep({ records })).send();
    return undefined;
  }

  /** The status as found; tells of what wasn't known before. */
  #report({ application, status, marked, drifted, context }: Look): ApplicationStatus {
    const known = new Set(
      status.objects?.filter((entry) => entry.sync === 'OutOfSync').map((entry) => entryIdentity(entry)),
    );
    const fresh = new Map([...drifted].filter(([identity]) => !known.has(identity)));
    if (fresh.size > 0) {
      drifts.inc({ action: 'reported' }, fresh.size);
      const text = `No longer as commit ${status.commit?.slice(0, 7)} says: ${describeTouches(fresh)}`;
      context.events.event(application, 'Warning', 'Drifted', text);
    }
    return withSync(status, marked, drifted);
  }
}

const isOtherChart = ({ chartVersion }: Rendered, { chartVersion: applied }: ApplicationStatus): boolean =>
  chartVersion !== undefined && applied !== undefined && chartVersion !== applied;

/** What a selective or unfinished sync applied from another commit: the one that is compared with says nothing of it. */
function ofOtherCommits(status: ApplicationStatus): ReadonlySet<string> {
  const others = (status.objects ?? []).filter(
    ({ commit }) => commit !== undefined && commit !== status.commit,
  );
  return new Set(others.map((entry) => entryIdentity(entry)));
}

/** What is out of sync is looked at again when the Application changed: other rules or another policy may hold. */
function questioned({ metadata, status }: Application): string[] {
  if (status?.observedGeneration === metadata.generation) return [];
  return (status?.objects ?? [])
    .filter((entry) => entry.sync === 'OutOfSync' && entry.source !== undefined)
    .map((entry) => entryIdentity(entry));
}

const authorOf = ({ changedBy }: ApplySetResult): ObjectTouch =>
  changedBy === undefined ? {} : { user: changedBy };

/** Who owns a field with the right value is no drift, nor what Git doesn't speak of. */
function driftIn(application: Application, results: readonly ApplySetResult[], now: string): Drifted {
  const drifted = new Map<string, ObjectTouch>();
  const known = new Map(
    (application.status?.objects ?? []).map((entry) => [entryIdentity(entry), entry.touched]),
  );
  for (const result of results) {
    const identity = entryIdentity(result);
    if (result.operation === 'create' || result.operation === 'error') {
      // When it was deleted is written nowhere: now, unless it was known to be gone.
      const before = known.get(identity);
      drifted.set(identity, {
        ...(before?.fields === undefined && before !== undefined ? before : { time: now }),
        ...authorOf(result),
      });
    } else if (result.operation === 'update') {
      const [before, after] = [result.before as AnyObject, result.after as AnyObject];
      const fields = driftedFields(before, after, ignoredIn(application, after));
      if (fields.length > 0) drifted.set(identity, { ...touchOf(before, fields), ...authorOf(result) });
    }
  }
  return drifted;
}

/** Why what has drifted is not put back at once. */
function fightMessage(left: Drifted, heals: Backoff, now: number): string {
  const [[identity, touched] = ['', {}]] = left;
  const times = heals.timesOf(identity);
  const next = timestamp(now + heals.remaining(identity, '', now));
  const what = describeTouches(new Map([[identity, touched]]));
  return times < FIGHT
    ? `to be put back at ${next}: ${what}`
    : `put back ${times} times and changed again each time, next at ${next}: ${what}`;
}

/** What was looked at is as found, the rest as it was. */
function withSync(
  status: ApplicationStatus,
  marked: ReadonlySet<string>,
  drifted: Drifted,
): ApplicationStatus {
  const objects = (status.objects ?? []).map((entry) => {
    const identity = entryIdentity(entry);
    if (!marked.has(identity) || entry.source === undefined) return entry;
    const { touched: _, ...rest } = entry;
    const touched = drifted.get(identity);
    return touched === undefined
      ? { ...rest, sync: 'Synced' as const }
      : { ...rest, sync: 'OutOfSync' as const, touched };
  });
  const isOut = objects.some((entry) => entry.sync === 'OutOfSync');
  return { ...status, objects, sync: isOut ? 'OutOfSync' : 'Synced' };
}
