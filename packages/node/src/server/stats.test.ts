import { expect, it } from 'vitest';
import type { Cri } from '../cri/port.ts';
import { CONTAINER_NAME, POD_NAME, POD_NAMESPACE, POD_UID } from '../kubelet/labels.ts';
import { resourceMetrics, StatsProvider, type Summary } from './stats.ts';

const time = '2026-01-02T03:04:05Z';
const cpu = (seconds: number) => ({ time, usageNanoCores: 0, usageCoreNanoSeconds: seconds * 1e9 });
const memory = (bytes: number) => ({ time, workingSetBytes: bytes, usageBytes: bytes, rssBytes: 0 });

const summary: Summary = {
  node: {
    ...{ nodeName: 'n', startTime: time, cpu: cpu(9), memory: { ...memory(900), availableBytes: 1 } },
    fs: { time, availableBytes: 0, capacityBytes: 0, usedBytes: 0 },
  },
  pods: [
    {
      podRef: { name: 'p', namespace: 'ns', uid: 'u' },
      ...{ startTime: time, cpu: cpu(3), memory: memory(300) },
      containers: [{ name: 'c', startTime: time, cpu: cpu(2), memory: memory(200) }],
    },
  ],
};

it('shows the use of node, pods and containers under the original names', () => {
  const lines = resourceMetrics(summary).split('\n');
  for (const line of [
    'container_cpu_usage_seconds_total{container="c",namespace="ns",pod="p"} 2',
    'container_memory_working_set_bytes{container="c",namespace="ns",pod="p"} 200',
    'container_start_time_seconds{container="c",namespace="ns",pod="p"} 1767323045',
    'pod_cpu_usage_seconds_total{namespace="ns",pod="p"} 3',
    'pod_memory_working_set_bytes{namespace="ns",pod="p"} 300',
    'node_cpu_usage_seconds_total 9',
    'node_memory_working_set_bytes 900',
    '# TYPE pod_cpu_usage_seconds_total counter',
    'resource_scrape_error 0',
  ])
    expect(lines).toContain(line);
});

it('tells that nothing could be read', () => {
  expect(resourceMetrics(undefined).split('\n').at(-2)).toBe('resource_scrape_error 1');
});

it('leaves out dead containers, whose series the living one of the name has', async () => {
  const labels = { [POD_UID]: 'u', [POD_NAME]: 'p', [POD_NAMESPACE]: 'ns', [CONTAINER_NAME]: 'c' };
  const ids = { dead: 'CONTAINER_EXITED', living: 'CONTAINER_RUNNING' };
  const cri = {
    listContainers: async () =>
      Object.entries(ids).map(([id, state]) => ({ id, state, labels, createdAt: '1000000000' })),
    listContainerStats: async () =>
      Object.keys(ids).map((id) => ({ attributes: { id, metadata: null, labels }, cpu: null, memory: null })),
  } as unknown as Cri;
  const { pods } = await new StatsProvider(cri, 'n', '/').summary();
  expect(pods).toMatchObject([{ containers: [{ name: 'c' }] }]);
});
