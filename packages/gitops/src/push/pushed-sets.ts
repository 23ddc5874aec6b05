import type { Application } from '@gantry/api/generated/types';
import { bareTree } from '../git/bare-tree.ts';
import type { HookCall } from '../git/hook-channel.ts';
import type { Rendered } from '../render/render.ts';
import type { Desired } from '../sync/desired-sets.ts';
import { MovedSets } from '../sync/moved-sets.ts';
import { destinationOf, folderOf, renderOptionsOf } from '../sync/source.ts';
import { followersOf } from './followers.ts';
import type { PushParts } from './pre-receive.ts';
import type { RefUpdate } from './ref-update.ts';

/** Renders what an Application is to be at a commit that is in quarantine yet. Throws GitError. */
export function renderPushed(
  { push, env }: HookCall,
  { hosted, renders, client }: PushParts,
  application: Application,
  commit: string,
): Promise<Rendered> {
  const { repository } = push;
  return renders.render(
    `${repository}/${repository}`,
    hosted.withLfs(repository, bareTree(hosted.path(repository), commit, env)),
    folderOf(application),
    destinationOf(application),
    renderOptionsOf(application, client),
  );
}

/** What Applications are to hold once these updates are through. */
export function pushedSets(call: HookCall, parts: PushParts, updates: readonly RefUpdate[]): Desired {
  const sets = new MovedSets(
    (application, commit) => renderPushed(call, parts, application, commit),
    parts.desired,
  );
  for (const update of updates)
    if (!update.deletes)
      for (const application of followersOf(parts, call.push.repository, update, updates))
        sets.moves(application, update.newCommit);
  return sets;
}
