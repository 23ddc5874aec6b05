import { styleText } from 'node:util';
import type { Application, Plan, PlanStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { GitError } from '@gantry/gitops/git/tree';
import { describePlan } from '@gantry/gitops/plan/describe';
import type { PlanDetails } from '@gantry/gitops/plan/plan-details';
import { planFolder } from '@gantry/gitops/plan/plan-folder';
import { findWorkingFolder, UNCOMMITTED, type WorkingFolder } from '@gantry/gitops/plan/working-tree';
import { formatProblem, type SourceProblem } from '@gantry/gitops/render/source-object';
import { UserError } from '../errors.ts';
import { connectWith, inWords } from './app-client.ts';
import { findTarget, type Target } from './plan-target.ts';

/** As commander gives it. */
export interface RawPlanOptions {
  data?: string;
  application?: string;
  namespace?: string;
  output?: string;
  kubeconfig?: string;
  context?: string;
  exitCode?: boolean;
}

const TEXT = { lines: 10_000, fields: 500, createdFields: false } as const;
const CHANGES_EXIT = 2;

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
    const target = await findTarget(client, working, { application, namespace, contextNamespace });
    const path = folderOf(working, target, folder !== undefined);
    const user = await userName(client);
    const { status, details } = await planFolder({
      client,
      user,
      folder: working,
      path,
      ...target,
    });
    if (output === 'json') printJson(target.application, status);
    else printText(target, path, status, details);
    const changes = details.created + details.changed + details.pruned;
    if (status.phase === 'Refused') return 1;
    return raw.exitCode === true && changes > 0 ? CHANGES_EXIT : 0;
  } catch (error) {
    throw error instanceof GitError ? new UserError(error.message) : inWords(error);
  } finally {
    client.close();
  }
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

const COLORS = { '+': 'green', '~': 'yellow', '-': 'red', '!': 'magenta' } as const;

function colored(line: string): string {
  const color = COLORS[line[0] as keyof typeof COLORS];
  return color === undefined ? line : styleText(color, line, { stream: process.stdout });
}

function printText(
  { application, exists }: Target,
  path: string,
  status: PlanStatus,
  details: PlanDetails,
): void {
  const { name, namespace } = application.metadata;
  const what = exists ? `Application ${name}` : `no Application yet (${name})`;
  const heading = `${what} in namespace ${namespace}, folder ${path}, with the rights of ${status.user}`;
  const problems = (status.problems ?? []).map((problem) => `  ${formatProblem(problem as SourceProblem)}`);
  if (problems.length === 0) {
    const excess = status.message === undefined ? [] : [`! ${status.message}`];
    process.stdout.write(
      `${[heading, ...[...describePlan(details, TEXT), ...excess].map(colored)].join('\n')}\n`,
    );
    return;
  }
  process.stderr.write(`${[heading, 'the server would refuse it:', ...problems].join('\n')}\n`);
}
