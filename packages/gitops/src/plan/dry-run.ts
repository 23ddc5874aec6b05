import type { Application } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import type { AnyObject } from '@gantry/machinery/object';
import { respectIgnored } from '../drift/respect-ignored.ts';
import { isGoingOver } from '../prune/left-over.ts';
import { choosePrune } from '../prune/prune-choice.ts';
import type { KindFinder } from '../render/kinds.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import { sizeProblems } from '../sync/bounded-status.ts';
import type { Desired } from '../sync/desired-sets.ts';
import type { InventoryIndex } from '../sync/inventory.ts';
import { heldByOthers, lettingGo } from '../sync/ownership.ts';
import { destinationOf } from '../sync/source.ts';
import { missingNamespace } from '../sync/sync-application.ts';
import { applyCommit, type Plan } from './plan.ts';

export interface DryRunParts {
  /** Reads what is there. */
  readonly client: Client;
  readonly kinds: KindFinder;
  readonly index: InventoryIndex;
  /** Absent: what moves between Applications isn't known. */
  readonly desired?: Desired;
  readonly hasNamespace: (name: string) => Promise<boolean>;
}

/**
 * What a sync of a rendered commit would do, also what would wait for an approval, with the rights of `actor`. `beside`:
 * what would be made along with it; only problems with that are told.
 */
export async function dryRun(
  parts: DryRunParts,
  application: Application,
  rendered: Rendered,
  actor: Client,
  beside: readonly AnyObject[] = [],
): Promise<Plan> {
  const identities = new Set(rendered.objects.map((source) => identityOf(source.object)));
  const isLettingGo = await lettingGo(rendered, parts, application);
  const choice = await choosePrune(parts, application, rendered.commit, identities);
  const plan = await applyCommit({
    client: actor,
    rendered: {
      commit: rendered.commit,
      objects: await respectIgnored(parts, application, rendered.objects),
      problems: [
        ...rendered.problems,
        ...sizeProblems(rendered, application),
        ...heldByOthers(rendered, parts.index, keyOf(application), isLettingGo),
      ],
    },
    prune: [...choice.doomed, ...choice.waiting],
    dryRun: true,
    namespace: await missingNamespace(parts, destinationOf(application), identities),
    beside: beside.filter((object) => !identities.has(identityOf(object))),
  });
  const leaving = choice.kept.filter(isGoingOver);
  return {
    ...plan,
    ...(leaving.length === 0 ? {} : { leaving }),
    ...(choice.pending === undefined ? {} : { pending: choice.pending }),
  };
}
