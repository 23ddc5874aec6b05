import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationObjectStatus,
  Repository,
} from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { GitError } from '../git/tree.ts';
import { applyCommit, type Plan } from '../plan/plan.ts';
import type { ServedKinds } from '../render/kinds.ts';
import { identityOf, type Rendered, render } from '../render/render.ts';
import { formatProblem } from '../render/source-object.ts';
import { entryIdentity, inventoryOf, pruneList } from './inventory.ts';
import { branchOf, destinationOf, folderOf, type Sources } from './source.ts';

export interface SyncParts {
  readonly client: Client;
  readonly kinds: ServedKinds;
  readonly sources: Sources;
}

/** One sync, done or tried: what goes into the Application's status. */
export interface SyncResult {
  readonly plan: Plan;
  readonly history: ApplicationHistoryEntry;
  /** The new inventory; absent when nothing was applied. */
  readonly objects?: ApplicationObjectStatus[];
}

const PROBLEMS_SHOWN = 5;

/** A namespace as an Application needs it for objects that name none. */
export const namespaceObject = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

/** Renders what an Application is to be at a commit, and refuses what looks like a mistake. */
export async function renderApplication(
  parts: SyncParts,
  application: Application,
  repository: Repository,
  commit: string,
): Promise<Rendered> {
  const { tree } = await parts.sources.open(repository, branchOf(application), commit);
  const rendered = await render(tree, folderOf(application), destinationOf(application), parts.kinds);
  const held = inventoryOf(application).length;
  if (rendered.objects.length === 0 && rendered.problems.length === 0 && held > 0) {
    throw new GitError(
      `the commit holds no manifests: that would prune all ${held} objects, so nothing was changed; delete the Application to remove them`,
    );
  }
  return rendered;
}

/** Applies (or with `dryRun` only computes) a commit with the rights of the Application's user. */
export async function applyApplication(
  parts: SyncParts,
  application: Application,
  rendered: Rendered,
  dryRun: boolean,
): Promise<Plan> {
  const { user, groups } = application.spec;
  if (user === undefined) throw new GitError("spec.user is not set: nobody's rights to act with");
  const identities = new Set(rendered.objects.map((source) => identityOf(source.object)));
  const namespace = destinationOf(application);
  const ownNamespace = identities.has(`/Namespace//${namespace}`) ? undefined : namespaceObject(namespace);
  return applyCommit({
    client: parts.client.as(user, groups ?? []),
    rendered,
    prune: pruneList(application, identities),
    dryRun,
    namespace: (await needsNamespace(parts, ownNamespace?.metadata.name)) ? ownNamespace : undefined,
  });
}

/** Asking for an existing namespace again would demand rights on namespaces that a team may not have. */
async function needsNamespace(parts: SyncParts, name: string | undefined): Promise<boolean> {
  if (name === undefined) return false;
  return parts.client.request('GET', `/api/v1/namespaces/${name}`).then(
    () => false,
    () => true,
  );
}

/** Brings the cluster to `commit`. Throws only what may pass by itself (a server that can't be reached). */
export async function syncApplication(
  parts: SyncParts,
  application: Application,
  repository: Repository,
  commit: string,
  now: Date,
): Promise<SyncResult> {
  const { info } = await parts.sources.open(repository, branchOf(application), commit);
  const rendered = await renderApplication(parts, application, repository, commit);
  const plan = await applyApplication(parts, application, rendered, false);
  const count = (operation: string): number =>
    plan.results.filter((result) => result.operation === operation).length;
  const history: ApplicationHistoryEntry = {
    commit,
    message: info.message,
    author: info.author,
    user: application.spec.user ?? '',
    time: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    result: plan.applied ? 'Applied' : 'Failed',
    ...(plan.applied ? {} : { reason: describeProblems(plan) }),
    created: count('create'),
    changed: count('update'),
    pruned: count('delete'),
  };
  return { plan, history, ...(plan.applied ? { objects: inventoryAfter(application, rendered) } : {}) };
}

export function describeProblems(plan: Plan): string {
  const lines = plan.problems.map(formatProblem);
  const shown = lines.slice(0, PROBLEMS_SHOWN).join('\n');
  return lines.length > PROBLEMS_SHOWN ? `${shown}\n… and ${lines.length - PROBLEMS_SHOWN} more` : shown;
}

function inventoryAfter(application: Application, rendered: Rendered): ApplicationObjectStatus[] {
  const applied = rendered.objects.map(({ object, file, line }): ApplicationObjectStatus => {
    const { name, namespace } = object.metadata;
    const { apiVersion, kind } = object;
    return {
      apiVersion,
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      sync: 'Synced',
      health: 'Progressing',
      source: `${file}:${line}`,
    };
  });
  // What may not be pruned is still held, so that a later commit or an allowed prune can deal with it.
  const identities = new Set(applied.map(entryIdentity));
  const kept =
    application.spec.syncPolicy?.prune === false
      ? inventoryOf(application).filter((entry) => !identities.has(entryIdentity(entry)))
      : [];
  return [
    ...applied,
    ...kept.map((entry) => ({
      ...entry,
      sync: 'OutOfSync' as const,
      message: 'no longer in Git; pruning is off',
    })),
  ];
}
