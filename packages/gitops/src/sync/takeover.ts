import type { Application } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { applyCommit } from '../plan/plan.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import type { SourceProblem } from '../render/source-object.ts';
import { actorOf } from './actor.ts';
import { sizeProblems } from './bounded-status.ts';
import { entryIdentity, inventoryOf } from './inventory.ts';
import { heldByOthers, lettingGo } from './ownership.ts';
import { destinationOf } from './source.ts';
import { missingNamespace, type SyncParts } from './sync-application.ts';
import { isHeld } from './waves/annotations.ts';

/** What others of a set may need, whoever holds it. */
const NEEDED = ['CustomResourceDefinition', 'Namespace'];

/**
 * What keeps a commit from being applied as far as that shows beforehand; else it claims its objects when `claims` says
 * so. Objects that others hold, and that the Application may apply, are contested until they let go.
 */
export async function takeOver(
  parts: SyncParts,
  application: Application,
  rendered: Rendered,
  claims: boolean,
): Promise<readonly SourceProblem[]> {
  const key = keyOf(application);
  const identities = new Set(rendered.objects.map(({ object }) => identityOf(object)));
  const isLettingGo = await lettingGo(rendered, parts, application);
  // First of all: who may not apply an object says nothing about who is to hold it.
  const notAllowed = await whyNoTakeover(parts, application, rendered);
  const problems = [
    ...rendered.problems,
    ...sizeProblems(rendered, application),
    ...notAllowed,
    ...heldByOthers(rendered, parts.index, key, isLettingGo),
  ];
  parts.index.contest(key, notAllowed.length > 0 ? new Set() : identities, isLettingGo);
  // Claimed in the same breath: of two Applications at once one is told.
  if (claims && problems.length === 0) parts.index.claim(key, identities);
  return problems;
}

/**
 * Why a commit may not take over what others hold, by a dry run with the Application's own rights; none: it may. A name in
 * a manifest is no claim: only who could apply an object keeps its holder from deleting it. Throws what may pass by itself.
 */
async function whyNoTakeover(
  parts: SyncParts,
  application: Application,
  { commit, objects }: Rendered,
): Promise<readonly SourceProblem[]> {
  const key = keyOf(application);
  const own = new Set(inventoryOf(application).map(entryIdentity));
  const isTaken = (identity: string): boolean =>
    !own.has(identity) && parts.index.holdersOf(identity).some((holder) => holder !== key);
  const taken = objects.filter(({ object }) => isHeld(object) && isTaken(identityOf(object)));
  if (taken.length === 0) return [];
  const beside = objects.filter(({ object }) => NEEDED.includes(object.kind) && isHeld(object));
  const { user, groups } = actorOf(application);
  const plan = await applyCommit({
    client: parts.client.as(user, groups),
    rendered: { commit, objects: [...new Set([...beside, ...taken])], problems: [] },
    prune: [],
    dryRun: true,
    namespace: await missingNamespace(
      parts,
      destinationOf(application),
      new Set(objects.map(({ object }) => identityOf(object))),
    ),
  });
  return plan.problems;
}
