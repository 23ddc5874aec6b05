import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { load } from './load.ts';
import { printReport } from './report.ts';
import { startGantry } from './server.ts';
import { usageOf } from './usage.ts';

const NODES = 1_000;
const PODS = 2_000;
const LANES = 32;

const pod = (index: number): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}` },
    spec: {
      containers: [
        {
          name: 'main',
          image: 'example.com/app:1.0',
          resources: { requests: { cpu: '100m', memory: '64Mi' } },
        },
      ],
    },
  });

/** Pods bound a second on 1,000 simulated nodes, from the first create to the last binding. */
export async function benchScheduler(): Promise<void> {
  const gantry = await startGantry('--nodes', `simulated:${NODES}`);
  const lanes = Array.from({ length: LANES }, () => new Connection(gantry.target));
  const [first] = lanes as [Connection];
  try {
    const count = async (path: string): Promise<number> => {
      const reply = await first.request('GET', path, undefined, undefined, true);
      const list = JSON.parse(reply.body.toString()) as {
        items?: unknown[];
        metadata: { remainingItemCount?: number };
      };
      return (list.items?.length ?? 0) + (list.metadata.remainingItemCount ?? 0);
    };
    while ((await count('/api/v1/nodes?limit=1')) < NODES) await sleep(200);
    const servers = gantry.pids('controller-manager');
    const before = usageOf(servers).cpuSeconds;
    const begin = performance.now();
    await load(PODS, LANES, async (index, lane) => {
      const reply = await (lanes[lane] as Connection).request(
        'POST',
        '/api/v1/namespaces/default/pods',
        pod(index),
      );
      if (reply.status !== 201) throw new Error(`create: HTTP ${reply.status}`);
    });
    while ((await count('/api/v1/namespaces/default/pods?fieldSelector=spec.nodeName%3D&limit=5')) > 0)
      await sleep(20);
    const seconds = (performance.now() - begin) / 1000;
    const cpuMs = ((usageOf(servers).cpuSeconds - before) * 1000) / PODS;
    printReport(`Scheduler: ${PODS} pods on ${NODES} simulated nodes`, [
      { what: 'created and bound', figure: PODS / seconds, unit: '/s', cpuMs, original: 152 },
    ]);
  } finally {
    for (const lane of lanes) lane.close();
    await gantry.stop();
  }
}
