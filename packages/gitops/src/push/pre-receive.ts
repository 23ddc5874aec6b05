import type { Application, Repository } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client, Lister } from '@gantry/client/port';
import { isStatusError } from '@gantry/machinery/status';
import type { HookCall } from '../git/hook-channel.ts';
import type { HostedRepositories } from '../git/hosted.ts';
import { GitError, NothingThereError } from '../git/tree.ts';
import type { LedgerPort } from '../ledger/ledger.ts';
import { rejectionRecord } from '../ledger/push-records.ts';
import { planDuration, pushes } from '../metrics.ts';
import { describeMoved, describePlan } from '../plan/describe.ts';
import type { KeptPlans, PushPlan } from '../plan/kept-plans.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanDetails } from '../plan/plan-details.ts';
import { failedStatus, planStatus } from '../plan/plan-status.ts';
import { describeExcess, describePending } from '../prune/budget.ts';
import { goingOver } from '../prune/left-over.ts';
import type { KindFinder } from '../render/kinds.ts';
import type { Rendered } from '../render/render.ts';
import type { Renders } from '../render/render-cache.ts';
import { formatProblem } from '../render/source-object.ts';
import type { BranchWriter } from '../sync/branch-writer.ts';
import type { CommitVerifier } from '../sync/commit-verifier.ts';
import type { Desired } from '../sync/desired-sets.ts';
import { entryIdentity, type InventoryIndex, inventoryOf } from '../sync/inventory.ts';
import { folderOf } from '../sync/source.ts';
import { describeProblems, refuseEmpty } from '../sync/sync-application.ts';
import { announce } from './announced.ts';
import { defaultApplication } from './default-objects.ts';
import { makeWhatIsMissing } from './first-push.ts';
import { folderHint, looksAtAll } from './folder-hint.ts';
import { applicationsOf, followersOf, peeledUpdates } from './followers.ts';
import { passesGate } from './gate.ts';
import { keepPlans } from './keep-plans.ts';
import { planWithRights } from './plan-with-rights.ts';
import { pushedSets, renderPushed } from './pushed-sets.ts';
import type { RefUpdate } from './ref-update.ts';

export interface PushParts {
  readonly client: Client;
  readonly kinds: KindFinder;
  readonly renders: Renders;
  readonly index: InventoryIndex;
  readonly desired: Desired;
  readonly hasNamespace: (name: string) => Promise<boolean>;
  readonly hosted: HostedRepositories;
  readonly branchWriter: BranchWriter;
  readonly verifier: CommitVerifier;
  readonly applications: Lister<Application>;
  readonly repositories: Lister<Repository>;
  readonly kept: KeptPlans;
  /** Leaves a trace of a rejected push where the console looks for it. */
  readonly recordRejection: (application: Application, problems: string) => void;
  readonly ledger: LedgerPort;
}

const PROBLEMS_SHOWN = 50;
const WOULD_FOLLOW_MAX = 5;
/** When more Applications follow than these, only what the push changes is told. */
const EACH_SAID_MAX = 10;

/**
 * Plans each update with the pusher's rights and prints the plan. A branch that an Application follows is rejected when
 * anything is wrong with it; on another branch the plan is only shown. What a first push makes is made before the push is
 * accepted, so that no accepted push is ever forgotten.
 */
export async function preReceive(call: HookCall, parts: PushParts): Promise<boolean> {
  let accepted = true;
  const made: PushPlan[] = [];
  const updates = await peeledUpdates(call, parts);
  if (!(await passesGate(call, updates, parts))) {
    pushes.inc({ result: 'rejected' });
    return false;
  }
  const planned: PushParts = { ...parts, desired: pushedSets(call, parts, updates) };
  for (const update of updates) {
    const name = update.branch ?? update.tag;
    if (name === undefined) continue;
    const following = followersOf(parts, call.push.repository, update, updates);
    if (update.deletes) {
      if (following.length === 0) continue;
      call.say(
        `${name} is followed by Application ${following.map((application) => application.metadata.name).join(', ')}: it can't be deleted before they are, or follow another one`,
      );
      accepted = false;
      continue;
    }
    for (const application of following) {
      const newest = application.status?.history?.[0]?.commit;
      if (newest !== undefined) call.push.newestBefore.set(keyOf(application), newest);
      const role =
        following.length > EACH_SAID_MAX ? 'oneOfMany' : following.length > 1 ? 'oneOfSome' : 'follows';
      accepted = (await planUpdate(call, planned, update, application, role, made)) && accepted;
    }
    if (following.length === 0 && update.branch !== undefined)
      for (const application of wouldFollow(parts, call.push.repository))
        await planUpdate(call, planned, update, application, 'wouldFollow', made);
  }
  const { size } = call.push.unchanged;
  if (size > 0) call.say(`${size} Applications that follow this repository: nothing to change`);
  if (accepted) accepted = await makeFirst(call, parts);
  if (accepted) await announce(call, parts, updates);
  pushes.inc({ result: accepted ? 'accepted' : 'rejected' });
  // Nobody waits for that.
  void keepPlans(parts, made);
  return accepted;
}

/** For whom a branch that nobody follows is planned. */
function wouldFollow(parts: PushParts, repository: string): readonly Application[] {
  const known = applicationsOf(parts, repository);
  return known.length === 0 ? [defaultApplication(repository)] : known.slice(0, WOULD_FOLLOW_MAX);
}

async function makeFirst(call: HookCall, parts: PushParts): Promise<boolean> {
  try {
    await makeWhatIsMissing(call, parts);
    return true;
  } catch (error) {
    if (!isStatusError(error)) throw error;
    call.say(`rejected, nothing was changed: ${error.message}`);
    return false;
  }
}

/** What an Application has to do with an update: it will be applied, also to some or many others, or it would be. */
type Role = 'follows' | 'oneOfSome' | 'oneOfMany' | 'wouldFollow';

/** Returns whether the update is all right. */
async function planUpdate(
  call: HookCall,
  parts: PushParts,
  update: RefUpdate,
  application: Application,
  role: Role,
  made: PushPlan[],
): Promise<boolean> {
  const { name } = application.metadata;
  const follows = role !== 'wouldFollow';
  const { identity } = call.push;
  const commit = update.newCommit;
  const nowMs = Date.now();
  const keep = (status: PushPlan['status']): void => {
    made.push({ application, commit, ref: update.branch ?? update.ref, by: identity, status });
  };
  const end = planDuration.startTimer();
  try {
    const rendered = await renderPushed(call, parts, application, commit);
    refuseEmpty(application, rendered);
    const plan = await planWithRights(call, parts, application, rendered);
    const { status, details } = await planStatus(plan, rendered, { application, user: identity.name, nowMs });
    if (role === 'oneOfMany' && changesNothing(application, plan, details)) {
      call.push.unchanged.add(keyOf(application));
      return true;
    }
    keep(status);
    // Of several plans each says whose it is.
    const whose = role === 'follows' ? '' : `${name}  `;
    const about = follows
      ? whose
      : `${update.branch} is followed by no Application; for ${name} it would be: `;
    if (plan.problems.length === 0) {
      const [first = '', ...rest] = describePlan(details);
      const waits =
        plan.pending === undefined
          ? []
          : [
              `! ${follows ? describePending(application, plan.pending) : describeExcess(application, plan.pending)}`,
            ];
      call.say([`${about}${first}`, ...rest, ...describeMoved(plan), ...waits].join('\n'));
      return true;
    }
    sayProblems(call, follows ? `${name}: rejected, nothing was changed:` : `${about}rejected:`, plan);
    await sayHint(call, parts, update, application, rendered, plan);
    if (follows) await reject(call, parts, update, application, describeProblems(plan));
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const over =
      error instanceof NothingThereError ? await allGoesOver(parts, application, commit) : undefined;
    if (over !== undefined) {
      call.say([`${name}: nothing is left in ${folderOf(application)}`, ...over].join('\n'));
      return true;
    }
    call.say(`${name}: ${error.message}`);
    keep({ ...failedStatus(error.message, nowMs), commit, user: identity.name });
    if (follows) await reject(call, parts, update, application, error.message);
  } finally {
    end();
  }
  return false;
}

/** Of a folder that is gone as a whole: where its objects are to go. Undefined when some of them go nowhere. */
async function allGoesOver(
  { desired }: PushParts,
  application: Application,
  commit: string,
): Promise<readonly string[] | undefined> {
  if (application.status?.commit === undefined) return undefined;
  const entries = inventoryOf(application);
  const { found } = await desired.heirs({ application, commit }, entries.map(entryIdentity));
  const leaving = entries.flatMap((entry) => {
    const heir = found.get(entryIdentity(entry));
    return heir === undefined ? [] : [goingOver(entry, heir)];
  });
  return leaving.length === entries.length ? describeMoved({ leaving }) : undefined;
}

/** Nothing to do, and nothing to wait for. */
const changesNothing = (
  { status }: Application,
  { problems, pending }: Plan,
  { created, changed, pruned }: PlanDetails,
): boolean =>
  created + changed + pruned + problems.length === 0 &&
  pending === undefined &&
  status?.health === 'Healthy' &&
  status.operation === undefined;

/** Leaves a trace; an Application that is yet to be made has nowhere to leave one. */
async function reject(
  call: HookCall,
  parts: PushParts,
  update: RefUpdate,
  application: Application,
  why: string,
): Promise<void> {
  if (application.metadata.uid === undefined) return;
  const who = `commit ${update.newCommit.slice(0, 7)} by ${call.push.identity.name}`;
  parts.recordRejection(application, `${who}:\n${why}`);
  const pushed = {
    ...{ application, commit: update.newCommit, user: call.push.identity.name },
    ref: update.branch ?? update.tag ?? update.ref,
  };
  const kept = await parts.ledger.keep({ records: [rejectionRecord(pushed, why, Date.now())] });
  kept.send();
}

/** What to run when the manifests lie in a folder of their own. */
async function sayHint(
  call: HookCall,
  parts: PushParts,
  { branch, tag, ref }: RefUpdate,
  application: Application,
  rendered: Rendered,
  { problems }: Plan,
): Promise<void> {
  if (!looksAtAll(application)) return;
  const hasNamespace = await parts.hasNamespace(application.metadata.namespace ?? '');
  const hint = folderHint(application, rendered, problems, { ref: branch ?? tag ?? ref, hasNamespace });
  if (hint !== undefined) call.say(hint);
}

function sayProblems(call: HookCall, heading: string, plan: Plan): void {
  const shown = plan.problems.slice(0, PROBLEMS_SHOWN).map((problem) => `  ${formatProblem(problem)}`);
  const more = plan.problems.length - shown.length;
  call.say([heading, ...shown, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n'));
}
