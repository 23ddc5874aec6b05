import type { Application, Plan, PlanStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { GitError } from '@gantry/gitops/git/tree';
import { planFolder } from '@gantry/gitops/plan/plan-folder';
import { findWorkingFolder, UNCOMMITTED, type WorkingFolder } from '@gantry/gitops/plan/working-tree';
import { UserError } from '../errors.ts';
import { connectWith, inWords } from './app-client.ts';
import { planRevision } from './plan-revision.ts';
import { findTargets, type Target } from './plan-target.ts';
import { changeLines, problemLines } from './plan-text.ts';

/** As commander gives it. */
export interface RawPlanOptions {
  data?: string;
  application?: string;
  namespace?: string;
  output?: string;
  kubeconfig?: string;
  context?: string;
  exitCode?: boolean;
  revision?: string;
}

const CHANGES_EXIT = 2;
const GUESS =
  'no Repository that you may see is known to this folder: planned as a first push; choose an Application with --application (and -n)';

/**
 * Prints what a push of a folder would change, by a dry run with the caller's rights. Exit code 0, or 1 when the server
 * would refuse it; with --exit-code 2 when something would change.
 */
export async function plan(folder: string | undefined, raw: RawPlanOptions, data: string): Promise<number> {
  const output = raw.output ?? 'text';
  if (output !== 'text' && output !== 'json')
    throw new UserError(`-o: ${JSON.stringify(output)} is neither text nor json`);
  const { client, namespace: contextNamespace } = connectWith({ ...raw, data });
  try {
    const working = await findWorkingFolder(folder ?? '.');
    const { application, namespace } = raw;
    const isFolder = folder !== undefined && working.path !== '';
    // Of several that follow the repository each has its own folder, and one of them can't stand for all.
    const isOne = isFolder || raw.revision !== undefined || output === 'json';
    const named = { application, namespace, contextNamespace };
    const targets = await findTargets(client, working, named, isOne);
    const [target] = targets;
    if (raw.revision !== undefined && target !== undefined)
      return await ofRevision(client, target, raw.revision, raw);
    if (target?.isGuess === true) process.stderr.write(`${GUESS}\n`);
    const user = await userName(client);
    const codes: number[] = [];
    for (const one of targets)
      codes.push(
        await planOne(client, user, working, one, folder !== undefined, raw).catch((error: unknown) => {
          if (targets.length === 1 || !(error instanceof GitError)) throw error;
          process.stderr.write(`Application ${one.application.metadata.name}: ${error.message}\n`);
          return 1;
        }),
      );
    return worstOf(codes);
  } catch (error) {
    throw error instanceof GitError ? new UserError(error.message) : inWords(error);
  } finally {
    client.close();
  }
}

/** Refused before changed before nothing. */
const worstOf = (codes: readonly number[]): number =>
  codes.find((code) => code === 1) ?? Math.max(0, ...codes);

async function planOne(
  client: Client,
  user: string,
  working: WorkingFolder,
  target: Target,
  isNamed: boolean,
  raw: RawPlanOptions,
): Promise<number> {
  const path = folderOf(working, target, isNamed);
  const { status, details, moved } = await planFolder({ client, user, folder: working, path, ...target });
  if (raw.output === 'json') printJson(target.application, status);
  else printText(target, path, status, [...changeLines(status, details), ...moved]);
  return exitCodeOf(status, raw);
}

async function ofRevision(
  client: Client,
  { application, exists }: Target,
  revision: string,
  raw: RawPlanOptions,
): Promise<number> {
  if (!exists)
    throw new UserError('no Application follows this folder: choose one with --application (and -n)');
  const { status } = await planRevision(client, application, revision, raw.output === 'json');
  return exitCodeOf(status, raw);
}

function exitCodeOf({ phase, created = 0, changed = 0, pruned = 0 }: PlanStatus = {}, raw: RawPlanOptions) {
  if (phase !== 'Ready') return 1;
  return raw.exitCode === true && created + changed + pruned > 0 ? CHANGES_EXIT : 0;
}

/** What is rendered: the folder that was named, else the Application's own. */
function folderOf({ path }: WorkingFolder, { application, exists }: Target, isNamed: boolean): string {
  if (!exists || (isNamed && path !== '')) return path === '' ? '.' : path;
  return application.spec.source.path ?? '.';
}

async function userName(client: Client): Promise<string> {
  const review = await client.request<{ status?: { userInfo?: { username?: string } } }>(
    'POST',
    '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {} },
  );
  return review.status?.userInfo?.username ?? '';
}

function printJson({ metadata }: Application, status: PlanStatus): void {
  const { namespace, name } = metadata;
  const object: Plan = {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Plan',
    metadata: { name: `${name}-${UNCOMMITTED}`, ...(namespace === undefined ? {} : { namespace }) },
    spec: { application: name },
    status,
  };
  process.stdout.write(`${JSON.stringify(object, null, 2)}\n`);
}

function printText(
  { application, exists }: Target,
  path: string,
  status: PlanStatus,
  changes: readonly string[],
): void {
  const { name, namespace } = application.metadata;
  const what = exists ? `Application ${name}` : `no Application yet (${name})`;
  const heading = `${what} in namespace ${namespace}, folder ${path}, with the rights of ${status.user}`;
  const refused = problemLines(status);
  if (refused.length > 0) process.stderr.write(`${[heading, ...refused].join('\n')}\n`);
  else process.stdout.write(`${[heading, ...changes].join('\n')}\n`);
}
