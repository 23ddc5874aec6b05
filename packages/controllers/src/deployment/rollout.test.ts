import type { Deployment } from '@gantry/api/generated/types';
import { deployments, pods, replicaSets } from '@gantry/client/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { replicaSetController } from '../replicaset/controller.ts';
import { type Harness, harness, playKubelet } from '../testing/harness.ts';
import { deploymentController } from './controller.ts';

const stop = new AbortController();
let scene: Harness | undefined;
afterEach(async () => {
  stop.abort();
  await scene?.stop();
});

const web = (image: string, replicas: number): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'a' },
  spec: {
    replicas,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: 'web' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image }] },
    },
  },
});

test('a Deployment rolls out, rolls on and back, and its ReplicaSets keep the history', async () => {
  const here = harness([deploymentController(), replicaSetController()]);
  scene = here;
  const { client } = here;
  playKubelet(client, stop.signal);
  await client.create(deployments, web('web:1', 3));
  here.start();
  const settled = (revision: string) =>
    vi.waitFor(
      async () => {
        const { metadata, status } = await client.get(deployments, 'a', 'web');
        expect(metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': revision });
        expect(status).toMatchObject({
          observedGeneration: metadata.generation,
          replicas: 3,
          updatedReplicas: 3,
          availableReplicas: 3,
        });
        expect(status?.conditions?.map(({ type, status: is, reason }) => [type, is, reason])).toEqual(
          expect.arrayContaining([
            ['Available', 'True', 'MinimumReplicasAvailable'],
            ['Progressing', 'True', 'NewReplicaSetAvailable'],
          ]),
        );
        expect(client.all(pods)).toHaveLength(3);
      },
      { timeout: 10_000, interval: 20 },
    );
  await settled('1');
  const edit = async (image: string) => {
    const current = await client.get(deployments, 'a', 'web');
    await client.update(deployments, { ...current, spec: web(image, 3).spec });
  };
  let most = 0;
  client.onWrite = () => {
    most = Math.max(
      most,
      client.all(pods).filter((pod) => pod.metadata.deletionTimestamp === undefined).length,
    );
  };
  await edit('web:2');
  await settled('2');
  await edit('web:1');
  await settled('3');
  expect(most).toBeLessThanOrEqual(4);
  const sets = client.all(replicaSets);
  expect(sets.map((set) => set.metadata.annotations?.['deployment.kubernetes.io/revision']).sort()).toEqual([
    '2',
    '3',
  ]);
  expect(here.events[0]).toMatch(
    /^Normal ScalingReplicaSet Scaled up replica set web-[a-z0-9]+ from 0 to 3$/,
  );
  expect(here.events.filter((event) => event.includes('SuccessfulCreate'))).toHaveLength(9);
});
