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
import type { Rendered } from '../render/render.ts';
import { Renders } from '../render/render-cache.ts';
import { describeFollowed, followedBy } from '../sync/followed.ts';
import { InventoryIndex, inventoryOf } from '../sync/inventory.ts';
import { MovedSets } from '../sync/moved-sets.ts';
import { destinationOf, folderOf, renderOptionsOf } from '../sync/source.ts';
import { refuseEmpty } from '../sync/sync-application.ts';
import { describeMoved } from './describe.ts';
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

/** What a push of a working folder would change, by the same code as a push. `moved`: what goes over to others, as lines. Throws GitError. */
export async function planFolder(request: FolderPlanRequest): Promise<{
  readonly status: PlanStatus;
  readonly details: PlanDetails;
  readonly moved: readonly string[];
}> {
  const { client, application, others, user } = request;
  const kinds = new ServedKinds(client);
  const helm = new Helm({
    cache: helmCache(),
    capabilities: new ServerCapabilities(client),
    // On a person's own machine its own servers are theirs to read.
    network: new Network({ allowed: ['127.0.0.0/8', '::1'] }),
  });
  const renders = new Renders(kinds, { helm });
  const tree = lfsTree(workingTree(request.folder));
  const renderOf = (one: Application, path: string): Promise<Rendered> =>
    renders.render('', tree, path, destinationOf(one), renderOptionsOf(one, client));
  const rendered = await renderOf(application, request.path);
  refuseEmpty(application, rendered);
  const index = new InventoryIndex();
  for (const other of others) index.set(keyOf(other), inventoryOf(other));
  const hasNamespace = async (name: string): Promise<boolean> => !(await isAbsent(client, name));
  // A push of the folder leads to it whatever follows the same.
  const desired = new MovedSets((one) => renderOf(one, folderOf(one)));
  for (const other of others)
    if (keyOf(other) !== keyOf(application) && followsTheSame(application, other))
      desired.moves(other, rendered.commit);
  const parts = { client, kinds, index, desired, hasNamespace };
  const plan = await dryRun(parts, application, rendered, client);
  const planned = await planStatus(plan, rendered, { application, user, nowMs: Date.now() }, WHOLE);
  return { ...planned, moved: describeMoved(plan) };
}

const followsTheSame = (a: Application, b: Application): boolean =>
  a.metadata.namespace === b.metadata.namespace &&
  a.spec.source.repository === b.spec.source.repository &&
  describeFollowed(followedBy(a)) === describeFollowed(followedBy(b));

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
