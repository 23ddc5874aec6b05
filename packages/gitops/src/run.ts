import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Application, Repository, Service } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { applications, namespaces, plans, repositories, services } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { ControllerContext } from '@gantry/runtime/port';
import { runControllers } from '@gantry/runtime/run-controllers';
import { HostedRepositories } from './git/hosted.ts';
import { GitEndpoint } from './git/http-endpoint.ts';
import { Identities } from './git/identity.ts';
import { Network } from './git/network.ts';
import { RemoteClones } from './git/remote.ts';
import { Ledger } from './ledger/ledger.ts';
import { Outbox } from './ledger/outbox.ts';
import { watchApplications } from './ledger/watch.ts';
import { Notifier } from './notify/notifier.ts';
import { KeptPlans } from './plan/kept-plans.ts';
import { planController } from './plan/plan-controller.ts';
import { hasHappened } from './push/announced.ts';
import { postReceive } from './push/post-receive.ts';
import { type PushParts, preReceive } from './push/pre-receive.ts';
import { ProgressWatch } from './push/progress.ts';
import { ServerCapabilities } from './render/helm/capabilities.ts';
import { Helm } from './render/helm/helm.ts';
import { ServedKinds } from './render/kinds.ts';
import { Renders } from './render/render-cache.ts';
import { applicationController } from './sync/application-controller.ts';
import { BranchWriter } from './sync/branch-writer.ts';
import { CommitVerifier } from './sync/commit-verifier.ts';
import { DesiredSets } from './sync/desired-sets.ts';
import { DriftMarks } from './sync/drift.ts';
import { heirRights } from './sync/heir-rights.ts';
import { InventoryIndex } from './sync/inventory.ts';
import { LiveObjects } from './sync/live-objects.ts';
import { Looks } from './sync/looks.ts';
import { repositoryController } from './sync/repository-controller.ts';
import { webhookSecret } from './sync/repository-secret.ts';
import { Sources } from './sync/source.ts';
import { renderAt, type SyncParts } from './sync/sync-application.ts';
import { Webhooks } from './webhook/webhooks.ts';

export interface SyncOptions {
  /** Of the sync's own identity, which may impersonate. */
  readonly context: ControllerContext;
  /** A client without credentials: it asks whose credentials a push carries. */
  readonly anonymous: Client;
  /** Folder of the hosted repositories; clones of others lie in `cache` below it. */
  readonly gitRoot: string;
  /** Unix socket on which Git's smart HTTP is served; absent = no endpoint. */
  readonly gitSocket?: string;
  /** The helm that renders charts: a path, or a name on PATH. Default: GANTRY_HELM, `helm` on PATH, or an npm package's. */
  readonly helm?: string;
  /** Addresses of this machine and link-local ones that what tenants write may lead to: `127.0.0.0/8`, `127.0.0.1:3000`. */
  readonly allowedAddresses?: readonly string[];
  /** URL of the API server, which nothing that tenants write may lead to. */
  readonly apiServer?: string;
  /** Of what one push may bring. Default 256 MiB. */
  readonly pushLimitBytes?: number;
  readonly signal: AbortSignal;
}

/** Runs the Git endpoint and the controllers of Repository and Application until the signal ends. */
export async function runSync(options: SyncOptions): Promise<void> {
  const { context, signal } = options;
  const hosted = new HostedRepositories(options.gitRoot);
  const network = new Network({
    ...(options.allowedAddresses === undefined ? {} : { allowed: options.allowedAddresses }),
    ...(options.apiServer === undefined ? {} : { apiServer: options.apiServer }),
    apiServices: apiServiceAddresses(context.client),
  });
  const kinds = new ServedKinds(context.client);
  const verifier = new CommitVerifier(context.client);
  const sources = new Sources(hosted, new RemoteClones(options.gitRoot, network), context.client, verifier);
  const live = new LiveObjects(context.informers, kinds, signal);
  const ledger = new Ledger(context.client, context.log, new Outbox(join(options.gitRoot, 'outbox')));
  await ledger.replay((parcel) => hasHappened(hosted, parcel));
  const renders = new Renders(kinds, {
    helm: new Helm({
      ...(options.helm === undefined ? {} : { configured: options.helm }),
      cache: join(options.gitRoot, 'helm'),
      capabilities: new ServerCapabilities(context.client),
      network,
    }),
  });
  const desired = new DesiredSets({
    applications: context.informers.informer(applications),
    repositories: context.informers.informer(repositories),
    render: (application, repository, commit) =>
      renderAt({ client: context.client, sources, renders }, application, repository, commit),
    rights: heirRights({ client: context.client, kinds }),
  });
  const parts: SyncParts = {
    client: context.client,
    kinds,
    sources,
    renders,
    desired,
    index: new InventoryIndex(),
    waits: new InventoryIndex(),
    hasNamespace: namespaceCheck(context),
    ledger,
  };
  const notifier = new Notifier({ client: context.client, network, events: context.events, signal });
  watchApplications({
    context,
    ledger,
    tell: (application, transition) => notifier.tell(application, transition),
  });
  const branchWriter = new BranchWriter(context.client);
  const looks = new Looks();
  const kept = new KeptPlans({
    client: context.client,
    kinds,
    plans: context.informers.informer(plans),
    log: context.log,
  });
  const controllers = [
    repositoryController({ sources, writer: branchWriter, looks }),
    applicationController({ parts, live, drift: new DriftMarks() }),
    planController({ sync: parts, revisions: { sources, hosted }, kept }),
  ];
  const close =
    options.gitSocket === undefined
      ? undefined
      : await serveGit(options, options.gitSocket, {
          ...parts,
          hosted,
          branchWriter,
          verifier,
          looks,
          kept,
        });
  try {
    await runControllers(controllers, () => context, signal);
  } finally {
    close?.();
    await ledger.close();
  }
}

const ADDRESSES_FRESH_MS = 60_000;

/** Cluster IPs of the Service `kubernetes`, which lead to the API server; asked for once a minute. */
function apiServiceAddresses(client: Client): () => Promise<readonly string[]> {
  let known: readonly string[] = [];
  let untilMs = 0;
  return async () => {
    if (Date.now() < untilMs) return known;
    const service = await client
      .get<Service>(services, 'default', 'kubernetes')
      .catch((error: unknown) => (isStatusError(error, 'NotFound') ? undefined : null));
    // A server that doesn't answer has the addresses that it had.
    if (service === null) return known;
    const { clusterIP, clusterIPs = [] } = service?.spec ?? {};
    known = [...new Set([...clusterIPs, clusterIP ?? ''])].filter((ip) => ip !== '' && ip !== 'None');
    untilMs = Date.now() + ADDRESSES_FRESH_MS;
    return known;
  };
}

/** By the cache when it is there; an absence is asked for, since the cache may lag. */
function namespaceCheck({ client, informers }: ControllerContext): (name: string) => Promise<boolean> {
  const known = informers.informer(namespaces);
  return async (name) => {
    if (known.get('', name) !== undefined) return true;
    try {
      await client.get(namespaces, '', name);
      return true;
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return false;
      throw error;
    }
  };
}

/** Listens on the socket. Returns what ends that. */
async function serveGit(
  options: SyncOptions,
  gitSocket: string,
  shared: SyncParts &
    Pick<PushParts, 'hosted' | 'branchWriter' | 'verifier' | 'kept'> & { readonly looks: Looks },
): Promise<() => void> {
  const { context } = options;
  const informer = context.informers.informer<Application>(applications);
  const known = context.informers.informer<Repository>(repositories);
  const parts: PushParts = {
    ...shared,
    applications: informer,
    repositories: known,
    recordRejection: (application, problems) =>
      context.events.event(application, 'Warning', 'PushRejected', problems),
  };
  const progress = new ProgressWatch(informer);
  const synced = Promise.all([informer.whenSynced(), known.whenSynced()]);
  const endpoint = new GitEndpoint({
    repositories: shared.hosted,
    identities: new Identities(options.anonymous),
    client: context.client,
    webhooks: new Webhooks({
      repositories: known,
      secretOf: (repository) => webhookSecret(context.client, repository),
      wake: (key) => shared.looks.wake(key),
    }),
    ...(options.pushLimitBytes === undefined ? {} : { pushLimitBytes: options.pushLimitBytes }),
    hooks: {
      preReceive: async (call) => {
        // Before, no Application is known, and any push would look like a first one.
        await synced;
        return preReceive(call, parts);
      },
      postReceive: (call) => postReceive(call, parts, progress),
    },
  });
  const server = createServer((request, response) => void endpoint.serve(request, response));
  // A push waits until its application is healthy.
  server.requestTimeout = 0;
  await mkdir(options.gitRoot, { recursive: true, mode: 0o700 });
  await rm(gitSocket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(gitSocket, resolve);
  });
  await chmod(gitSocket, 0o600);
  context.log.info({ socket: gitSocket }, 'serving Git');
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
