import type { Application, PlanStatus } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import { namespaces } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { choosePrune } from '../prune/prune-choice.ts';
import { ServerCapabilities } from '../render/helm/capabilities.ts';
import { Helm, helmCache } from '../render/helm/helm.ts';
import { ServedKinds } from '../render/kinds.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import { Renders } from '../render/render-cache.ts';
import { InventoryIndex, inventoryOf } from '../sync/inventory.ts';
import { heldByOthers } from '../sync/ownership.ts';
import { destinationOf, renderOptionsOf } from '../sync/source.ts';
import { namespaceObject, refuseEmpty } from '../sync/sync-application.ts';
import { applyCommit, type Plan } from './plan.ts';
import { type PlanDetails, WHOLE } from './plan-details.ts';
import { planStatus } from './plan-status.ts';
import { UNCOMMITTED, type WorkingFolder, workingTree } from './working-tree.ts';

export interface FolderPlanRequest {
  /** With the credentials of the caller, whose rights count. */
  readonly client: Client;
  /** As the server knows them. */
  readonly user: string;
  readonly folder: WorkingFolder;
  /** Of what is rendered, in the working tree. */
  readonly path: string;
  readonly application: Application;
  /** All that the caller may see: what they hold is theirs. */
  readonly others: readonly Application[];
}

/** What a push of a working folder would change, by the same code as a push. Throws GitError. */
export async function planFolder(
  request: FolderPlanRequest,
): Promise<{ readonly status: PlanStatus; readonly details: PlanDetails }> {
  const { client, application, others, user } = request;
  const kinds = new ServedKinds(client);
  const namespace = destinationOf(application);
  const tree = workingTree(request.folder);
  const helm = new Helm({ cache: helmCache(), capabilities: new ServerCapabilities(client) });
  const options = renderOptionsOf(application);
  const rendered = await new Renders(kinds, { helm }).render('', tree, request.path, namespace, options);
  refuseEmpty(application, rendered);
  const index = new InventoryIndex();
  for (const other of others) index.set(keyOf(other), inventoryOf(other));
  const plan = await dryRun(request, rendered, { client, kinds, index });
  return planStatus(plan, rendered, { application, user, nowMs: Date.now() }, WHOLE);
}

async function dryRun(
  { client, application }: FolderPlanRequest,
  rendered: Rendered,
  parts: { readonly client: Client; readonly kinds: ServedKinds; readonly index: InventoryIndex },
): Promise<Plan> {
  const identities = new Set(rendered.objects.map((source) => identityOf(source.object)));
  const namespace = destinationOf(application);
  const isMissing = !identities.has(`/Namespace//${namespace}`) && (await isAbsent(client, namespace));
  const choice = await choosePrune(parts, application, UNCOMMITTED, identities);
  const held = heldByOthers(rendered, parts.index, keyOf(application));
  const plan = await applyCommit({
    client,
    rendered: { ...rendered, problems: [...rendered.problems, ...held] },
    prune: [...choice.doomed, ...choice.waiting],
    dryRun: true,
    namespace: isMissing ? namespaceObject(namespace) : undefined,
  });
  return choice.pending === undefined ? plan : { ...plan, pending: choice.pending };
}

/** Who may not look is told by the dry run. */
async function isAbsent(client: Client, name: string): Promise<boolean> {
  try {
    await client.get(namespaces, '', name);
    return false;
  } catch (error) {
    if (isStatusError(error, 'Forbidden')) return false;
    if (isStatusError(error, 'NotFound')) return true;
    throw error;
  }
}
