import type { Application, Repository } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { applications, repositories } from '@gantry/client/resources';
import { commitsIn, remotesOf, type WorkingFolder } from '@gantry/gitops/plan/working-tree';
import { isStatusError } from '@gantry/machinery/status';
import { UserError } from '../errors.ts';

export interface TargetOptions {
  readonly application: string | undefined;
  readonly namespace: string | undefined;
  /** Of the kubeconfig. */
  readonly contextNamespace: string | undefined;
}

export interface Target {
  readonly application: Application;
  /** All Applications that the caller may see. */
  readonly others: readonly Application[];
  /** False: the Application is yet to be made. */
  readonly exists: boolean;
  /** Nothing says where the folder would be pushed. */
  readonly isGuess: boolean;
}

/**
 * Finds the Applications that a working folder is for; at least one. `isOne`: it has to be one alone. Throws UserError when
 * it can't be told.
 */
export async function findTargets(
  client: Client,
  folder: WorkingFolder,
  options: TargetOptions,
  isOne: boolean,
): Promise<readonly Target[]> {
  const others = await allApplications(client, options);
  const inNamespace = others.filter(
    ({ metadata }) => options.namespace === undefined || metadata.namespace === options.namespace,
  );
  const { application: name } = options;
  const found =
    name === undefined
      ? await followersOf(client, inNamespace, folder)
      : inNamespace.filter(({ metadata }) => metadata.name === name);
  if (found.length > 1 && (isOne || name !== undefined)) {
    const names = found.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).join(', ');
    const how = name === undefined ? '--application NAME (and -n NAMESPACE)' : '-n NAMESPACE';
    throw new UserError(`several Applications fit: ${names}: choose one with ${how}`);
  }
  if (found.length > 0)
    return found.map((application) => ({ application, others, exists: true, isGuess: false }));
  if (name !== undefined) {
    const where = options.namespace === undefined ? '' : ` in namespace ${options.namespace}`;
    throw new UserError(`there is no Application ${JSON.stringify(name)}${where} (that you may see)`);
  }
  if (!folder.isRepository && options.namespace === undefined)
    throw new UserError(
      `${folder.root} is in no Git repository: name its Application with --application, or with -n the namespace of a new one`,
    );
  return [{ ...(await applicationToBe(folder, options)), others, exists: false }];
}

/** Of all namespaces, else of one that the caller may look into, else none. */
async function allApplications(client: Client, options: TargetOptions): Promise<readonly Application[]> {
  const namespace = options.namespace ?? options.contextNamespace ?? 'default';
  for (const selection of [{}, { namespace }]) {
    try {
      return (await client.list<Application>(applications, selection)).items;
    } catch (error) {
      if (!isStatusError(error, 'Forbidden')) throw error;
    }
  }
  return [];
}

/** `https://user:token@host/git/shop.git/` → `host/git/shop` */
function bare(url: string): string {
  return url
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

/** Name of the hosted repository behind an address: the last two steps are /git/NAME.git. */
const hostedName = (url: string): string | undefined =>
  /^https?:\/\/[^/]+\/git\/([a-z0-9][a-z0-9-]*)(\.git)?\/?$/.exec(url)?.[1];

/** Those of a Repository that the folder was cloned from, or pushed to. */
async function followersOf(
  client: Client,
  all: readonly Application[],
  folder: WorkingFolder,
): Promise<readonly Application[]> {
  if (all.length === 0 || !folder.isRepository) return [];
  const remotes = await remotesOf(folder);
  const hosted = new Set(remotes.flatMap((url) => hostedName(url) ?? []));
  const own = all.filter(
    ({ metadata, spec }) =>
      metadata.namespace === spec.source.repository && hosted.has(spec.source.repository),
  );
  if (own.length > 0) return own;
  const addresses = new Set(remotes.map(bare));
  const spaces = [...new Set(all.map(({ metadata }) => metadata.namespace ?? ''))];
  const known = (await Promise.all(spaces.map((namespace) => repositoriesIn(client, namespace)))).flat();
  const named = known.filter(({ spec }) => spec.url !== undefined && addresses.has(bare(spec.url)));
  const fitting = named.length > 0 ? named : await pushedFrom(folder, known);
  const keys = new Set(fitting.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  return all.filter(({ metadata, spec }) => keys.has(`${metadata.namespace}/${spec.source.repository}`));
}

/** A push to an address leaves no remote behind: then those Repositories whose branches the folder has the commits of. */
async function pushedFrom(
  folder: WorkingFolder,
  known: readonly Repository[],
): Promise<readonly Repository[]> {
  const commitsOf = ({ status }: Repository): readonly string[] => Object.values(status?.branches ?? {});
  const here = await commitsIn(folder, known.flatMap(commitsOf));
  return known.filter((repository) => commitsOf(repository).some((commit) => here.has(commit)));
}

async function repositoriesIn(client: Client, namespace: string): Promise<readonly Repository[]> {
  try {
    return (await client.list<Repository>(repositories, { namespace })).items;
  } catch (error) {
    if (isStatusError(error, 'Forbidden')) return [];
    throw error;
  }
}

/** As a first push makes it; without a hosted repository, of the namespace that was asked for. */
async function applicationToBe(
  folder: WorkingFolder,
  options: TargetOptions,
): Promise<Pick<Target, 'application' | 'isGuess'>> {
  const [hosted] = (await remotesOf(folder)).flatMap((url) => hostedName(url) ?? []);
  const namespace = options.namespace ?? hosted ?? options.contextNamespace ?? 'default';
  const name = hosted ?? namespace;
  const application: Application = {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace },
    spec: { source: { repository: name } },
  };
  return { application, isGuess: hosted === undefined && options.namespace === undefined };
}
