import type { Application, Repository } from '@gantry/api/generated/types';
import { applications, repositories } from '@gantry/client/resources';
import { SYNC_REQUESTED } from '@gantry/gitops/sync/request';
import { UserError } from '../errors.ts';
import { type Connection, connectWith, findNamed, inWords } from './app-client.ts';
import { checkOutput, print } from './print.ts';
import type { RawRepoOptions } from './repo-options.ts';
import { repositoryListText, repositoryText } from './repo-text.ts';

/** A subcommand on one Repository. The result is the exit code. */
type Verb = (connection: Connection, repository: Repository, raw: RawRepoOptions) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = { get, refresh, delete: remove };

/** `gantry repo VERB …`. Throws UserError. */
export async function repo(verb: string, args: readonly string[], raw: RawRepoOptions): Promise<number> {
  checkOutput(raw.output);
  const connection = connectWith(raw);
  try {
    const [name = ''] = args;
    if (verb === 'create') return await create(connection, name, raw);
    const act = VERBS[verb];
    if (act === undefined) return await list(connection, raw);
    return await act(connection, await findNamed(connection, repositories, name, raw.namespace), raw);
  } catch (error) {
    throw inWords(error);
  } finally {
    connection.client.close();
  }
}

async function list({ client }: Connection, raw: RawRepoOptions): Promise<number> {
  const { namespace, allNamespaces } = raw;
  const scope = namespace === undefined || allNamespaces === true ? {} : { namespace };
  const { items } = await client.list<Repository>(repositories, scope);
  if (items.length === 0 && raw.output === undefined) {
    process.stderr.write('there is no Repository yet: push one, or gantry repo create NAME --url URL\n');
    return 0;
  }
  return print(raw.output, items, () => repositoryListText(items));
}

async function followersOf(
  { client }: Connection,
  { metadata: { namespace = '', name } }: Repository,
): Promise<readonly Application[]> {
  const { items } = await client.list<Application>(applications, { namespace });
  return items.filter(({ spec }) => spec.source.repository === name);
}

async function get(connection: Connection, repository: Repository, raw: RawRepoOptions): Promise<number> {
  if (raw.output !== undefined) return print(raw.output, repository, () => '');
  const followers = await followersOf(connection, repository);
  return print(undefined, repository, () => repositoryText(repository, followers));
}

function newRepository(name: string, namespace: string, raw: RawRepoOptions): Repository {
  const { url, interval, secret, webhookSecret, verifySecret, submodules } = raw;
  const inSecret = (secretName: string) => ({ secretRef: { name: secretName } });
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Repository',
    metadata: { name, namespace },
    spec: {
      ...(url === undefined ? { hosted: true } : { url }),
      ...(interval === undefined ? {} : { interval }),
      ...(secret === undefined ? {} : inSecret(secret)),
      ...(submodules === undefined ? {} : { submodules }),
      ...(webhookSecret === undefined ? {} : { webhook: inSecret(webhookSecret) }),
      ...(verifySecret === undefined ? {} : { verify: inSecret(verifySecret) }),
    },
  };
}

async function create(connection: Connection, name: string, raw: RawRepoOptions): Promise<number> {
  const { client, namespace: own = 'default' } = connection;
  const isHosted = raw.url === undefined;
  if (isHosted && raw.namespace !== undefined && raw.namespace !== name)
    throw new UserError(
      `a hosted Repository is in the namespace of its name: leave -n out, or name it ${raw.namespace}`,
      2,
    );
  const namespace = isHosted ? name : (raw.namespace ?? own);
  await client.create(repositories, newRepository(name, namespace, raw), { fieldManager: 'gantry' });
  const next = isHosted ? 'push to it' : `gantry repo get ${name} -n ${namespace}`;
  process.stdout.write(`Repository ${namespace}/${name} is made: ${next}\n`);
  return 0;
}

async function refresh({ client }: Connection, { metadata }: Repository): Promise<number> {
  const { namespace = '', name, uid } = metadata;
  const patch = { metadata: { uid, annotations: { [SYNC_REQUESTED]: new Date().toISOString() } } };
  await client.patch<Repository>(repositories, namespace, name, patch, { type: 'merge' });
  process.stdout.write(`Repository ${namespace}/${name} is looked at now\n`);
  return 0;
}

async function remove(connection: Connection, repository: Repository, raw: RawRepoOptions): Promise<number> {
  const { namespace = '', name, uid = '' } = repository.metadata;
  const followers = (await followersOf(connection, repository)).map(({ metadata }) => metadata.name);
  if (followers.length > 0 && raw.force !== true)
    throw new UserError(
      `${followers.join(', ')} would have no source any more: delete them first (gantry app delete), or use --force`,
    );
  await connection.client.delete(repositories, namespace, name, { preconditions: { uid } });
  const kept = repository.spec.hosted === true ? '; its commits stay in the data folder' : '';
  process.stdout.write(`Repository ${namespace}/${name} is deleted${kept}\n`);
  return 0;
}
