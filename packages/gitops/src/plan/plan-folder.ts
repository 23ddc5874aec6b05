import type { Application, PlanStatus } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import { namespaces } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { lfsTree } from '../git/lfs-pointer.ts';
import { Network } from '../git/network.ts';
import { ServerCapabilities } from '../render/helm/capabilities.ts';
import { Helm, helmCache } from '../render/helm/helm.ts';
import { ServedKinds } from '../render/kinds.ts';
import { Renders } from '../render/render-cache.ts';
import { InventoryIndex, inventoryOf } from '../sync/inventory.ts';
import { destinationOf, renderOptionsOf } from '../sync/source.ts';
import { refuseEmpty } from '../sync/sync-application.ts';
import { dryRun } from './dry-run.ts';
import { type PlanDetails, WHOLE } from './plan-details.ts';
import { planStatus } from './plan-status.ts';
import { type WorkingFolder, workingTree } from './working-tree.ts';

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
  const helm = new Helm({
    cache: helmCache(),
    capabilities: new ServerCapabilities(client),
    // On a person's own machine its own servers are theirs to read.
    network: new Network({ allowed: ['127.0.0.0/8', '::1'] }),
  });
  const rendered = await new Renders(kinds, { helm }).render(
    '',
    lfsTree(workingTree(request.folder)),
    request.path,
    destinationOf(application),
    renderOptionsOf(application, client),
  );
  refuseEmpty(application, rendered);
  const index = new InventoryIndex();
  for (const other of others) index.set(keyOf(other), inventoryOf(other));
  const hasNamespace = async (name: string): Promise<boolean> => !(await isAbsent(client, name));
  const plan = await dryRun({ client, kinds, index, hasNamespace }, application, rendered, client);
  return planStatus(plan, rendered, { application, user, nowMs: Date.now() }, WHOLE);
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
