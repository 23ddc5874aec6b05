import Link from 'next/link';
import type { ReactNode } from 'react';
import { at, type Fields, list, text, texts } from '../../lib/fields.ts';
import { memory } from '../../lib/format.ts';
import { objectHref } from '../../lib/paths.ts';

type Fact = readonly [string, ReactNode];

const NODES = { group: '', version: 'v1', plural: 'nodes' };

const pairs = (object: unknown, path: string): string =>
  texts(object, path)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');

const ports = (object: unknown): string =>
  list(object, 'spec.ports')
    .map((port) => {
      const node = text(port, 'nodePort');
      return `${text(port, 'port')}${node === '' ? '' : `:${node}`}/${text(port, 'protocol')} → ${text(port, 'targetPort')}`;
    })
    .join(', ');

function podFacts(pod: unknown): Fact[] {
  const node = text(pod, 'spec.nodeName');
  return [
    [
      'Node',
      node === '' ? (
        'not scheduled yet'
      ) : (
        <Link
          key="node"
          className="link"
          prefetch={false}
          href={objectHref({ resource: NODES, namespace: '', name: node })}
        >
          {node}
        </Link>
      ),
    ],
    ['Pod IP', text(pod, 'status.podIP')],
    ['Quality of service', text(pod, 'status.qosClass')],
    ['Service account', text(pod, 'spec.serviceAccountName')],
    ['Restart policy', text(pod, 'spec.restartPolicy')],
    ['Message', text(pod, 'status.message')],
  ];
}

function workloadFacts(workload: unknown): Fact[] {
  const wanted = text(workload, 'spec.replicas');
  const ready = text(workload, 'status.readyReplicas') || '0';
  const updated = text(workload, 'status.updatedReplicas');
  return [
    [
      'Replicas',
      wanted === '' ? '' : `${ready} of ${wanted} ready${updated === '' ? '' : `, ${updated} up to date`}`,
    ],
    ['Strategy', text(workload, 'spec.strategy.type') || text(workload, 'spec.updateStrategy.type')],
    ['Selector', pairs(workload, 'spec.selector.matchLabels')],
  ];
}

function quantityRow(node: unknown, name: string): string {
  const show = (value: unknown): string =>
    name === 'memory' || name === 'ephemeral-storage' ? memory(String(value)) : String(value);
  const capacity = at(node, `status.capacity`) as Fields | undefined;
  const allocatable = at(node, `status.allocatable`) as Fields | undefined;
  const total = capacity?.[name];
  if (total === undefined) return '';
  return `${show(total)}${allocatable?.[name] === undefined ? '' : `, ${show(allocatable[name])} for pods`}`;
}

function nodeFacts(node: unknown): Fact[] {
  return [
    ['CPU', quantityRow(node, 'cpu')],
    ['Memory', quantityRow(node, 'memory')],
    ['Disk', quantityRow(node, 'ephemeral-storage')],
    ['Pods', quantityRow(node, 'pods')],
    [
      'Addresses',
      list(node, 'status.addresses')
        .map((address) => `${text(address, 'address')} (${text(address, 'type')})`)
        .join(', '),
    ],
    ['Pod network', text(node, 'spec.podCIDR')],
    [
      'Taints',
      list(node, 'spec.taints')
        .map((taint) => `${text(taint, 'key')}:${text(taint, 'effect')}`)
        .join(', '),
    ],
    [
      'System',
      `${text(node, 'status.nodeInfo.osImage')}, kernel ${text(node, 'status.nodeInfo.kernelVersion')}`,
    ],
    ['Runtime', text(node, 'status.nodeInfo.containerRuntimeVersion')],
    ['Agent', text(node, 'status.nodeInfo.kubeletVersion')],
    [
      'To drain',
      <code key="drain" className="rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-xs break-all">
        kubectl drain {text(node, 'metadata.name')} --ignore-daemonsets --delete-emptydir-data
      </code>,
    ],
  ];
}

const serviceFacts = (service: unknown): Fact[] => [
  ['Type', text(service, 'spec.type')],
  ['Cluster IP', text(service, 'spec.clusterIP')],
  ['Ports', ports(service)],
  ['Selector', pairs(service, 'spec.selector')],
];

const claimFacts = (claim: unknown): Fact[] => [
  ['Volume', text(claim, 'spec.volumeName')],
  ['Size', text(claim, 'status.capacity.storage') || text(claim, 'spec.resources.requests.storage')],
  ['Storage class', text(claim, 'spec.storageClassName')],
];

const jobFacts = (job: unknown): Fact[] => [
  ['Completions', `${text(job, 'status.succeeded') || '0'} of ${text(job, 'spec.completions') || '1'}`],
  ['Failed', text(job, 'status.failed')],
  ['Schedule', text(job, 'spec.schedule')],
];

const BY_KIND: Readonly<Record<string, (object: unknown) => Fact[]>> = {
  Pod: podFacts,
  Deployment: workloadFacts,
  StatefulSet: workloadFacts,
  DaemonSet: workloadFacts,
  ReplicaSet: workloadFacts,
  Node: nodeFacts,
  Service: serviceFacts,
  PersistentVolumeClaim: claimFacts,
  Job: jobFacts,
  CronJob: (job) => [
    ['Schedule', text(job, 'spec.schedule')],
    ['Suspended', text(job, 'spec.suspend') === 'true' ? 'yes' : 'no'],
  ],
};

/** Plain values of the spec, for kinds that have no view of their own. */
const plainFacts = (object: unknown): Fact[] => {
  const spec = at(object, 'spec');
  if (typeof spec !== 'object' || spec === null) return [];
  return Object.keys(spec).map((key) => [key, text(spec, key)]);
};

export function kindFacts(object: unknown): Fact[] {
  const facts = BY_KIND[text(object, 'kind')] ?? plainFacts;
  return facts(object);
}
