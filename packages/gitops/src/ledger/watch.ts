import type { Application, Plan, Repository } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { applications, plans, repositories } from '@gantry/client/resources';
import type { ControllerContext } from '@gantry/runtime/port';
import type { LedgerPort } from './ledger.ts';
import { appliedAfter, countApplications, healthyAfter, outcomes } from './metrics.ts';
import { planRecord } from './plan-record.ts';
import { type Observation, type Transition, transitionsOf } from './transitions.ts';

export interface WatchParts {
  readonly context: ControllerContext;
  readonly ledger: LedgerPort;
  /** Told of what happens while this runs, not of what was there before. */
  readonly tell: (application: Application, transition: Transition) => void;
}

/** Moments of commits; the oldest are forgotten. */
class Moments {
  static readonly #max = 5_000;
  readonly #known = new Map<string, number>();

  /** The first time counts. */
  note(key: string, ms: number): void {
    if (this.#known.has(key)) return;
    this.#known.set(key, ms);
    if (this.#known.size > Moments.#max)
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest);
        return;
      }
  }

  of(key: string): number | undefined {
    return this.#known.get(key);
  }
}

const commitsOf = ({ status }: Repository): string[] =>
  Object.values({ ...status?.branches, ...(status as { tags?: Record<string, string> } | undefined)?.tags });

/**
 * Writes the ledger from what the status of Applications and Plans says, and counts it. The status is durable: what a
 * crash kept from being recorded, the next start finds there.
 */
export function watchApplications({ context, ledger, tell }: WatchParts): void {
  const { informers, clock } = context;
  const seen = new Moments();
  const applied = new Moments();
  informers.informer(repositories).addHandler({
    onUpdate(repository: Repository, _old, initial) {
      if (initial) return;
      for (const commit of commitsOf(repository)) seen.note(`${keyOf(repository)} ${commit}`, clock.now());
    },
  });
  const known = informers.informer<Application>(applications);
  countApplications(() => known.list());
  known.addHandler({
    onUpdate(application, old, initial) {
      const source = `${application.metadata.namespace}/${application.spec.source.repository}`;
      const observation: Observation = {
        ...(initial ? {} : { nowMs: clock.now() }),
        seenMs: (commit) => seen.of(`${source} ${commit}`),
        appliedMs: (commit) => applied.of(`${keyOf(application)} ${commit}`),
      };
      for (const transition of transitionsOf(old, application, observation)) {
        const { record, notify, commit, durationMs } = transition;
        if (record !== undefined) ledger.record(record);
        if (initial || notify === undefined) continue;
        if (notify === 'Synced') applied.note(`${keyOf(application)} ${commit}`, clock.now());
        count(notify, durationMs);
        tell(application, transition);
      }
    },
  });
  informers.informer<Plan>(plans).addHandler({
    onUpdate(plan, old) {
      const record = planRecord(old, plan);
      if (record !== undefined) ledger.record(record);
    },
  });
}

function count(event: NonNullable<Transition['notify']>, durationMs: number | undefined): void {
  outcomes.inc({ event });
  if (durationMs === undefined) return;
  if (event === 'Synced') appliedAfter.observe(durationMs / 1_000);
  if (event === 'Healthy') healthyAfter.observe(durationMs / 1_000);
}
