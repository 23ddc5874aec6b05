import type { Application } from '@gantry/api/generated/types';
import type { Client, Lister } from '@gantry/client/port';
import { bareTree } from '../git/bare-tree.ts';
import type { HostedRepositories } from '../git/hosted.ts';
import { GitError } from '../git/tree.ts';
import { describePlan } from '../plan/describe.ts';
import { applyCommit, type Plan } from '../plan/plan.ts';
import type { ServedKinds } from '../render/kinds.ts';
import { identityOf, type Rendered, render } from '../render/render.ts';
import { formatProblem } from '../render/source-object.ts';
import { inventoryOf, pruneList } from '../sync/inventory.ts';
import { branchOf, destinationOf, folderOf } from '../sync/source.ts';
import { describeProblems, namespaceObject } from '../sync/sync-application.ts';
import { defaultApplication } from './default-objects.ts';
import type { HookCall } from '../git/hook-channel.ts';
import type { RefUpdate } from './ref-update.ts';

export interface PushParts {
  readonly client: Client;
  readonly kinds: ServedKinds;
  readonly repositories: HostedRepositories;
  readonly applications: Lister<Application>;
  /** Leaves a trace of a rejected push where the console looks for it. */
  readonly recordRejection: (application: Application, problems: string) => void;
}

const PROBLEMS_SHOWN = 50;

/** Applications that follow a branch of a hosted repository; for main of a new one, the Application to be. */
export function followers(parts: PushParts, repository: string, branch: string): readonly Application[] {
  const known = parts.applications
    .list(repository)
    .filter((application) => application.spec.source.repository === repository);
  const following = known.filter((application) => branchOf(application) === branch);
  return known.length === 0 && branch === 'main' ? [defaultApplication(repository)] : following;
}

/**
 * Plans each update with the pusher's rights and prints the plan. A branch that an Application follows is rejected when
 * anything is wrong with it; on another branch the plan is only shown.
 */
export async function preReceive(call: HookCall, parts: PushParts): Promise<boolean> {
  let accepted = true;
  for (const update of call.updates) {
    const { branch } = update;
    if (branch === undefined) continue;
    const following = followers(parts, call.push.repository, branch);
    if (update.deletes) {
      if (following.length === 0) continue;
      call.say(
        `${branch} is followed by Application ${following.map((application) => application.metadata.name).join(', ')}: it can't be deleted`,
      );
      accepted = false;
      continue;
    }
    for (const application of following)
      accepted = (await planUpdate(call, parts, update, application)) && accepted;
    if (following.length === 0)
      await planUpdate(call, parts, update, defaultApplication(call.push.repository));
  }
  return accepted;
}

async function planUpdate(
  call: HookCall,
  parts: PushParts,
  update: RefUpdate,
  application: Application,
): Promise<boolean> {
  const { name } = application.metadata;
  try {
    const tree = bareTree(parts.repositories.path(call.push.repository), update.newCommit, call.env);
    const rendered = await render(tree, folderOf(application), destinationOf(application), parts.kinds);
    refuseEmpty(application, rendered);
    const plan = await dryRun(call, parts, application, rendered);
    if (plan.problems.length === 0) {
      for (const line of describePlan(plan)) call.say(line);
      return true;
    }
    sayProblems(call, name, plan);
    if (application.metadata.uid !== undefined) {
      parts.recordRejection(
        application,
        `commit ${update.newCommit.slice(0, 7)} by ${call.push.identity.name}:\n${describeProblems(plan)}`,
      );
    }
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    call.say(`${name}: ${error.message}`);
  }
  return false;
}

function refuseEmpty(application: Application, rendered: Rendered): void {
  const held = inventoryOf(application).length;
  if (rendered.objects.length > 0 || rendered.problems.length > 0 || held === 0) return;
  throw new GitError(
    `the commit holds no manifests: that would prune all ${held} objects; delete the Application to remove them`,
  );
}

async function dryRun(
  call: HookCall,
  parts: PushParts,
  application: Application,
  rendered: Rendered,
): Promise<Plan> {
  const identities = new Set(rendered.objects.map((source) => identityOf(source.object)));
  const namespace = destinationOf(application);
  const exists = await parts.client.request('GET', `/api/v1/namespaces/${namespace}`).then(
    () => true,
    () => false,
  );
  return applyCommit({
    client: parts.client.as(call.push.identity.name, call.push.identity.groups),
    rendered,
    prune: pruneList(application, identities),
    dryRun: true,
    namespace: exists || identities.has(`/Namespace//${namespace}`) ? undefined : namespaceObject(namespace),
  });
}

function sayProblems(call: HookCall, name: string, plan: Plan): void {
  call.say(`${name}: rejected, nothing was changed:`);
  for (const problem of plan.problems.slice(0, PROBLEMS_SHOWN)) call.say(`  ${formatProblem(problem)}`);
  if (plan.problems.length > PROBLEMS_SHOWN)
    call.say(`  … and ${plan.problems.length - PROBLEMS_SHOWN} more`);
}
