import { ObjectMeta } from '../../../meta/v1/meta.ts';
import { array, boolean, int32, int64, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { Affinity, Toleration, TopologySpreadConstraint } from './affinity.ts';
import { LocalObjectReference } from './common.ts';
import { Container, EphemeralContainer, PodResourceClaim, ResourceRequirements } from './container.ts';
import { PodSecurityContext } from './security-context.ts';
import { Volume } from './volume.ts';

export const PodDNSConfigOption = struct('io.k8s.api.core.v1.PodDNSConfigOption', {
  name: string(),
  value: string(),
});

export const PodDNSConfig = struct('io.k8s.api.core.v1.PodDNSConfig', {
  nameservers: array(string(), { listType: 'atomic' }),
  options: array(
    ref(() => PodDNSConfigOption),
    { listType: 'atomic' },
  ),
  searches: array(string(), { listType: 'atomic' }),
});

export const PodOS = struct('io.k8s.api.core.v1.PodOS', {
  name: string({ required: true }),
});

export const PodReadinessGate = struct('io.k8s.api.core.v1.PodReadinessGate', {
  conditionType: string({ required: true }),
});

export const HostAlias = struct('io.k8s.api.core.v1.HostAlias', {
  hostnames: array(string(), { listType: 'atomic' }),
  ip: string({ required: true }),
});

export const PodSchedulingGroup = struct(
  'io.k8s.api.core.v1.PodSchedulingGroup',
  {
    podGroupName: string(),
  },
  { unions: [{ 'fields-to-discriminateBy': { podGroupName: 'PodGroupName' } }] },
);

export const PodSchedulingGate = struct('io.k8s.api.core.v1.PodSchedulingGate', {
  name: string({ required: true }),
});

export const PodSpec = struct(
  'io.k8s.api.core.v1.PodSpec',
  {
    activeDeadlineSeconds: int64({ description: 'Longest run in seconds; then the pod is failed.' }),
    affinity: ref(() => Affinity, { description: 'Where the pod should and must not run.' }),
    automountServiceAccountToken: boolean({
      description: 'Whether a token of the service account is mounted.',
    }),
    containers: array(
      ref(() => Container),
      {
        required: true,
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'The programs of the pod; at least one.',
      },
    ),
    dnsConfig: ref(() => PodDNSConfig, { description: 'DNS settings on top of dnsPolicy.' }),
    dnsPolicy: string({
      default: 'ClusterFirst',
      description: 'ClusterFirst, ClusterFirstWithHostNet, Default or None.',
    }),
    enableServiceLinks: boolean({
      description: 'Whether environment variables describe the Services of the namespace.',
    }),
    ephemeralContainers: array(
      ref(() => EphemeralContainer),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Containers added to a running pod, for debugging.',
      },
    ),
    hostAliases: array(
      ref(() => HostAlias),
      {
        listType: 'map',
        listMapKeys: ['ip'],
        patchStrategy: 'merge',
        patchMergeKey: 'ip',
        description: 'Lines added to /etc/hosts.',
      },
    ),
    hostIPC: boolean({ description: "Use the node's IPC namespace." }),
    hostNetwork: boolean({ description: "Use the node's network." }),
    hostPID: boolean({ description: "Use the node's process namespace." }),
    hostUsers: boolean(),
    hostname: string({ description: 'Host name in the pod; default is the name of the pod.' }),
    hostnameOverride: string(),
    imagePullSecrets: array(
      ref(() => LocalObjectReference),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Secrets with credentials for pulling images.',
      },
    ),
    initContainers: array(
      ref(() => Container),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Containers that run, one after the other, before the others start.',
      },
    ),
    nodeName: string({ description: 'Node that the pod was given to.' }),
    nodeSelector: map(string(), { mapType: 'atomic', description: 'Labels that the node must have.' }),
    os: ref(() => PodOS, { description: 'Operating system of the containers.' }),
    overhead: map(quantity(), { description: 'Resources that running the pod costs by itself.' }),
    preemptionPolicy: string({
      description: 'Whether the pod may displace others: Never or PreemptLowerPriority.',
    }),
    priority: int32({ description: 'Higher is scheduled first.' }),
    priorityClassName: string({ description: 'Name of a PriorityClass.' }),
    readinessGates: array(
      ref(() => PodReadinessGate),
      { listType: 'atomic', description: 'Conditions that must be true too before the pod is ready.' },
    ),
    resourceClaims: array(
      ref(() => PodResourceClaim),
      { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge,retainKeys', patchMergeKey: 'name' },
    ),
    resources: ref(() => ResourceRequirements, { description: 'Resources of the pod as a whole.' }),
    restartPolicy: string({ default: 'Always', description: 'Always, OnFailure or Never.' }),
    runtimeClassName: string({ description: 'Name of a RuntimeClass.' }),
    schedulerName: string({ default: 'default-scheduler', description: 'Scheduler that places the pod.' }),
    schedulingGates: array(
      ref(() => PodSchedulingGate),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'The pod is not scheduled before all of these are gone.',
      },
    ),
    schedulingGroup: ref(() => PodSchedulingGroup),
    securityContext: ref(() => PodSecurityContext, {
      default: {},
      description: 'Identity and rights, for all containers.',
    }),
    serviceAccount: string({ description: 'Old name of serviceAccountName.' }),
    serviceAccountName: string({ description: 'Identity of the pod towards the API.' }),
    setHostnameAsFQDN: boolean({ description: 'Use the full name as host name.' }),
    shareProcessNamespace: boolean({ description: "Let the containers see each other's processes." }),
    subdomain: string({ description: 'Puts the pod under hostname.subdomain.namespace.svc.' }),
    terminationGracePeriodSeconds: int64({
      default: 30,
      description: 'Seconds between asking the containers to stop and killing them.',
    }),
    tolerations: array(
      ref(() => Toleration),
      { listType: 'atomic', description: 'Taints of nodes that the pod accepts.' },
    ),
    topologySpreadConstraints: array(
      ref(() => TopologySpreadConstraint),
      {
        listType: 'map',
        listMapKeys: ['topologyKey', 'whenUnsatisfiable'],
        patchStrategy: 'merge',
        patchMergeKey: 'topologyKey',
        description: 'How evenly pods are spread over zones or nodes.',
      },
    ),
    volumes: array(
      ref(() => Volume),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge,retainKeys',
        patchMergeKey: 'name',
        description: 'Storage that containers can mount.',
      },
    ),
  },
  { description: 'What runs in a pod, and how.' },
);

export const PodTemplateSpec = struct(
  'io.k8s.api.core.v1.PodTemplateSpec',
  {
    metadata: ref(() => ObjectMeta, { default: {} }),
    spec: ref(() => PodSpec, { default: {} }),
  },
  { description: 'What the pods that a workload makes look like.' },
);
