import type { Deployment, Ingress, Service } from '@gantry/api/generated/types';
import { expect, it } from 'vitest';
import { type TopologyInput, type TopologyPod, topologyOf } from './topology.ts';

const meta = (name: string) => ({ name, namespace: 'web' });
const pod = (name: string, owner: TopologyPod['owner'], status = 'Running'): TopologyPod => ({
  ...{ name, labels: { app: 'shop' }, status, ready: '1/1', owner },
});
const deployment = {
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('shop') },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'shop' } },
    template: { metadata: { labels: { app: 'shop' } }, spec: { containers: [] } },
  },
  status: { readyReplicas: 1 },
} as unknown as Deployment;
const service = {
  ...{ apiVersion: 'v1', kind: 'Service', metadata: meta('front'), spec: { selector: { app: 'shop' } } },
} as unknown as Service;
const ingress = {
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: meta('edge') },
  spec: {
    rules: [
      {
        http: {
          paths: [{ backend: { service: { name: 'front' } } }, { backend: { service: { name: 'gone' } } }],
        },
      },
    ],
  },
} as unknown as Ingress;
const owner = { kind: 'Deployment', name: 'shop' };
const input = (pods: readonly TopologyPod[]): TopologyInput => ({
  namespace: 'web',
  ingresses: [ingress],
  services: [service],
  workloads: [{ kind: 'Deployment', object: deployment }],
  pods,
});

it('leads from ingress to service, workload and pods; a bare pod hangs on its service', () => {
  const { nodes, edges, grouped } = topologyOf(input([pod('shop-1', owner), pod('bare', null)]));
  expect(grouped).toBe(false);
  expect(nodes.find(({ id }) => id === 'Deployment/shop')).toMatchObject({
    ready: '1/2',
    status: 'Progressing',
  });
  expect(edges.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
    'Deployment/shop Pod/shop-1',
    'Ingress/edge Service/front',
    'Service/front Deployment/shop',
    'Service/front Pod/bare',
  ]);
});

it('puts the pods of a workload into one box when there are too many, as bad as the worst', () => {
  const pods = Array.from({ length: 30 }, (_, index) =>
    pod(`shop-${index}`, owner, index === 7 ? 'CrashLoopBackOff' : 'Running'),
  );
  const { nodes, edges, grouped, leftOut } = topologyOf(input(pods), 20);
  expect({ grouped, leftOut }).toEqual({ grouped: true, leftOut: 0 });
  expect(nodes.find(({ kind }) => kind === 'Pods')).toMatchObject({
    ...{ name: 'shop', ref: null, ready: '29/30', status: 'CrashLoopBackOff' },
  });
  expect(edges).toContainEqual({ from: 'Deployment/shop', to: 'Pods/Deployment/shop' });
});

it('leaves out what is too much even then, and counts it', () => {
  const pods = Array.from({ length: 100 }, (_, index) => pod(`bare-${index}`, null));
  const { nodes, edges, leftOut } = topologyOf(input(pods), 20);
  expect(nodes.length + leftOut).toBe(103);
  const ids = new Set(nodes.map(({ id }) => id));
  expect(edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
});
