import type { Application, Repository, Secret } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { secrets } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { Credentials } from '../git/credentials.ts';
import { GitError } from '../git/tree.ts';

/** Decoded entries of a Secret that a Repository names in `field`. Throws GitError when there is none. */
export async function repositorySecret(
  client: Client,
  repository: Pick<Repository | Application, 'metadata'>,
  name: string,
  field: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const { namespace = '' } = repository.metadata;
  const secret = await client.get<Secret>(secrets, namespace, name).catch((error: unknown) => {
    if (!isStatusError(error, 'NotFound')) throw error;
    throw new GitError(`${field}: there is no Secret ${JSON.stringify(name)} in this namespace`);
  });
  return new Map(
    Object.entries(secret.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64')]),
  );
}

/** What opens the repository elsewhere. Throws GitError when the Secret isn't there or holds nothing of use. */
export async function credentialsOf(
  client: Client,
  repository: Repository,
): Promise<Credentials | undefined> {
  const name = repository.spec.secretRef?.name;
  if (name === undefined) return undefined;
  const data = await repositorySecret(client, repository, name, 'spec.secretRef');
  const read = (...keys: readonly string[]): string | undefined =>
    keys
      .map((key) => data.get(key)?.toString('utf8').trim())
      .find((value) => value !== undefined && value !== '');
  const username = read('username');
  const password = read('token', 'password');
  const identity = read('identity', 'ssh-privatekey');
  const ca = read('ca.crt');
  const knownHosts = read('known_hosts');
  if (password === undefined && identity === undefined && ca === undefined)
    throw new GitError(`Secret ${name} holds none of password, token, identity and ca.crt`);
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(identity === undefined ? {} : { identity }),
    ...(knownHosts === undefined ? {} : { knownHosts }),
    ...(ca === undefined ? {} : { ca }),
  };
}

/** What opens the registry of an Application's chart. Throws GitError when the Secret isn't there or holds nothing of use. */
export async function chartCredentials(
  client: Client,
  application: Application,
): Promise<Credentials | undefined> {
  const name = application.spec.source.helm?.secretRef?.name;
  if (name === undefined) return undefined;
  const data = await repositorySecret(client, application, name, 'spec.source.helm.secretRef');
  const read = (key: string): string | undefined => data.get(key)?.toString('utf8').trim();
  const password = read('token') ?? read('password');
  const ca = read('ca.crt');
  if (password === undefined && ca === undefined)
    throw new GitError(`Secret ${name} holds none of password, token and ca.crt`);
  return {
    username: read('username') ?? 'git',
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
  };
}

/** What webhooks of the repository's source prove themselves with; undefined when it isn't there. */
export async function webhookSecret(client: Client, repository: Repository): Promise<Buffer | undefined> {
  const name = repository.spec.webhook?.secretRef.name;
  if (name === undefined) return undefined;
  try {
    return (await repositorySecret(client, repository, name, 'spec.webhook.secretRef')).get('secret');
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
