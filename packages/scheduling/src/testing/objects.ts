import type { Node, Pod } from '@gantry/api/generated/types';
import { SchedulerCache } from '../cache/cache.ts';
import { Algorithm, type Placement } from '../framework/algorithm.ts';
import { diagnosisMessage } from '../framework/diagnosis.ts';
import type { Cycle, Listers } from '../framework/plugin.ts';
import { podInfo } from '../framework/pod-info.ts';
import { FILTERS, SCORES } from '../plugins/registry.ts';

type Spec = Partial<Pod['spec']>;

export interface PodShape {
  readonly cpu?: string;
  readonly memory?: string;
  readonly labels?: Record<string, string>;
  readonly node?: string;
  readonly priority?: number;
  readonly namespace?: string;
}

/** A pod of one container. */
export function makePod(name: string, shape: PodShape = {}, spec: Spec = {}): Pod {
  const { cpu, memory, labels = {}, node, priority, namespace = 'default' } = shape;
  const requests = { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: `uid-${name}`, labels },
    spec: {
      schedulerName: 'default-scheduler',
      containers: [{ name: 'c', image: 'nginx:1', resources: { requests } }],
      ...(node === undefined ? {} : { nodeName: node }),
      ...(priority === undefined ? {} : { priority }),
      ...spec,
    },
    status: { phase: 'Pending' },
  };
}

/** A node with 4 cpu, 8Gi and 110 pods. */
export function makeNode(
  name: string,
  more: {
    labels?: Record<string, string>;
    spec?: Partial<Node['spec']>;
    allocatable?: Record<string, string>;
  } = {},
): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...more.labels } },
    spec: { ...more.spec },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...more.allocatable } },
  };
}

const noListers: Listers = {
  claims: { get: () => undefined },
  volumes: { get: () => undefined, list: () => [] },
  storageClasses: { get: () => undefined },
  services: { list: () => [] },
  namespaceLabels: () => ({}),
  ownerSelector: () => undefined,
  promisedVolumes: new Map(),
};

export function makeCache(nodes: readonly Node[], pods: readonly Pod[] = []): SchedulerCache {
  const cache = new SchedulerCache();
  for (const node of nodes) cache.setNode(node);
  for (const pod of pods) cache.setPod(pod);
  return cache;
}

export const makeCycle = (cache: SchedulerCache, pod: Pod, listers: Partial<Listers> = {}): Cycle => ({
  cache,
  pod: podInfo(pod),
  listers: { ...noListers, ...listers },
});

export const place = (
  cycle: Cycle,
  algorithm = new Algorithm({ filters: FILTERS, scores: SCORES }),
): Placement => algorithm.place(cycle, () => []);

/** Name of the node chosen, or the message of the failure. */
export function outcome(cache: SchedulerCache, pod: Pod, listers: Partial<Listers> = {}): string {
  const placement = place(makeCycle(cache, pod, listers));
  return 'node' in placement ? placement.node.name : diagnosisMessage(placement.diagnosis);
}
