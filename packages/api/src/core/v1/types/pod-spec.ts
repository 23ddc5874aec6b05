import { ObjectMeta } from '../../../meta/v1/meta.ts';
import { array, boolean, int32, int64, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { Affinity, Toleration, TopologySpreadConstraint } from './affinity.ts';
import { LocalObjectReference } from './common.ts';
import { Container, EphemeralContainer, PodResourceClaim, ResourceRequirements } from './container.ts';
import { PodSecurityContext } from './security-context.ts';
import { Volume } from './volume.ts';

export const PodDNSConfigOption = struct(
  'io.k8s.api.core.v1.PodDNSConfigOption',
  {
    name: string({ description: 'Name of the option, such as ndots.' }),
    value: string({ description: 'Value of the option, for those that take one.' }),
  },
  { description: 'One option of the resolver.' },
);

export const PodDNSConfig = struct(
  'io.k8s.api.core.v1.PodDNSConfig',
  {
    nameservers: array(string(), {
      listType: 'atomic',
      description: 'Addresses of DNS servers, added after those of dnsPolicy. Duplicates are dropped.',
    }),
    options: array(
      ref(() => PodDNSConfigOption),
      {
        listType: 'atomic',
        description: 'Resolver options; one of the same name replaces that of dnsPolicy.',
      },
    ),
    searches: array(string(), {
      listType: 'atomic',
      description: 'Search domains, added after those of dnsPolicy. Duplicates are dropped.',
    }),
  },
  { description: 'Resolver settings of a pod, merged into those that dnsPolicy makes.' },
);

export const PodOS = struct(
  'io.k8s.api.core.v1.PodOS',
  {
    name: string({
      required: true,
      description: 'linux or windows. Fields of the other system must stay unset.',
    }),
  },
  { description: 'The operating system that the containers are made for.' },
);

export const PodReadinessGate = struct(
  'io.k8s.api.core.v1.PodReadinessGate',
  {
    conditionType: string({
      required: true,
      description: 'Type of a condition in status.conditions that must be True before the pod is ready.',
    }),
  },
  { description: 'A pod condition that counts for readiness.' },
);

export const HostAlias = struct(
  'io.k8s.api.core.v1.HostAlias',
  {
    hostnames: array(string(), { listType: 'atomic', description: 'Names for the address.' }),
    ip: string({ required: true, description: 'The address, IPv4 or IPv6.' }),
  },
  { description: 'One line of /etc/hosts.' },
);

export const PodSchedulingGroup = struct(
  'io.k8s.api.core.v1.PodSchedulingGroup',
  {
    podGroupName: string({ description: 'Name of a PodGroup in the namespace of the pod. Can not change.' }),
  },
  {
    unions: [{ 'fields-to-discriminateBy': { podGroupName: 'PodGroupName' } }],
    description: 'Which group a pod is scheduled with.',
  },
);

export const PodSchedulingGate = struct(
  'io.k8s.api.core.v1.PodSchedulingGate',
  {
    name: string({
      required: true,
      description: 'Name of the gate, unique in the pod. Whoever set it removes it.',
    }),
  },
  { description: 'Something that holds a pod back from the scheduler.' },
);

export const PodSpec = struct(
  'io.k8s.api.core.v1.PodSpec',
  {
    activeDeadlineSeconds: int64({
      description: 'Longest run on the node in seconds; then the pod has failed. Unset: no limit.',
    }),
    affinity: ref(() => Affinity, {
      description: 'Where the pod should and must not run, beyond nodeSelector.',
    }),
    automountServiceAccountToken: boolean({
      description:
        'Whether a token of the service account is mounted. Unset: as the account says, else true.',
    }),
    containers: array(
      ref(() => Container),
      {
        required: true,
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'The programs of the pod; at least one. None can be added or removed later.',
      },
    ),
    dnsConfig: ref(() => PodDNSConfig, {
      description: 'DNS settings, merged into those that dnsPolicy makes.',
    }),
    dnsPolicy: string({
      default: 'ClusterFirst',
      description:
        'ClusterFirst, ClusterFirstWithHostNet, Default (that of the node) or None. Default: ClusterFirst.',
    }),
    enableServiceLinks: boolean({
      description: 'Whether environment variables describe the Services of the namespace. Default: true.',
    }),
    ephemeralContainers: array(
      ref(() => EphemeralContainer),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description:
          'Containers added to a running pod to look into it. Only through the subresource of this name.',
      },
    ),
    hostAliases: array(
      ref(() => HostAlias),
      {
        listType: 'map',
        listMapKeys: ['ip'],
        patchStrategy: 'merge',
        patchMergeKey: 'ip',
        description: 'Lines added to /etc/hosts. Not with hostNetwork.',
      },
    ),
    hostIPC: boolean({ description: 'Whether to use the IPC namespace of the node. Default: false.' }),
    hostNetwork: boolean({ description: 'Whether to use the network of the node. Default: false.' }),
    hostPID: boolean({ description: 'Whether to use the process namespace of the node. Default: false.' }),
    hostUsers: boolean({
      description:
        'false gives the pod a user namespace of its own, so that root inside is nobody on the node. Default: true.',
    }),
    hostname: string({ description: 'Host name in the pod; a DNS label. Default: the name of the pod.' }),
    hostnameOverride: string({
      description:
        'Host name inside the pod, in place of hostname and subdomain. Not with hostNetwork or setHostnameAsFQDN.',
    }),
    imagePullSecrets: array(
      ref(() => LocalObjectReference),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Secrets of the namespace with credentials for pulling images.',
      },
    ),
    initContainers: array(
      ref(() => Container),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description:
          'Containers that run to success one after the other before the others start. Those with restartPolicy Always go on running beside them.',
      },
    ),
    nodeName: string({
      description: 'Node of the pod. Set by the scheduler; who sets it passes the scheduler by.',
    }),
    nodeSelector: map(string(), { mapType: 'atomic', description: 'Labels that the node must have.' }),
    os: ref(() => PodOS, { description: 'Operating system of the containers.' }),
    overhead: map(quantity(), {
      description: 'Resources that running the pod costs by itself. Set from the RuntimeClass.',
    }),
    preemptionPolicy: string({
      description:
        'PreemptLowerPriority displaces less important pods, Never waits. Default: PreemptLowerPriority.',
    }),
    priority: int32({ description: 'Priority; higher goes first. Set from the PriorityClass.' }),
    priorityClassName: string({
      description: 'Name of a PriorityClass. Unset: the default class, else priority 0.',
    }),
    readinessGates: array(
      ref(() => PodReadinessGate),
      { listType: 'atomic', description: 'Conditions that must be True too before the pod is ready.' },
    ),
    resourceClaims: array(
      ref(() => PodResourceClaim),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge,retainKeys',
        patchMergeKey: 'name',
        description:
          'Claims for devices that must be allocated before the pod starts. Containers pick from them in resources.claims.',
      },
    ),
    resources: ref(() => ResourceRequirements, {
      description: 'Requests and limits of the pod as a whole, for cpu, memory and huge pages.',
    }),
    restartPolicy: string({
      default: 'Always',
      description: 'When ended containers are restarted: Always, OnFailure or Never. Default: Always.',
    }),
    runtimeClassName: string({ description: 'Name of a RuntimeClass. Unset: the default runtime.' }),
    schedulerName: string({
      default: 'default-scheduler',
      description: 'Scheduler that places the pod. Default: default-scheduler.',
    }),
    schedulingGates: array(
      ref(() => PodSchedulingGate),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Hold the pod back from the scheduler until all are gone. Only set on creation.',
      },
    ),
    schedulingGroup: ref(() => PodSchedulingGroup, {
      description: 'Group of pods that are scheduled together; unset: the pod is scheduled alone.',
    }),
    securityContext: ref(() => PodSecurityContext, {
      default: {},
      description: 'Identity and rights of all containers. A container can say otherwise for itself.',
    }),
    serviceAccount: string({ description: 'Old name of serviceAccountName; deprecated.' }),
    serviceAccountName: string({
      description: 'ServiceAccount that the pod acts as towards the API. Default: default.',
    }),
    setHostnameAsFQDN: boolean({
      description: 'Whether the host name is the full domain name. Default: false.',
    }),
    shareProcessNamespace: boolean({
      description:
        'Whether the containers see the processes of each other. Not with hostPID. Default: false.',
    }),
    subdomain: string({
      description:
        'The full domain name is then HOSTNAME.SUBDOMAIN.NAMESPACE.svc.DOMAIN. Unset: there is none.',
    }),
    terminationGracePeriodSeconds: int64({
      default: 30,
      description:
        'Seconds between asking the containers to stop and killing them; 0 kills at once. Default: 30.',
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
        description: 'How evenly pods are spread over zones, nodes or other domains. All must hold.',
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
    metadata: ref(() => ObjectMeta, {
      default: {},
      description: 'Labels, annotations and finalizers that the pods get.',
    }),
    spec: ref(() => PodSpec, { default: {}, description: 'Wanted state of the pods.' }),
  },
  { description: 'What the pods that a workload makes look like.' },
);
