import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationObjectStatus,
  Repository,
} from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import { timestamp } from '@gantry/runtime/clock';
import { GitError } from '../git/tree.ts';
import { applyCommit, type Plan } from '../plan/plan.ts';
import type { KindFinder } from '../render/kinds.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import type { Renders } from '../render/render-cache.ts';
import { formatProblem } from '../render/source-object.ts';
import { entryIdentity, type InventoryIndex, inventoryOf, servedPruneList } from './inventory.ts';
import { heldByOthers } from './ownership.ts';
import { branchOf, destinationOf, folderOf, type Sources } from './source.ts';

export interface SyncParts {
  readonly client: Client;
  readonly kinds: KindFinder;
  readonly renders: Renders;
  readonly sources: Sources;
  /** Which Applications hold what. */
  readonly index: InventoryIndex;
  /** Whether the namespace is there. */
  readonly hasNamespace: (name: string) => Promise<boolean>;
}

/** One sync, done or tried: what goes into the Application's status. */
export interface SyncResult {
  readonly plan: Plan;
  readonly history: ApplicationHistoryEntry;
  /** The new inventory; absent when nothing was applied. */
  readonly objects?: ApplicationObjectStatus[];
}

const PROBLEMS_SHOWN = 5;
const PROBLEM_LENGTH = 400;
const NOT_IN_GIT = 'no longer in Git; pruning is off';

/** A namespace as an Application needs it for objects that name none. */
export const namespaceObject = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

/** An empty commit prunes everything: more often a mistake than a wish. Throws GitError. */
export function refuseEmpty(application: Application, rendered: Rendered): void {
  const held = inventoryOf(application).length;
  if (rendered.objects.length > 0 || rendered.problems.length > 0 || held === 0) return;
  throw new GitError(
    `the commit holds no manifests in ${folderOf(application)}: that would prune all ${held} objects, so nothing was changed; to remove them, delete the Application and then the objects`,
  );
}

/** Renders what an Application is to be at a commit. Throws GitError. */
export async function renderApplication(
  parts: SyncParts,
  application: Application,
  repository: Repository,
  commit: string,
): Promise<Rendered> {
  const tree = await parts.sources.tree(repository, branchOf(application), commit);
  const rendered = await parts.renders.render(
    keyOf(repository),
    tree,
    folderOf(application),
    destinationOf(application),
  );
  refuseEmpty(application, rendered);
  return rendered;
}

export interface ApplyOptions {
  readonly dryRun: boolean;
  /** Only these objects, and no pruning. Default: all. */
  readonly only?: ReadonlySet<string>;
}

/** Applies (or computes) a commit with the rights of the Application's user. */
export async function applyApplication(
  parts: SyncParts,
  application: Application,
  rendered: Rendered,
  { dryRun, only }: ApplyOptions,
): Promise<Plan> {
  const { user, groups } = application.spec;
  if (user === undefined || user === '')
    throw new GitError("spec.user is not set: nobody's rights to act with");
  const namespace = destinationOf(application);
  const identities = new Set(rendered.objects.map((source) => identityOf(source.object)));
  const needsNamespace =
    only === undefined &&
    !identities.has(`/Namespace//${namespace}`) &&
    !(await parts.hasNamespace(namespace));
  const key = keyOf(application);
  const problems = [...rendered.problems, ...heldByOthers(rendered, parts.index, key)];
  // Claimed in the same breath: of two Applications at once one is told.
  if (!dryRun && problems.length === 0) parts.index.claim(key, identities);
  const chosen =
    only === undefined
      ? rendered.objects
      : rendered.objects.filter((source) => only.has(identityOf(source.object)));
  const plan = await applyCommit({
    client: parts.client.as(user, groups ?? []),
    rendered: { commit: rendered.commit, objects: chosen, problems },
    prune: only === undefined ? await servedPruneList(parts.kinds, application, identities) : [],
    dryRun,
    namespace: needsNamespace ? namespaceObject(namespace) : undefined,
  });
  if (plan.problems.length > 0) parts.renders.forget(rendered);
  return plan;
}

/** Brings the cluster to `commit`. Throws GitError, and what may pass by itself (a server that can't be reached). */
export async function syncApplication(
  parts: SyncParts,
  application: Application,
  repository: Repository,
  commit: string,
  nowMs: number,
): Promise<SyncResult> {
  const rendered = await renderApplication(parts, application, repository, commit);
  const [info, plan] = await Promise.all([
    parts.sources.info(repository, branchOf(application), commit),
    applyApplication(parts, application, rendered, { dryRun: false }),
  ]);
  const count = (operation: string): number =>
    plan.applied ? plan.results.filter((result) => result.operation === operation).length : 0;
  const history: ApplicationHistoryEntry = {
    commit,
    message: info.message,
    author: info.author,
    user: application.spec.user ?? '',
    time: timestamp(nowMs),
    result: plan.applied ? 'Applied' : 'Failed',
    ...(plan.applied ? {} : { reason: describeProblems(plan) }),
    created: count('create'),
    changed: count('update'),
    pruned: count('delete'),
  };
  return { plan, history, ...(plan.applied ? { objects: inventoryAfter(application, rendered) } : {}) };
}

export function describeProblems(plan: Plan): string {
  const lines = plan.problems
    .slice(0, PROBLEMS_SHOWN)
    .map((problem) => formatProblem(problem).slice(0, PROBLEM_LENGTH));
  const more = plan.problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
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
  return [...applied, ...kept.map(withoutSource)];
}

/** An entry that Git no longer holds names no source. */
const withoutSource = ({ source: _, ...entry }: ApplicationObjectStatus): ApplicationObjectStatus => ({
  ...entry,
  sync: 'OutOfSync',
  message: NOT_IN_GIT,
});

/** Why an entry stays although Git doesn't hold it; undefined for the others. */
export const whyKept = (entry: ApplicationObjectStatus): string | undefined =>
  entry.source === undefined ? NOT_IN_GIT : undefined;
