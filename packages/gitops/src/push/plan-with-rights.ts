import type { Application } from '@gantry/api/generated/types';
import type { HookCall } from '../git/hook-channel.ts';
import { dryRun } from '../plan/dry-run.ts';
import type { Plan } from '../plan/plan.ts';
import type { Rendered } from '../render/render.ts';
import { accountOf } from '../sync/actor.ts';
import { besideCommit } from './first-push.ts';
import type { PushParts } from './pre-receive.ts';

/**
 * With the pusher's rights, and what the push would make beside the commit; then with those of the Application's service
 * account, with which the sync acts: what either of them may not write refuses the push.
 */
export async function planWithRights(
  call: HookCall,
  parts: PushParts,
  application: Application,
  rendered: Rendered,
): Promise<Plan> {
  const { name, groups } = call.push.identity;
  const beside = await besideCommit(call, parts, application);
  const plan = await dryRun(parts, application, rendered, parts.client.as(name, groups), beside);
  const account = accountOf(application);
  const refused =
    plan.problems.length > 0 || account === undefined
      ? plan
      : await dryRun(parts, application, rendered, parts.client.as(account.user, account.groups));
  if (refused.problems.length === 0) return plan;
  parts.renders.forget(rendered);
  return { ...plan, problems: refused.problems };
}
