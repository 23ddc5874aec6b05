import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createClient } from '@gantry/client/client';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import { runWithLeaderElection } from '@gantry/client/leader-election';
import { createEventRecorder } from '@gantry/runtime/event-recorder';
import { serveHealth } from '@gantry/runtime/health';
import { createLogger } from '@gantry/runtime/logger';
import { runProcess } from '@gantry/runtime/process';
import { runScheduler } from '@gantry/scheduling/run';
import { options } from './options.ts';

const log = createLogger('scheduler');

await runProcess(log, async (signal) => {
  const { kubeconfig, leaderElect, healthSocket, schedulerName, percentageOfNodesToScore } = options(
    process.argv,
  );
  const client = createClient({ ...loadKubeconfig(kubeconfig), userAgent: 'kube-scheduler' });
  if (healthSocket !== undefined) await serveHealth(healthSocket, { ping: () => undefined }, signal);
  const run = (term: AbortSignal) =>
    runScheduler({
      client,
      informers: createInformerFactory(client, {
        onError: (resource, error) =>
          log.warn({ resource: resource.plural, error: String(error) }, 'list or watch failed'),
      }),
      events: createEventRecorder({ client, component: schedulerName, log }),
      log,
      signal: term,
      schedulerName,
      percentageOfNodesToScore,
    });
  try {
    if (leaderElect) {
      const name = schedulerName === 'default-scheduler' ? 'kube-scheduler' : schedulerName;
      const identity = `${hostname()}_${randomUUID()}`;
      const onLeader = (leader: string) => log.info({ lease: name, leader }, 'leader');
      await runWithLeaderElection(
        { client, namespace: 'kube-system', name, identity, onLeader },
        signal,
        run,
      );
    } else await run(signal);
  } finally {
    client.close();
  }
});
