import type {
  Application,
  ApplicationObjectStatus,
  PendingPrune,
  SyncOperation,
} from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { respectIgnored } from '../../drift/respect-ignored.ts';
import { ledgerOf } from '../../ledger/record.ts';
import { applyCommit, type Plan } from '../../plan/plan.ts';
import { afterPrune, markAdded } from '../../prune/held-before.ts';
import {
  choosePrune,
  claimedFrom,
  describeLate,
  HEIRS_WAIT_MS,
  type PruneChoice,
} from '../../prune/prune-choice.ts';
import { identityOf, type Rendered } from '../../render/render.ts';
import type { SourceObject } from '../../render/source-object.ts';
import { actorOf } from '../actor.ts';
import { entryIdentity, inventoryOf } from '../inventory.ts';
import { destinationOf } from '../source.ts';
import { entriesOf, missingNamespace, type SyncParts } from '../sync-application.ts';
import { takeOver } from '../takeover.ts';
import { isHeld } from './annotations.ts';
import { type HookParts, prepareHooks } from './hooks.ts';
import type { Step } from './steps.ts';

/** What has to be known to run a step. */
export interface StepRun {
  readonly parts: SyncParts;
  readonly application: Application;
  readonly rendered: Rendered;
  readonly operation: SyncOperation;
  readonly step: Step;
  /** The step's hooks as they are made for this run. */
  readonly hooks: readonly SourceObject[];
  readonly run: string;
}

export type Applied =
  | {
      readonly type: 'applied';
      readonly plan: Plan;
      /** What the Application holds from now on. */
      readonly inventory: ApplicationObjectStatus[];
      readonly pending?: PendingPrune;
    }
  | { readonly type: 'refused'; readonly plan: Plan; readonly inventory: ApplicationObjectStatus[] }
  /** Something has to be gone before. */
  | { readonly type: 'blocked'; readonly message: string };

const NOTHING = { results: [], problems: [], applied: true, transactions: 0 } as const;

export const hookParts = ({ parts, application }: Pick<StepRun, 'parts' | 'application'>): HookParts => {
  const { user, groups } = actorOf(application);
  return { reader: parts.client, client: parts.client.as(user, groups), kinds: parts.kinds };
};

/** Stores the objects and hooks of a step, in one transaction if it takes them. Throws what may pass by itself. */
export async function applyStep(run: StepRun): Promise<Applied> {
  const { parts, application, rendered, step } = run;
  const { commit } = rendered;
  const key = keyOf(application);
  const refused = (problems: Plan['problems']): Applied => ({
    type: 'refused',
    plan: { commit, results: [], problems, applied: false },
    inventory: [...inventoryOf(application)],
  });
  const identities = new Set(rendered.objects.map(({ object }) => identityOf(object)));
  const problems = await takeOver(parts, application, rendered, true);
  if (problems.length > 0) return refused(problems);
  const choice: PruneChoice = step.prunes
    ? await choosePrune(parts, application, commit, identities, HEIRS_WAIT_MS)
    : { doomed: [], kept: [], waiting: [] };
  if (choice.late !== undefined) return { type: 'blocked', message: describeLate(choice.late) };
  const prepared = await prepareHooks(hookParts(run), application, run.hooks, run.run);
  if (prepared.problems.length > 0) return refused(prepared.problems);
  if (prepared.waitsFor.length > 0) return { type: 'blocked', message: prepared.waitsFor.join(', ') };
  const objects = [...(await respectIgnored(parts, application, step.objects)), ...prepared.hooks];
  const namespace = await missingNamespace(parts, destinationOf(application), identities);
  const { user, groups } = actorOf(application);
  const isOurs = (identity: string): boolean =>
    parts.index.holdersOf(identity).every((holder) => holder === key);
  const isEmpty = objects.length + choice.doomed.length === 0;
  const plan: Plan = isEmpty
    ? { commit, ...NOTHING }
    : await applyCommit({
        client: parts.client.as(user, groups),
        rendered: { commit, objects, problems: [] },
        prune: choice.doomed,
        mayPrune: (reference) => isOurs(entryIdentity(reference)),
        dryRun: false,
        namespace,
        ledger: ledgerOf(application, commit),
      });
  if (!plan.applied) {
    parts.renders.forget(rendered);
    return { type: 'refused', plan, inventory: mergedInventory(application, commit, storedBy(plan, step)) };
  }
  const inventory = step.prunes
    ? afterPrune(
        markAdded(application, commit, entriesOf(rendered.objects.filter(({ object }) => isHeld(object)))),
        [...choice.kept, ...sparedBy(run, choice, plan)],
      )
    : mergedInventory(application, commit, step.objects);
  const { pending } = choice;
  return { type: 'applied', plan, inventory, ...(pending === undefined ? {} : { pending }) };
}

/** Of what was to be deleted, what another Application had claimed by then. */
function sparedBy(
  { parts, application }: StepRun,
  { doomed }: PruneChoice,
  { results }: Plan,
): ApplicationObjectStatus[] {
  const told = new Set(results.map((result) => entryIdentity(result)));
  const spared = new Set(doomed.map((one) => entryIdentity(one)).filter((identity) => !told.has(identity)));
  return inventoryOf(application)
    .filter((entry) => spared.has(entryIdentity(entry)))
    .flatMap((entry) => claimedFrom(parts.index, application, entry));
}

/** Of a step that took several transactions, what those stored that were not refused. */
function storedBy(plan: Plan, step: Step): readonly SourceObject[] {
  const stored = new Set(
    plan.results.filter(({ operation }) => operation !== 'error').map((result) => entryIdentity(result)),
  );
  return (plan.transactions ?? 0) === 0
    ? []
    : step.objects.filter(({ object }) => stored.has(identityOf(object)));
}

/** What was held before, with what has been applied since. */
function mergedInventory(
  application: Application,
  commit: string,
  applied: readonly SourceObject[],
): ApplicationObjectStatus[] {
  const entries = markAdded(application, commit, entriesOf(applied));
  const fresh = new Map(entries.map((entry) => [entryIdentity(entry), entry]));
  const kept = inventoryOf(application).filter((entry) => !fresh.has(entryIdentity(entry)));
  return [...kept, ...fresh.values()];
}
