import type { Application } from '@gantry/api/generated/types';
import { applications } from '@gantry/client/resources';
import { CASCADE_FINALIZER } from '@gantry/gitops/prune/cascade-finalizer';
import { isStatusError } from '@gantry/machinery/status';
import { UserError } from '../errors.ts';
import type { Connection } from './app-client.ts';
import type { RawAppOptions } from './app-options.ts';
import { newApplication, specPatch } from './app-spec.ts';
import { waitUntil } from './app-wait.ts';

/** The sync writes the status meanwhile. */
const TRIES = 5;

/** `gantry app create`. The namespace is that of the Repository. Throws UserError. */
export async function createApp(
  { client, namespace: own = 'default' }: Connection,
  name: string,
  raw: RawAppOptions,
): Promise<number> {
  const namespace = raw.namespace ?? own;
  await client.create(applications, newApplication(name, namespace, raw.spec), { fieldManager: 'gantry' });
  process.stdout.write(`Application ${namespace}/${name} is made: gantry app get ${name} -n ${namespace}\n`);
  return 0;
}

/** `gantry app set`. Throws UserError. */
export async function setApp(
  { client }: Connection,
  { metadata: { namespace = '', name } }: Application,
  raw: RawAppOptions,
): Promise<number> {
  const spec = specPatch(raw.spec);
  if (Object.keys(spec).length === 0)
    throw new UserError('say what to change, such as --branch main (see --help)', 2);
  await client.patch<Application>(
    applications,
    namespace,
    name,
    { spec },
    { type: 'merge', fieldManager: 'gantry' },
  );
  process.stdout.write(`Application ${namespace}/${name} is changed\n`);
  return 0;
}

/** `gantry app delete`. Throws UserError. */
export async function deleteApp(
  { client }: Connection,
  application: Application,
  raw: RawAppOptions,
  seconds: number,
): Promise<number> {
  const { metadata, spec, status } = application;
  const { namespace = '', name, uid = '' } = metadata;
  if (raw.cascade === true && raw.orphan === true)
    throw new UserError('--cascade and --orphan: its objects go, or they stay', 2);
  const wanted = raw.cascade === true ? 'Cascade' : raw.orphan === true ? 'Orphan' : undefined;
  const policy = wanted ?? spec.deletionPolicy ?? 'Orphan';
  if (policy === 'Cascade') await setCascade(client, application);
  else if (policy !== (spec.deletionPolicy ?? 'Orphan')) {
    const patch = { metadata: { uid }, spec: { deletionPolicy: policy } };
    await client.patch<Application>(applications, namespace, name, patch, { type: 'merge' });
  }
  await client.delete(applications, namespace, name, { preconditions: { uid } });
  const count = status?.objects?.length ?? 0;
  const objects = count === 1 ? '1 object' : `${count} objects`;
  const what = policy === 'Cascade' ? `${objects} deleted with it` : `${objects} left running`;
  if (raw.wait === false) return 0;
  return waitUntil(seconds, `gantry app get ${name} -n ${namespace}`, async () => {
    const now = await client.get<Application>(applications, namespace, name).catch((error: unknown) => {
      if (isStatusError(error, 'NotFound')) return undefined;
      throw error;
    });
    return now === undefined || now.metadata.uid !== uid
      ? { type: 'done', text: `Application ${namespace}/${name} is deleted, ${what}` }
      : { type: 'waiting', on: now.status?.message ?? 'waiting for its objects to go' };
  });
}

/**
 * The policy, and in the same breath the finalizer that goes with it: the sync would put it there, but one that is busy or
 * away later than the deletion, which then left the objects.
 */
async function setCascade(client: Connection['client'], found: Application): Promise<void> {
  let application = found;
  for (let tries = 1; ; tries += 1) {
    const { namespace = '', name, uid, resourceVersion, finalizers = [] } = application.metadata;
    const isHeld = finalizers.includes(CASCADE_FINALIZER);
    if (application.spec.deletionPolicy === 'Cascade' && isHeld) return;
    const all = isHeld ? finalizers : [...finalizers, CASCADE_FINALIZER];
    const patch = {
      metadata: { uid, resourceVersion, finalizers: all },
      spec: { deletionPolicy: 'Cascade' },
    };
    try {
      await client.patch<Application>(applications, namespace, name, patch, { type: 'merge' });
      return;
    } catch (error) {
      if (!isStatusError(error, 'Conflict') || tries === TRIES) throw error;
      application = await client.get<Application>(applications, namespace, name);
      if (application.metadata.uid !== uid) throw error;
    }
  }
}
