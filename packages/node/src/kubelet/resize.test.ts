import type { Pod } from '@gantry/api/generated/types';
import { expect, it } from 'vitest';
import { containerResources } from './container-config.ts';
import type { KubeletContext } from './context.ts';
import { RESOURCES } from './labels.ts';
import { resizeContainers } from './resize.ts';
import { testContainer, testPod, testRuntime } from './testing.ts';

const podWith = (cpu: string): Pod =>
  testPod({ containers: [{ name: 'a', resources: { requests: { cpu } } }] });

it('sets the resources of a running container when the spec changes, once', async () => {
  const calls: string[] = [];
  const config = { memoryCapacityBytes: 2 ** 30, restrictOomScoreAdj: true };
  const context = {
    config,
    cri: {
      updateContainerResources: (id: string, { cpuShares }: { cpuShares: string }) => {
        calls.push(`${id} ${cpuShares}`);
        return Promise.resolve();
      },
    },
    cgroups: { create: () => Promise.resolve(calls.push('pod')) },
  } as unknown as KubeletContext;
  const [before, after] = [podWith('20m'), podWith('100m')];
  const [container] = before.spec.containers;
  if (container === undefined) throw new Error('no container');
  const made = testContainer('a', 'CONTAINER_RUNNING');
  const written = { [RESOURCES]: JSON.stringify(containerResources(before, container, context.config)) };
  const runtime = testRuntime([{ ...made, annotations: { ...made.annotations, ...written } }]);
  const applied = new Map<string, string>();
  await resizeContainers(context, before, runtime, applied);
  expect(calls).toEqual([]);
  await resizeContainers(context, after, runtime, applied);
  await resizeContainers(context, after, runtime, applied);
  expect(calls).toEqual(['pod', `${made.id} 102`, 'pod']);
});
