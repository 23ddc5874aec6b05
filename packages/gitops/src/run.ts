import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Application } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { applications, repositories } from '@gantry/client/resources';
import type { ControllerContext } from '@gantry/runtime/port';
import { runControllers } from '@gantry/runtime/run-controllers';
import { HostedRepositories } from './git/hosted.ts';
import { GitEndpoint } from './git/http-endpoint.ts';
import { Identities } from './git/identity.ts';
import { RemoteClones } from './git/remote.ts';
import { serveHook } from './push/hook-server.ts';
import { postReceive } from './push/post-receive.ts';
import { type PushParts, preReceive } from './push/pre-receive.ts';
import { ProgressWatch } from './push/progress.ts';
import { ServedKinds } from './render/kinds.ts';
import { applicationController } from './sync/application-controller.ts';
import { DriftMarks } from './sync/drift.ts';
import { LiveObjects } from './sync/live-objects.ts';
import { repositoryController } from './sync/repository-controller.ts';
import { Sources } from './sync/source.ts';

export interface SyncOptions {
  /** Of the sync's own identity, which may impersonate. */
  readonly context: ControllerContext;
  /** A client without credentials: it asks whose credentials a push carries. */
  readonly anonymous: Client;
  /** Folder of the hosted repositories; clones of others lie in `cache` below it. */
  readonly gitRoot: string;
  /** Unix socket on which Git's smart HTTP is served; absent = no endpoint. */
  readonly gitSocket?: string;
  readonly signal: AbortSignal;
}

/** Runs the Git endpoint and the controllers of Repository and Application until the signal ends. */
export async function runSync(options: SyncOptions): Promise<void> {
  const { context, signal } = options;
  const hosted = new HostedRepositories(options.gitRoot);
  const kinds = new ServedKinds(context.client);
  const sources = new Sources(hosted, new RemoteClones(options.gitRoot), context.client);
  const live = new LiveObjects(context.informers, kinds, signal);
  const parts = { client: context.client, kinds, sources };
  const controllers = [
    repositoryController(sources),
    applicationController({ parts, live, drift: new DriftMarks() }),
  ];
  context.informers.informer(repositories);
  if (options.gitSocket !== undefined)
    await serveGit({ ...options, gitSocket: options.gitSocket }, hosted, kinds);
  await runControllers(controllers, () => context, signal);
}

async function serveGit(
  options: SyncOptions & { gitSocket: string },
  hosted: HostedRepositories,
  kinds: ServedKinds,
): Promise<void> {
  const { context, gitSocket, signal } = options;
  const informer = context.informers.informer<Application>(applications);
  const parts: PushParts = {
    client: context.client,
    kinds,
    repositories: hosted,
    applications: informer,
    recordRejection: (application, problems) =>
      context.events.event(application, 'Warning', 'PushRejected', problems),
  };
  const progress = new ProgressWatch(informer);
  const endpoint = new GitEndpoint({
    repositories: hosted,
    identities: new Identities(options.anonymous),
    client: context.client,
    hookSocket: gitSocket,
  });
  const handlers = {
    preReceive: (call: Parameters<typeof preReceive>[0]) => preReceive(call, parts),
    postReceive: (call: Parameters<typeof postReceive>[0]) => postReceive(call, parts, progress),
  };
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/hook')
      void serveHook(request, response, (ticket) => endpoint.push(ticket), handlers);
    else void endpoint.serve(request, response);
  });
  // A push waits until its application is healthy.
  server.requestTimeout = 0;
  await mkdir(options.gitRoot, { recursive: true, mode: 0o700 });
  await rm(gitSocket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(gitSocket, resolve);
  });
  await chmod(gitSocket, 0o600);
  signal.addEventListener('abort', () => {
    server.close();
    server.closeAllConnections();
  });
}
