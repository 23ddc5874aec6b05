import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createClient } from '@gantry/client/client';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import { runWithLeaderElection } from '@gantry/client/leader-election';
import { runSync } from '@gantry/gitops/run';
import { systemClock } from '@gantry/runtime/clock';
import { createEventRecorder } from '@gantry/runtime/event-recorder';
import { serveHealth } from '@gantry/runtime/health';
import { createLogger } from '@gantry/runtime/logger';
import { runProcess } from '@gantry/runtime/process';
import { Command } from 'commander';

interface SyncFlags {
  readonly kubeconfig: string;
  readonly gitRoot: string;
  readonly gitSocket?: string;
  readonly helm?: string;
  readonly syncAllowAddresses?: string;
  readonly healthSocket?: string;
  readonly leaderElect?: boolean;
}

const flags = new Command('sync')
  .description('Follows Git repositories and keeps Applications applied; serves Git')
  .requiredOption('--kubeconfig <file>', 'how to reach the API server')
  .requiredOption('--git-root <dir>', 'folder of the hosted Git repositories')
  .option('--git-socket <path>', "Unix socket for Git's smart HTTP")
  .option(
    '--helm <path>',
    'helm that renders charts (default: GANTRY_HELM, the one on PATH, or the one of an npm package)',
  )
  .option(
    '--sync-allow-addresses <list>',
    'addresses of this machine, or link-local ones, that Repositories, charts and notifications may name: 127.0.0.0/8, 127.0.0.1:3000',
  )
  .option('--health-socket <path>', 'Unix socket for /healthz and /metrics')
  .option('--leader-elect', 'act only while holding the Lease kube-system/gantry-sync')
  .showHelpAfterError()
  .parse()
  .opts<SyncFlags>();
const log = createLogger('sync');

await runProcess(log, async (signal) => {
  if (flags.healthSocket !== undefined)
    await serveHealth(flags.healthSocket, { ping: () => undefined }, signal);
  const connection = loadKubeconfig(flags.kubeconfig);
  const { cert: _cert, key: _key, token: _token, ...server } = connection;
  const client = createClient({ ...connection, userAgent: 'gantry-sync' });
  const anonymous = createClient(server);
  const run = (term: AbortSignal): Promise<void> =>
    runSync({
      context: {
        client,
        informers: createInformerFactory(client, {
          onError: (resource, error) =>
            log.warn({ resource: resource.plural, error: String(error) }, 'list or watch failed'),
        }),
        clock: systemClock,
        log,
        events: createEventRecorder({ client, component: 'gantry-sync', log }),
      },
      anonymous,
      gitRoot: flags.gitRoot,
      ...(flags.gitSocket === undefined ? {} : { gitSocket: flags.gitSocket }),
      ...(flags.helm === undefined ? {} : { helm: flags.helm }),
      ...(flags.syncAllowAddresses === undefined
        ? {}
        : { allowedAddresses: flags.syncAllowAddresses.split(',') }),
      apiServer: connection.server,
      signal: term,
    });
  const lease = { namespace: 'kube-system', name: 'gantry-sync', identity: `${hostname()}_${randomUUID()}` };
  try {
    if (flags.leaderElect === true) await runWithLeaderElection({ client, ...lease }, signal, run);
    else await run(signal);
  } finally {
    client.close();
    anonymous.close();
  }
});
