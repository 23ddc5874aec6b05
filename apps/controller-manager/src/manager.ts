import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { createClient, type OwnedClient } from '@gantry/client/client';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import { runWithLeaderElection } from '@gantry/client/leader-election';
import { allControllers, type ControllerOptions, selectControllers } from '@gantry/controllers/registry';
import { createTokenSigner } from '@gantry/pki/jwt';
import { systemClock } from '@gantry/runtime/clock';
import { createEventRecorder } from '@gantry/runtime/event-recorder';
import { serveHealth } from '@gantry/runtime/health';
import type { ControllerContext, Logger } from '@gantry/runtime/port';
import { runControllers } from '@gantry/runtime/run-controllers';
import type { ManagerOptions } from './options.ts';
import { runSchedulerPart, runSyncPart } from './parts.ts';

/** One identity at the API server, with its own connections and caches. */
export interface Session {
  readonly client: OwnedClient;
  /** `component` is what events name as their source. */
  contextFor(component: string): ControllerContext;
}

export function openSession(kubeconfig: string, agent: string, log: Logger): Session {
  const client = createClient({ ...loadKubeconfig(kubeconfig), userAgent: agent });
  const informers = createInformerFactory(client, {
    onError: (resource, error) =>
      log.warn({ resource: resource.plural, error: String(error) }, 'list or watch failed'),
  });
  return {
    client,
    contextFor: (component) => ({
      client,
      informers,
      clock: systemClock,
      log,
      events: createEventRecorder({ client, component, log }),
    }),
  };
}

/** Runs what the options ask for until the signal ends. Each part that may act only once holds a Lease of its own. */
export async function runManager(options: ManagerOptions, log: Logger, signal: AbortSignal): Promise<void> {
  if (options.healthSocket !== undefined)
    await serveHealth(
      options.healthSocket,
      { ping: () => undefined, ...(options.scheduler ? { scheduler: () => undefined } : {}) },
      signal,
    );
  const identity = options.leaderElectIdentity ?? `${hostname()}_${randomUUID()}`;
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const part = async (kubeconfig: string, lease: string, run: Run): Promise<void> => {
    const session = openSession(kubeconfig, lease, log);
    try {
      if (!options.leaderElect) return await run(session, until);
      await runWithLeaderElection(
        {
          client: session.client,
          namespace: 'kube-system',
          name: lease,
          identity,
          onLeader: (leader) => log.info({ lease, leader }, 'leader'),
        },
        until,
        (term) => run(session, term),
      );
    } catch (error) {
      // One part that fails takes the others with it: the supervisor starts all of them anew.
      failed.abort();
      throw error;
    } finally {
      session.client.close();
    }
  };
  await Promise.all([
    part(options.kubeconfig, 'kube-controller-manager', (session, term) =>
      runAllControllers(options, session, log, term),
    ),
    ...(options.scheduler
      ? [part(options.schedulerKubeconfig ?? options.kubeconfig, 'kube-scheduler', runSchedulerPart)]
      : []),
    ...(options.sync
      ? [
          part(options.syncKubeconfig ?? options.kubeconfig, 'gantry-sync', (session, term) =>
            runSyncPart(options, session, term),
          ),
        ]
      : []),
  ]);
}

type Run = (session: Session, signal: AbortSignal) => Promise<void>;

/** What signs certificates and tokens. Throws when a key file can't be read. */
function signingOptions(options: ManagerOptions): Partial<ControllerOptions> {
  const { clusterSigningCertFile, clusterSigningKeyFile, clusterSigningDuration } = options;
  const { serviceAccountPrivateKeyFile, legacyServiceAccountTokenCleanUpPeriod } = options;
  const authority =
    clusterSigningCertFile === undefined || clusterSigningKeyFile === undefined
      ? undefined
      : () => ({
          cert: readFileSync(clusterSigningCertFile, 'utf8'),
          key: readFileSync(clusterSigningKeyFile, 'utf8'),
        });
  const maxMs = clusterSigningDuration === undefined ? undefined : clusterSigningDuration * 1000;
  return {
    ...(authority === undefined ? {} : { signing: { authority, ...(maxMs === undefined ? {} : { maxMs }) } }),
    ...(serviceAccountPrivateKeyFile === undefined
      ? {}
      : { signToken: createTokenSigner(readFileSync(serviceAccountPrivateKeyFile, 'utf8')) }),
    ...(legacyServiceAccountTokenCleanUpPeriod === undefined
      ? {}
      : { legacyTokenUnusedMs: legacyServiceAccountTokenCleanUpPeriod * 1000 }),
  };
}

async function runAllControllers(
  options: ManagerOptions,
  session: Session,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const { clusterCidr, serviceClusterIpRange, rootCaFile, localPathRoot } = options;
  if (options.allocateNodeCidrs && clusterCidr === undefined)
    throw new Error('--allocate-node-cidrs needs --cluster-cidr');
  const controllers = selectControllers(
    allControllers({
      ...(options.allocateNodeCidrs && clusterCidr !== undefined ? { clusterCidr } : {}),
      ...(serviceClusterIpRange === undefined ? {} : { serviceCidr: serviceClusterIpRange }),
      ...(rootCaFile === undefined ? {} : { rootCa: readFileSync(rootCaFile, 'utf8') }),
      ...signingOptions(options),
      ...(localPathRoot === undefined ? {} : { localPathRoot }),
    }),
    options.controllers,
  );
  log.info({ controllers: controllers.map(({ name }) => name) }, 'starting controllers');
  await runControllers(
    controllers,
    ({ name, eventSource }) => session.contextFor(eventSource ?? name),
    signal,
    {
      manager: 'kube-controller-manager',
    },
  );
}
