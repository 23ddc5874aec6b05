import type { Repository } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { repositories } from '@gantry/client/resources';
import type { HookCall } from '../git/hook-channel.ts';
import { localRefs } from '../git/refs.ts';
import { confirm, movedBy } from './announced.ts';
import { takeOver } from './first-push.ts';
import { peeledUpdates } from './followers.ts';
import type { PushParts } from './pre-receive.ts';
import type { ProgressWatch } from './progress.ts';

/**
 * The refs have moved: lends the Applications the pusher's rights, tells the Repository's new branches (which wakes the
 * sync), and shows the progress until healthy.
 */
export async function postReceive(call: HookCall, parts: PushParts, watch: ProgressWatch): Promise<void> {
  const { identity } = call.push;
  const updates = await peeledUpdates(call, parts);
  const pushed = movedBy(call, parts, updates);
  confirm(call);
  for (const { application } of pushed) await takeOver(parts.client, application, identity);
  const progress = pushed.map(({ application, commit }) => {
    const { namespace = '', name } = application.metadata;
    if (call.push.unchanged.has(keyOf(application))) return undefined;
    const before = call.push.newestBefore.get(keyOf(application));
    if (application.spec.syncPolicy?.automated !== false)
      return watch.follow({ namespace, name, commit, before }, call);
    call.say(`${name}  automated sync is off: the commit waits until somebody asks for a sync`);
    return undefined;
  });
  await writeBranches(call, parts);
  await Promise.all(progress);
}

/** Two pushes at once write one after the other, so that the last one tells of both. */
async function writeBranches(call: HookCall, parts: PushParts): Promise<void> {
  const { repository: name } = call.push;
  await parts.hosted.exclusive(name, async () => {
    const [repository, refs] = await Promise.all([
      parts.repositories.get(name, name) ?? parts.client.get<Repository>(repositories, name, name),
      localRefs(parts.hosted.path(name)),
    ]);
    await parts.branchWriter.found(repository, refs);
  });
}
