import type {
  Application,
  ApplicationObjectStatus,
  ApplySetReference,
  Repository,
} from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import { respectIgnored } from '../drift/respect-ignored.ts';
import { NothingThereError } from '../git/tree.ts';
import type { LedgerPort } from '../ledger/ledger.ts';
import { ledgerOf } from '../ledger/record.ts';
import { applyCommit, type Plan } from '../plan/plan.ts';
import { protectionOf } from '../prune/protection.ts';
import { choosePrune } from '../prune/prune-choice.ts';
import type { KindFinder } from '../render/kinds.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import type { Renders } from '../render/render-cache.ts';
import { formatProblem, type SourceObject } from '../render/source-object.ts';
import { actorOf } from './actor.ts';
import { sizeProblems, sourceText } from './bounded-status.ts';
import type { Desired } from './desired-sets.ts';
import { type InventoryIndex, inventoryOf } from './inventory.ts';
import { heldByOthers, lettingGo } from './ownership.ts';
import { destinationOf, folderOf, renderOptionsOf, type Sources } from './source.ts';
import { isHeld, waveOf } from './waves/annotations.ts';

export interface SyncParts {
  readonly client: Client;
  readonly kinds: KindFinder;
  readonly renders: Renders;
  readonly sources: Sources;
  /** Which Applications hold what. */
  readonly index: InventoryIndex;
  /** Which Applications are to hold what. */
  readonly desired: Desired;
  /** Which Applications wait for which hooks. */
  readonly waits: InventoryIndex;
  /** Whether the namespace is there. */
  readonly hasNamespace: (name: string) => Promise<boolean>;
  readonly ledger: LedgerPort;
}

const PROBLEMS_SHOWN = 5;
const PROBLEM_LENGTH = 400;

/** A namespace as an Application needs it for objects that name none. */
export const namespaceObject = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

/** The namespace of objects that name none, when neither the cluster nor the commit has it. */
export async function missingNamespace(
  parts: Pick<SyncParts, 'hasNamespace'>,
  namespace: string,
  identities: ReadonlySet<string>,
): Promise<ReturnType<typeof namespaceObject> | undefined> {
  const isThere = identities.has(`/Namespace//${namespace}`) || (await parts.hasNamespace(namespace));
  return isThere ? undefined : namespaceObject(namespace);
}

/** An empty commit prunes everything: more often a mistake than a wish. Throws NothingThereError. */
export function refuseEmpty(application: Application, rendered: Rendered): void {
  const held = inventoryOf(application).length;
  const isEmpty = !rendered.objects.some(({ object }) => isHeld(object));
  if (!isEmpty || rendered.problems.length > 0 || held === 0) return;
  const { namespace, name } = application.metadata;
  const objects = held === 1 ? 'its only object' : `all ${held} objects`;
  throw new NothingThereError(
    `the commit holds no manifests in ${folderOf(application)}: that would prune ${objects}, so nothing was changed; to remove them, delete the Application with them: gantry app delete ${name} -n ${namespace} --cascade`,
  );
}

type RenderParts = Pick<SyncParts, 'client' | 'renders' | 'sources'>;

/** Renders what an Application is to be at a commit. Throws GitError. */
export async function renderApplication(
  parts: RenderParts,
  application: Application,
  repository: Repository,
  commit: string,
): Promise<Rendered> {
  try {
    const rendered = await renderAt(parts, application, repository, commit);
    refuseEmpty(application, rendered);
    return rendered;
  } catch (error) {
    // What was there has gone over to others, as a whole.
    const isOver = application.status?.commit !== undefined && inventoryOf(application).length === 0;
    if (isOver && error instanceof NothingThereError) return { commit, objects: [], problems: [] };
    throw error;
  }
}

/** The same, also when nothing is there. Throws GitError. */
export async function renderAt(
  parts: RenderParts,
  application: Application,
  repository: Repository,
  commit: string,
): Promise<Rendered> {
  const tree = await parts.sources.tree(repository, commit);
  return parts.renders.render(
    keyOf(repository),
    tree,
    folderOf(application),
    destinationOf(application),
    renderOptionsOf(application, parts.client, repository),
  );
}

export interface ApplyOptions {
  readonly dryRun: boolean;
  /** Only these objects. Default: all. */
  readonly only?: ReadonlySet<string>;
  /** Deleted along. Default: what the commit no longer holds, also what would wait for an approval; with `only` nothing. */
  readonly prune?: readonly ApplySetReference[];
}

/** Applies (or computes) a commit with the rights of the Application's user. */
export async function applyApplication(
  parts: SyncParts,
  application: Application,
  rendered: Rendered,
  { dryRun, only, prune }: ApplyOptions,
): Promise<Plan> {
  const { user, groups } = actorOf(application);
  const namespace = destinationOf(application);
  const identities = new Set(rendered.objects.map((source) => identityOf(source.object)));
  // A look at some objects tells of them alone; to put them back takes their namespace.
  const isLook = dryRun && only !== undefined;
  const missing = isLook ? undefined : await missingNamespace(parts, namespace, identities);
  const key = keyOf(application);
  const isLettingGo = await lettingGo(rendered, parts, application);
  const problems = [
    ...rendered.problems,
    ...sizeProblems(rendered, application),
    ...heldByOthers(rendered, parts.index, key, isLettingGo),
  ];
  // Claimed in the same breath: of two Applications at once one is told.
  if (!dryRun && problems.length === 0) parts.index.claim(key, identities);
  const chosen =
    only === undefined
      ? rendered.objects
      : rendered.objects.filter(({ object }) => isHeld(object) && only.has(identityOf(object)));
  const choice =
    prune === undefined && only === undefined
      ? await choosePrune(parts, application, rendered.commit, identities)
      : undefined;
  const objects = await respectIgnored(parts, application, chosen);
  const plan = await applyCommit({
    client: parts.client.as(user, groups),
    rendered: { commit: rendered.commit, objects, problems },
    prune: prune ?? (choice === undefined ? [] : [...choice.doomed, ...choice.waiting]),
    dryRun,
    authors: isLook,
    namespace: missing,
    ledger: ledgerOf(application, rendered.commit),
  });
  if (plan.problems.length > 0) parts.renders.forget(rendered);
  return choice?.pending === undefined ? plan : { ...plan, pending: choice.pending };
}

export function describeProblems(plan: Plan): string {
  const lines = plan.problems
    .slice(0, PROBLEMS_SHOWN)
    .map((problem) => formatProblem(problem).slice(0, PROBLEM_LENGTH));
  const more = plan.problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}

/** Entries of the inventory for objects that have just been applied. */
export function entriesOf(sources: readonly SourceObject[]): ApplicationObjectStatus[] {
  return sources.map(({ object, file, line }): ApplicationObjectStatus => {
    const { name, namespace } = object.metadata;
    const { apiVersion, kind } = object;
    const wave = waveOf(object);
    return {
      apiVersion,
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      sync: 'Synced',
      health: 'Progressing',
      source: sourceText(file, line),
      ...(wave === 0 ? {} : { wave }),
      ...(protectionOf(object) === undefined ? {} : { keep: true }),
    };
  });
}
