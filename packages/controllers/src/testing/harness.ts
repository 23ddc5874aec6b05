import type { Pod } from '@gantry/api/generated/types';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { pods } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { timestamp } from '@gantry/runtime/clock';
import { createLogger } from '@gantry/runtime/logger';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { runControllers } from '@gantry/runtime/run-controllers';

export interface Harness {
  readonly client: FakeClient;
  readonly context: ControllerContext;
  /** `Type Reason Message` of each event, in order. */
  readonly events: string[];
  readonly log: string[];
  start(): void;
  stop(): Promise<void>;
}

/** Controllers against the store in memory. `start` after the objects that should be there from the beginning. */
export function harness(controllers: readonly Controller[], now: () => number = Date.now): Harness {
  const client = new FakeClient({ now });
  const events: string[] = [];
  const log: string[] = [];
  const informers = createInformerFactory(client);
  const context: ControllerContext = {
    client,
    informers,
    clock: { now },
    log: createLogger('test', 'debug', (line) => log.push(line)),
    events: {
      event: (_object, type, reason, message) => {
        events.push(`${type} ${reason} ${message}`);
      },
    },
  };
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    client,
    context,
    events,
    log,
    start() {
      running = runControllers(controllers, () => context, stop.signal);
    },
    async stop() {
      stop.abort();
      await running;
    },
  };
}

/** What a kubelet reports of a pod that runs and is ready. */
const runningStatus = (now: number): NonNullable<Pod['status']> => ({
  phase: 'Running',
  podIP: '10.0.0.1',
  podIPs: [{ ip: '10.0.0.1' }],
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: timestamp(now) }],
});

/** Plays scheduler and kubelet: places pods on `node`, has them ready at once, lets deleted ones go. */
export function playKubelet(
  client: FakeClient,
  signal: AbortSignal,
  statusOf: (pod: Pod) => NonNullable<Pod['status']> | undefined = () => runningStatus(Date.now()),
  node = 'node-1',
): void {
  const run = async () => {
    for await (const event of client.watch(pods, { resourceVersion: '0' }, signal)) {
      if (event.type !== 'ADDED' && event.type !== 'MODIFIED') continue;
      const pod = client.peek(pods, event.object.metadata.namespace ?? '', event.object.metadata.name);
      if (pod === undefined) continue;
      const { namespace = '', name } = pod.metadata;
      if (pod.metadata.deletionTimestamp !== undefined)
        await client.delete(pods, namespace, name, { gracePeriodSeconds: 0 });
      else if (pod.status?.phase === undefined) {
        const status = statusOf(pod);
        if (status === undefined) continue;
        const placed = await client.update(pods, { ...pod, spec: { ...pod.spec, nodeName: node } });
        await client.update(pods, { ...placed, status }, { subresource: 'status' });
      }
    }
  };
  run().catch(() => undefined);
}
