import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Text } from '../../i18n/text.ts';
import { at, type Fields, list, text, texts } from '../../lib/fields.ts';
import { memory } from '../../lib/format.ts';
import { objectHref } from '../../lib/paths.ts';

type Words = Text<'objects.facts'>;
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

function podFacts(pod: unknown, t: Words): Fact[] {
  const node = text(pod, 'spec.nodeName');
  return [
    [
      t('node'),
      node === '' ? (
        t('notScheduled')
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
    [t('podIp'), text(pod, 'status.podIP')],
    [t('qos'), text(pod, 'status.qosClass')],
    [t('serviceAccount'), text(pod, 'spec.serviceAccountName')],
    [t('restartPolicy'), text(pod, 'spec.restartPolicy')],
    [t('message'), text(pod, 'status.message')],
  ];
}

function workloadFacts(workload: unknown, t: Words): Fact[] {
  const wanted = text(workload, 'spec.replicas');
  const ready = text(workload, 'status.readyReplicas') || '0';
  const updated = text(workload, 'status.updatedReplicas');
  return [
    [
      t('replicas'),
      wanted === ''
        ? ''
        : updated === ''
          ? t('replicasReady', { ready: Number(ready), wanted: Number(wanted) })
          : t('replicasUpdated', { ready: Number(ready), wanted: Number(wanted), updated: Number(updated) }),
    ],
    [t('strategy'), text(workload, 'spec.strategy.type') || text(workload, 'spec.updateStrategy.type')],
    [t('selector'), pairs(workload, 'spec.selector.matchLabels')],
  ];
}

function quantityRow(node: unknown, name: string, t: Words): string {
  const show = (value: unknown): string =>
    name === 'memory' || name === 'ephemeral-storage' ? memory(String(value)) : String(value);
  const capacity = at(node, `status.capacity`) as Fields | undefined;
  const allocatable = at(node, `status.allocatable`) as Fields | undefined;
  const total = capacity?.[name];
  if (total === undefined) return '';
  return allocatable?.[name] === undefined
    ? show(total)
    : t('forPods', { total: show(total), allocatable: show(allocatable[name]) });
}

function nodeFacts(node: unknown, t: Words): Fact[] {
  return [
    [t('cpu'), quantityRow(node, 'cpu', t)],
    [t('memory'), quantityRow(node, 'memory', t)],
    [t('disk'), quantityRow(node, 'ephemeral-storage', t)],
    [t('pods'), quantityRow(node, 'pods', t)],
    [
      t('addresses'),
      list(node, 'status.addresses')
        .map((address) => `${text(address, 'address')} (${text(address, 'type')})`)
        .join(', '),
    ],
    [t('podNetwork'), text(node, 'spec.podCIDR')],
    [
      t('taints'),
      list(node, 'spec.taints')
        .map((taint) => `${text(taint, 'key')}:${text(taint, 'effect')}`)
        .join(', '),
    ],
    [
      t('system'),
      t('kernel', {
        image: text(node, 'status.nodeInfo.osImage'),
        version: text(node, 'status.nodeInfo.kernelVersion'),
      }),
    ],
    [t('runtime'), text(node, 'status.nodeInfo.containerRuntimeVersion')],
    [t('agent'), text(node, 'status.nodeInfo.kubeletVersion')],
  ];
}

const serviceFacts = (service: unknown, t: Words): Fact[] => [
  [t('type'), text(service, 'spec.type')],
  [t('clusterIp'), text(service, 'spec.clusterIP')],
  [t('ports'), ports(service)],
  [t('selector'), pairs(service, 'spec.selector')],
];

const claimFacts = (claim: unknown, t: Words): Fact[] => [
  [t('volume'), text(claim, 'spec.volumeName')],
  [t('size'), text(claim, 'status.capacity.storage') || text(claim, 'spec.resources.requests.storage')],
  [t('storageClass'), text(claim, 'spec.storageClassName')],
];

const jobFacts = (job: unknown, t: Words): Fact[] => [
  [
    t('completions'),
    t('completed', {
      done: Number(text(job, 'status.succeeded') || 0),
      wanted: Number(text(job, 'spec.completions') || 1),
    }),
  ],
  [t('failed'), text(job, 'status.failed')],
  [t('schedule'), text(job, 'spec.schedule')],
];

const BY_KIND: Readonly<Record<string, (object: unknown, t: Words) => Fact[]>> = {
  Pod: podFacts,
  Deployment: workloadFacts,
  StatefulSet: workloadFacts,
  DaemonSet: workloadFacts,
  ReplicaSet: workloadFacts,
  Node: nodeFacts,
  Service: serviceFacts,
  PersistentVolumeClaim: claimFacts,
  Job: jobFacts,
  CronJob: (job, t) => [
    [t('schedule'), text(job, 'spec.schedule')],
    [t('suspended'), text(job, 'spec.suspend') === 'true' ? t('yes') : t('no')],
  ],
};

/** Plain values of the spec, for kinds that have no view of their own. */
const plainFacts = (object: unknown): Fact[] => {
  const spec = at(object, 'spec');
  if (typeof spec !== 'object' || spec === null) return [];
  return Object.keys(spec).map((key) => [key, text(spec, key)]);
};

/** Facts of an object by its kind, in words of `t`. */
export function kindFacts(object: unknown, t: Words): Fact[] {
  const facts = BY_KIND[text(object, 'kind')] ?? plainFacts;
  return facts(object, t);
}
