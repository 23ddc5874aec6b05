import { describe, expect, test } from 'vitest';
import { checkHealth, is, noPods, objectOf } from '../testing/health-table.ts';
import { healthOf, worstHealth } from './health.ts';

const full = {
  observedGeneration: 2,
  replicas: 3,
  updatedReplicas: 3,
  readyReplicas: 3,
  availableReplicas: 3,
};
const three = { replicas: 3 };
const pull = 'web-x: image pull back-off: not found (shop:nope)';
const cond = (type: string, status: string, reason: string, message = '') => ({
  conditions: [{ type, status, reason, message }],
});

describe('workloads', () => {
  checkHealth({
    'apps/v1/Deployment': [
      [{ spec: three, status: { observedGeneration: 1 } }, 'Progressing: waiting for its controller'],
      [{ spec: three, status: full }, 'Healthy: 3 of 3 pods ready'],
      [
        { spec: three, status: { ...full, updatedReplicas: 1 } },
        'Progressing: 3 of 3 pods ready; 1 of 3 updated',
      ],
      // The old pods serve on while a new one can't start.
      [
        { spec: three, status: { ...full, replicas: 4, updatedReplicas: 1 } },
        `Progressing: 3 of 3 pods ready; 1 of 3 updated; ${pull}`,
        true,
      ],
      [{ spec: three, status: { ...full, replicas: 4 } }, 'Progressing: 3 of 3 pods ready; 1 old pod to end'],
      [
        { spec: three, status: { ...full, replicas: 4 } },
        `Progressing: 3 of 3 pods ready; 1 old pod to end; ${pull}`,
        true,
      ],
      [
        { spec: three, status: { ...full, readyReplicas: 2, availableReplicas: 2 } },
        `Progressing: 2 of 3 pods ready; ${pull}`,
        true,
      ],
      [
        {
          spec: three,
          status: {
            ...full,
            readyReplicas: 2,
            availableReplicas: 2,
            ...cond('Progressing', 'True', 'NewReplicaSetAvailable'),
          },
        },
        `Degraded: 2 of 3 pods ready; ${pull}`,
        true,
      ],
      [
        {
          spec: three,
          status: {
            ...full,
            readyReplicas: 0,
            ...cond('Progressing', 'False', 'ProgressDeadlineExceeded', 'too late'),
          },
        },
        'Degraded: 0 of 3 pods ready; too late',
      ],
      [
        {
          spec: three,
          status: {
            ...full,
            readyReplicas: 0,
            ...cond('ReplicaFailure', 'True', 'FailedCreate', 'over quota'),
          },
        },
        'Degraded: 0 of 3 pods ready; over quota',
      ],
      [{ spec: { ...three, paused: true }, status: full }, 'Suspended: paused; 3 of 3 pods ready'],
      [{ spec: { replicas: 0 }, status: { observedGeneration: 2 } }, 'Healthy: scaled to no pods'],
    ],
    'apps/v1/StatefulSet': [
      [{ spec: three, status: full }, 'Healthy: 3 of 3 pods ready'],
      [
        { spec: three, status: { ...full, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1 } },
        'Progressing: 3 of 3 pods ready; 1 of 3 updated',
      ],
      [
        { spec: three, status: { ...full, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1 } },
        `Progressing: 3 of 3 pods ready; 1 of 3 updated; ${pull}`,
        true,
      ],
      [
        {
          spec: { ...three, updateStrategy: { rollingUpdate: { partition: 2 } } },
          status: { ...full, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1 },
        },
        'Healthy: 3 of 3 pods ready',
      ],
      [
        { spec: three, status: { ...full, readyReplicas: 1 } },
        `Progressing: 1 of 3 pods ready; ${pull}`,
        true,
      ],
    ],
    'apps/v1/DaemonSet': [
      [
        {
          status: {
            observedGeneration: 2,
            desiredNumberScheduled: 2,
            numberReady: 2,
            updatedNumberScheduled: 1,
          },
        },
        'Progressing: 2 of 2 pods ready; 1 of 2 updated',
      ],
      [
        {
          status: {
            observedGeneration: 2,
            desiredNumberScheduled: 2,
            numberReady: 2,
            updatedNumberScheduled: 2,
          },
        },
        'Healthy: 2 of 2 pods ready',
      ],
      [{ status: { observedGeneration: 2 } }, 'Healthy: no node wants a pod of it'],
    ],
    'apps/v1/ReplicaSet': [
      [{ spec: three, status: { observedGeneration: 2, readyReplicas: 3 } }, 'Healthy: 3 of 3 pods ready'],
      [
        {
          spec: three,
          status: { observedGeneration: 2, ...cond('ReplicaFailure', 'True', 'FailedCreate', 'over quota') },
        },
        'Degraded: 0 of 3 pods ready; over quota',
      ],
    ],
    'v1/ReplicationController': [
      [
        { spec: three, status: { observedGeneration: 2, readyReplicas: 1 } },
        'Progressing: 1 of 3 pods ready',
      ],
    ],
    'batch/v1/Job': [
      [{ spec: { completions: 2 }, status: { succeeded: 1 } }, 'Progressing: 1 of 2 completed'],
      [{ spec: {}, status: { failed: 1 } }, `Progressing: 0 of 1 completed; 1 pod failed; ${pull}`, true],
      [is('Complete'), 'Healthy: completed'],
      [is('Failed', 'True', { message: 'backoff limit reached' }), 'Degraded: backoff limit reached'],
      [{ spec: { suspend: true } }, 'Suspended: suspended'],
    ],
    'batch/v1/CronJob': [
      [{}, 'Healthy: has not run yet'],
      [{ spec: { suspend: true } }, 'Suspended: suspended'],
      [{ status: { active: [{}], lastScheduleTime: '2026-01-01T00:00:00Z' } }, 'Healthy: running'],
      [
        { status: { lastScheduleTime: '2026-01-01T00:00:00Z' } },
        'Degraded: its run of 2026-01-01T00:00:00Z did not succeed',
      ],
      [
        { status: { lastScheduleTime: '2026-01-01T00:00:00Z', lastSuccessfulTime: '2026-01-01T00:00:09Z' } },
        'Healthy: last succeeded 2026-01-01T00:00:09Z',
      ],
    ],
  });
});

describe('pods', () => {
  const waiting = (reason: string, message: string, more: object = {}) => ({
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'c', image: 'shop:1', state: { waiting: { reason, message } }, ...more }],
    },
  });
  checkHealth({
    'v1/Pod': [
      [{ status: { phase: 'Succeeded' } }, 'Healthy: completed'],
      [{ status: { phase: 'Running', ...is('Ready').status } }, 'Healthy: ready'],
      [{ status: { phase: 'Running' } }, 'Progressing: running, not ready yet'],
      [{ status: { phase: 'Pending' } }, 'Progressing: starting'],
      [
        { status: { phase: 'Failed', reason: 'Evicted', message: 'low on memory' } },
        'Degraded: Evicted: low on memory',
      ],
      [
        {
          status: {
            phase: 'Failed',
            containerStatuses: [{ name: 'c', state: { terminated: { reason: 'Error', exitCode: 3 } } }],
          },
        },
        'Degraded: c: Error, exit code 3',
      ],
      [
        {
          status: {
            phase: 'Pending',
            ...cond(
              'PodScheduled',
              'False',
              'Unschedulable',
              '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found.',
            ),
          },
        },
        'Degraded: x: no node for it: 0/3 nodes are available: 3 Insufficient cpu',
      ],
      [
        waiting('ErrImagePull', 'pull access denied, repository does not exist'),
        "Degraded: x: the image can't be pulled: access denied (shop:1)",
      ],
      [
        waiting('ImagePullBackOff', 'dial tcp: lookup reg.example: no such host'),
        "Degraded: x: image pull back-off: the registry's name can't be looked up (shop:1)",
      ],
      [
        waiting('ErrImagePull', 'rpc error: code = Unknown desc = unpacking failed'),
        "Degraded: x: the image can't be pulled: unpacking failed (shop:1)",
      ],
      [
        waiting('CrashLoopBackOff', 'back-off 10s', {
          lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
        }),
        'Degraded: x: the container keeps ending: OOMKilled, exit code 137',
      ],
      [
        waiting('CreateContainerConfigError', 'secret "s" not found'),
        'Degraded: x: the container can\'t be configured: secret "s" not found',
      ],
      [waiting('ContainerCreating', ''), 'Progressing: starting'],
    ],
  });
});

describe('network, storage and what belongs to the cluster', () => {
  const ingress = (...list: object[]) => ({ loadBalancer: { ingress: list } });
  checkHealth({
    'v1/Service': [
      [{ spec: { type: 'ClusterIP' } }, 'Healthy'],
      [{ spec: { type: 'LoadBalancer' } }, 'Progressing: waiting for a load balancer'],
      [{ spec: { type: 'LoadBalancer' }, status: ingress({ ip: '10.0.0.9' }) }, 'Healthy: at 10.0.0.9'],
    ],
    'networking.k8s.io/v1/Ingress': [
      [
        { status: { loadBalancer: {} } },
        'Unmanaged: no ingress controller runs here: it is stored, but no traffic follows it',
      ],
      [{ status: ingress({ hostname: 'a.example' }) }, 'Healthy: at a.example'],
    ],
    'networking.k8s.io/v1/NetworkPolicy': [
      [{}, 'Unmanaged: no network policy controller runs here: traffic is not restricted by it'],
    ],
    'v1/PersistentVolumeClaim': [
      [{ status: { phase: 'Bound' } }, 'Healthy: bound'],
      [{ status: { phase: 'Pending' } }, 'Healthy: waiting for a pod that uses it, or for a volume'],
      [{ status: { phase: 'Lost' } }, 'Degraded: its volume is lost'],
      [{ status: { phase: 'Bound', ...is('Resizing').status } }, 'Progressing: growing'],
    ],
    'v1/PersistentVolume': [
      [{ status: { phase: 'Available' } }, 'Healthy: available'],
      [{ status: { phase: 'Failed', message: 'no deleter' } }, "Degraded: it can't be reclaimed: no deleter"],
      [{ status: { phase: 'Released' } }, 'Healthy: released: its claim is gone, its data is kept'],
    ],
    'v1/Namespace': [
      [{ status: { phase: 'Active' } }, 'Healthy'],
      [
        {
          status: {
            phase: 'Terminating',
            ...cond(
              'NamespaceContentRemaining',
              'True',
              'SomeResourcesRemain',
              'pods. has 1 resource instances',
            ),
          },
        },
        'Progressing: terminating; pods. has 1 resource instances',
      ],
    ],
    'v1/Node': [
      [is('Ready'), 'Healthy: ready'],
      [{ ...is('Ready'), spec: { unschedulable: true } }, 'Suspended: cordoned: takes no new pods'],
      [is('Ready', 'False', { message: 'runtime is down' }), 'Degraded: runtime is down'],
      [
        is('Ready', 'Unknown', { message: 'Kubelet stopped posting node status.' }),
        'Degraded: its agent has not reported lately; Kubelet stopped posting node status.',
      ],
    ],
    'certificates.k8s.io/v1/CertificateSigningRequest': [
      [{}, 'Suspended: waits for somebody to approve it'],
      [is('Approved'), 'Progressing: approved; waits for its signer'],
      [is('Denied', 'True', { message: 'not you' }), 'Degraded: denied: not you'],
      [{ status: { certificate: 'LS0t', ...is('Approved').status } }, 'Healthy: signed'],
    ],
    'apiregistration.k8s.io/v1/APIService': [
      [is('Available'), 'Healthy'],
      [is('Available', 'False', { message: 'no endpoints' }), 'Degraded: no endpoints'],
    ],
    'apiextensions.k8s.io/v1/CustomResourceDefinition': [
      [{}, 'Progressing: being established'],
      [is('Established'), 'Healthy'],
      [is('NamesAccepted', 'False', { message: '"w" is taken' }), 'Degraded: "w" is taken'],
    ],
    'autoscaling/v2/HorizontalPodAutoscaler': [
      [
        { status: { currentReplicas: 0, desiredReplicas: 0, currentMetrics: null } },
        'Unmanaged: no metrics are collected here yet: it will not scale anything',
      ],
      [
        is('ScalingActive', 'False', { reason: 'FailedGetResourceMetric', message: 'no metrics' }),
        "Degraded: it doesn't scale: no metrics",
      ],
      [
        { status: { currentReplicas: 2, desiredReplicas: 3, ...is('AbleToScale').status } },
        'Healthy: 2 of 3 replicas',
      ],
    ],
    'policy/v1/PodDisruptionBudget': [
      [{}, 'Progressing: waiting for its controller'],
      [
        { status: { observedGeneration: 2, currentHealthy: 2, desiredHealthy: 2, disruptionsAllowed: 0 } },
        'Healthy: healthy pods: 2, needed: 2, may be disrupted: 0',
      ],
    ],
    'flowcontrol.apiserver.k8s.io/v1/FlowSchema': [
      [is('Dangling', 'True', { message: 'no such level' }), 'Degraded: no such level'],
    ],
    'v1/ConfigMap': [[{}, 'Healthy']],
    'gitops.gantry.dev/v1alpha1/Application': [
      [{ status: { health: 'Degraded', message: 'why' } }, 'Degraded: why'],
    ],
  });
});

test('what is missing or on its way out', () => {
  expect(healthOf(undefined, noPods).status).toBe('Missing');
  const leaving = objectOf('v1', 'ConfigMap', {
    metadata: { name: 'x', deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a/b'] },
  });
  expect(healthOf(leaving, noPods)).toEqual({
    status: 'Progressing',
    message: 'being deleted; waits for a/b',
  });
});

test('a whole is as its worst part, and what nothing manages does not count', () => {
  expect(worstHealth(['Healthy', 'Unmanaged'])).toBe('Healthy');
  expect(worstHealth(['Healthy', 'Progressing', 'Degraded'])).toBe('Degraded');
  expect(worstHealth([])).toBe('Healthy');
});
