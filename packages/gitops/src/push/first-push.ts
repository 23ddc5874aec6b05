import type { Application } from '@gantry/api/generated/types';
import type { Client, Resource } from '@gantry/client/port';
import { applications, namespaces, repositories } from '@gantry/client/resources';
import type { AnyObject, KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { HookCall } from '../git/hook-channel.ts';
import type { Identity } from '../git/identity.ts';
import { namespaceObject } from '../sync/sync-application.ts';
import { defaultApplication, hostedRepository } from './default-objects.ts';
import type { PushParts } from './pre-receive.ts';

const MANAGER = { fieldManager: 'gantry-push' };

/** An Application acts with the rights of whoever pushed last. */
const withRights = (application: Application, { name, groups }: Identity): Application => ({
  ...application,
  spec: { ...application.spec, user: name, groups: [...groups] },
});

/** Nothing to lend: it acts as a service account of its own, or has the pusher's rights already. */
const hasRights = ({ spec }: Application, { name, groups }: Identity): boolean =>
  (spec.serviceAccountName !== undefined && spec.serviceAccountName !== '') ||
  (spec.user === name && JSON.stringify(spec.groups ?? []) === JSON.stringify(groups));

/** What the push makes or changes beside the commit's objects: checked with them in one dry run. */
export async function besideCommit(
  call: HookCall,
  parts: PushParts,
  application: Application,
): Promise<AnyObject[]> {
  const { repository, identity } = call.push;
  const objects: KubeObject[] = [];
  if (parts.repositories.get(repository, repository) === undefined)
    objects.push(hostedRepository(repository));
  if (application.metadata.uid === undefined) objects.push(withRights(application, identity));
  else if (!hasRights(application, identity)) {
    const { name, namespace = '' } = application.metadata;
    const { apiVersion, kind, spec } = withRights(application, identity);
    objects.push({ apiVersion, kind, metadata: { name, namespace }, spec } as KubeObject);
  }
  return objects as unknown as AnyObject[];
}

/** The namespace and the Repository of the push, and for main the Application. Throws the server's refusal. */
export async function makeWhatIsMissing(call: HookCall, parts: PushParts): Promise<void> {
  const { repository, identity } = call.push;
  const known = parts.applications.list(repository).some((one) => one.spec.source.repository === repository);
  const isKnown = parts.repositories.get(repository, repository) !== undefined;
  const first = !known && call.updates.some((update) => update.branch === 'main' && !update.deletes);
  if (isKnown && !first) return;
  const user = parts.client.as(identity.name, identity.groups);
  if (!(await parts.hasNamespace(repository))) await create(user, namespaces, namespaceObject(repository));
  if (!isKnown) await create(user, repositories, hostedRepository(repository));
  if (first) await create(user, applications, withRights(defaultApplication(repository), identity));
}

async function create<T extends KubeObject>(user: Client, resource: Resource<T>, object: T): Promise<void> {
  try {
    await user.create<T>(resource, object, MANAGER);
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists')) throw error;
  }
}

/** From now on the Application acts with the pusher's rights. One that was just made does already. */
export async function takeOver(client: Client, application: Application, identity: Identity): Promise<void> {
  if (application.metadata.uid === undefined || hasRights(application, identity)) return;
  const { namespace = '', name } = application.metadata;
  const { user, groups } = withRights(application, identity).spec;
  await client
    .as(identity.name, identity.groups)
    .patch<Application>(
      applications,
      namespace,
      name,
      { spec: { user, groups } },
      { ...MANAGER, type: 'merge' },
    );
}
