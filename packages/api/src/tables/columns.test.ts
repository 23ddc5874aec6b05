import { describe, expect, test } from 'vitest';
import { pod } from '../core/v1/pod.ts';
import type { Column, KindDefinition } from '../kind.ts';
import { builtinKinds } from '../kinds.ts';
import { ingressClass } from '../networking/v1/ingress-class.ts';
import { admitted, NOW } from '../testing/objects.ts';

function row(kind: KindDefinition, value: object): Record<string, unknown> {
  const object = admitted(kind, value);
  const columns = (kind.columns ?? []) as readonly Column<unknown>[];
  return Object.fromEntries(columns.map(({ name, cell }) => [name, cell(object as never, NOW)]));
}

const metadata = { name: 'a', namespace: 'default', creationTimestamp: '2025-06-01T11:54:30Z' };
const podOf = (status: object, spec: object = {}, more: object = {}) => ({
  metadata: { ...metadata, ...more },
  spec: {
    containers: [
      { name: 'c', image: 'i' },
      { name: 'd', image: 'i' },
    ],
    ...spec,
  },
  status,
});
const running = { ready: true, restartCount: 0, name: 'c', image: '', imageID: '', state: { running: {} } };
const waiting = (reason: string, restartCount = 0) => ({
  ...running,
  ready: false,
  restartCount,
  state: { waiting: { reason } },
  lastState: { terminated: { exitCode: 1, finishedAt: '2025-06-01T11:59:00Z' } },
});
const ended = (exitCode: number, reason?: string) => ({
  ...running,
  ready: false,
  state: { terminated: { exitCode, ...(reason === undefined ? {} : { reason }) } },
});
const init = [{ name: 'i', image: 'i' }];

describe('pods', () => {
  test.each([
    ['new', podOf({ phase: 'Pending' }), '0/2', 'Pending', '0'],
    ['running', podOf({ phase: 'Running', containerStatuses: [running, running] }), '2/2', 'Running', '0'],
    [
      'crashing',
      podOf({ phase: 'Running', containerStatuses: [running, waiting('CrashLoopBackOff', 3)] }),
      '1/2',
      'CrashLoopBackOff',
      '3 (60s ago)',
    ],
    [
      'completed',
      podOf({ phase: 'Succeeded', containerStatuses: [ended(0, 'Completed'), ended(0, 'Completed')] }),
      '0/2',
      'Completed',
      '0',
    ],
    [
      'failed',
      podOf({ phase: 'Failed', containerStatuses: [ended(2, 'Error'), ended(0, 'Completed')] }),
      '0/2',
      'Error',
      '0',
    ],
    ['exit code', podOf({ phase: 'Failed', containerStatuses: [ended(137)] }), '0/2', 'ExitCode:137', '0'],
    ['evicted', podOf({ phase: 'Failed', reason: 'Evicted' }), '0/2', 'Evicted', '0'],
    [
      'initialising',
      podOf(
        { phase: 'Pending', initContainerStatuses: [{ ...running, ready: false }] },
        { initContainers: init },
      ),
      '0/2',
      'Init:0/1',
      '0',
    ],
    [
      'init failed',
      podOf({ phase: 'Pending', initContainerStatuses: [ended(1, 'Error')] }, { initContainers: init }),
      '0/2',
      'Init:Error',
      '0',
    ],
    [
      'going',
      podOf(
        { phase: 'Running', containerStatuses: [running, running] },
        {},
        { deletionTimestamp: '2025-06-01T12:00:00Z' },
      ),
      '2/2',
      'Terminating',
      '0',
    ],
    [
      'gated',
      podOf({
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      }),
      '0/2',
      'SchedulingGated',
      '0',
    ],
  ])('%s', (_name, value, ready, status, restarts) => {
    expect(row(pod, value)).toMatchObject({
      Name: 'a',
      Ready: ready,
      Status: status,
      Restarts: restarts,
      Age: '5m30s',
    });
  });

  test('wide', () => {
    expect(row(pod, podOf({ podIPs: [{ ip: '10.1.0.4' }] }, { nodeName: 'n1' }))).toMatchObject({
      IP: '10.1.0.4',
      Node: 'n1',
      'Nominated Node': '<none>',
      'Readiness Gates': '<none>',
    });
  });
});

const find = (group: string, name: string): KindDefinition => {
  const found = builtinKinds.find((kind) => kind.group === group && kind.kind === name);
  if (found === undefined) throw new Error(name);
  return found;
};

test.each([
  [
    'apps',
    'Deployment',
    {
      spec: { replicas: 3, selector: { matchLabels: { a: 'b' } } },
      status: { readyReplicas: 2, updatedReplicas: 3, availableReplicas: 2 },
    },
    { Ready: '2/3', 'Up-to-date': 3, Available: 2, Selector: 'a=b' },
  ],
  [
    'batch',
    'Job',
    { spec: { completions: 2 }, status: { succeeded: 1, startTime: '2025-06-01T11:59:00Z' } },
    { Status: 'Running', Completions: '1/2', Duration: '60s' },
  ],
  [
    'batch',
    'CronJob',
    { spec: { schedule: '@daily' } },
    { Schedule: '@daily', Timezone: '<none>', Suspend: 'False', Active: 0, 'Last Schedule': '<none>' },
  ],
  [
    '',
    'Service',
    { spec: { clusterIPs: ['10.0.0.1'], type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] } },
    { Type: 'NodePort', 'Cluster-IP': '10.0.0.1', 'External-IP': '<none>', 'Port(s)': '80:30080/TCP' },
  ],
  [
    '',
    'Node',
    {
      spec: { unschedulable: true },
      status: { conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { kubeletVersion: 'v1' } },
    },
    { Status: 'Ready,SchedulingDisabled', Roles: '<none>', Version: 'v1', 'Internal-IP': '<none>' },
  ],
  ['', 'Secret', { data: { a: '' } }, { Type: 'Opaque', Data: 1 }],
  [
    '',
    'Event',
    { involvedObject: { kind: 'Pod', name: 'p' }, message: ' m ', lastTimestamp: '2025-06-01T11:59:50Z' },
    { 'Last Seen': '10s', Object: 'pod/p', Message: 'm', Count: 1 },
  ],
  [
    'events.k8s.io',
    'Event',
    { regarding: { kind: 'Pod', name: 'p' }, note: 'm' },
    { Object: 'pod/p', Message: 'm' },
  ],
  [
    'networking.k8s.io',
    'Ingress',
    { spec: { rules: [{ host: 'a' }, { host: 'b' }, { host: 'c' }, { host: 'd' }] } },
    { Class: '<none>', Hosts: 'a,b,c + 1 more...', Ports: '80' },
  ],
  [
    'policy',
    'PodDisruptionBudget',
    { spec: { minAvailable: 1 } },
    { 'Min Available': '1', 'Max Unavailable': 'N/A', 'Allowed Disruptions': 0 },
  ],
  [
    'autoscaling',
    'HorizontalPodAutoscaler',
    { spec: { maxReplicas: 4, scaleTargetRef: { kind: 'Deployment', name: 'w' } } },
    { Reference: 'Deployment/w', MinPods: '1', MaxPods: 4 },
  ],
  [
    '',
    'PersistentVolumeClaim',
    {
      spec: { accessModes: ['ReadWriteOnce'], volumeName: 'v', storageClassName: 's' },
      status: { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] },
    },
    { Status: 'Bound', Volume: 'v', Capacity: '1Gi', 'Access Modes': 'RWO', StorageClass: 's' },
  ],
])('%s %s', (group, name, value, expected) => {
  expect(row(find(group, name), { metadata, ...value })).toMatchObject(expected);
});

test('the default class says so', () => {
  const spec = { controller: 'example.com/c' };
  const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
  expect(row(ingressClass, { metadata: { name: 'a' }, spec }).Name).toBe('a');
  expect(row(ingressClass, { metadata: { name: 'a', annotations }, spec }).Name).toBe('a (default)');
});
