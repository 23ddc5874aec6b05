import type { Application, Repository } from '@gantry/api/generated/types';
import type { Client, Resource } from '@gantry/client/port';
import { applications, namespaces, repositories } from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { branchesOf } from '../git/bare-tree.ts';
import { writeRepositoryStatus } from '../sync/repository-controller.ts';
import { namespaceObject } from '../sync/sync-application.ts';
import { defaultApplication, hostedRepository } from './default-objects.ts';
import type { HookCall } from '../git/hook-channel.ts';
import { followers, type PushParts } from './pre-receive.ts';
import type { ProgressWatch } from './progress.ts';

/**
 * The refs have moved: makes what a first push makes, with the pusher's rights, tells the Repository's new branches
 * (which wakes the sync), and shows the progress until healthy.
 */
export async function postReceive(call: HookCall, parts: PushParts, watch: ProgressWatch): Promise<void> {
  const { repository, identity } = call.push;
  const user = parts.client.as(identity.name, identity.groups);
  const pushed = call.updates.flatMap((update) =>
    update.branch === undefined || update.deletes
      ? []
      : followers(parts, repository, update.branch).map((application) => ({
          application,
          commit: update.newCommit,
        })),
  );
  await createMissing(user, namespaces, namespaceObject(repository));
  await createMissing(user, repositories, hostedRepository(repository));
  for (const { application } of pushed) await takeOver(user, application, identity);
  const current = await parts.client.get<Repository>(repositories, repository, repository);
  const branches = await branchesOf(parts.repositories.path(repository));
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  // Watched from before the sync can begin, so that no step is missed.
  const progress = pushed.map(({ application, commit }) =>
    watch.follow(application.metadata.namespace ?? '', application.metadata.name, commit, call),
  );
  await writeRepositoryStatus(
    parts.client,
    current,
    { observedGeneration: current.metadata.generation ?? 0, branches },
    now,
  );
  await Promise.all(progress);
}

async function createMissing<T extends KubeObject>(
  user: Client,
  resource: Resource<T>,
  object: T,
): Promise<void> {
  try {
    await user.create<T>(resource, object, { fieldManager: 'gantry-push' });
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists')) await mustExist(user, resource, object, error);
  }
}

/** A team may push into a namespace that it may not create: what counts is that it is there. */
async function mustExist<T extends KubeObject>(
  user: Client,
  resource: Resource<T>,
  object: T,
  error: unknown,
): Promise<void> {
  const found = await user
    .get<T>(resource, object.metadata.namespace ?? '', object.metadata.name)
    .catch(() => undefined);
  if (found === undefined) throw error;
}

/** From now on the Application acts with the rights of whoever pushed last. */
async function takeOver(
  user: Client,
  application: Application,
  identity: { name: string; groups: readonly string[] },
): Promise<void> {
  const rights = { user: identity.name, groups: [...identity.groups] };
  const { namespace = '', name, uid } = application.metadata;
  if (uid === undefined) {
    const made = defaultApplication(name);
    await createMissing(user, applications, { ...made, spec: { ...made.spec, ...rights } });
    return;
  }
  if (
    application.spec.user === rights.user &&
    JSON.stringify(application.spec.groups) === JSON.stringify(rights.groups)
  )
    return;
  await user.patch<Application>(
    applications,
    namespace,
    name,
    { spec: rights },
    { type: 'merge', fieldManager: 'gantry-push' },
  );
}
