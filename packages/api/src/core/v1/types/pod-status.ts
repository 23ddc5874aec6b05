import {
  array,
  boolean,
  int32,
  int64,
  map,
  quantity,
  ref,
  string,
  struct,
  time,
} from '../../../schema/dsl.ts';
import { ResourceRequirements } from './container.ts';

export const ImageVolumeStatus = struct(
  'io.k8s.api.core.v1.ImageVolumeStatus',
  {
    imageRef: string({ required: true, published: null, description: 'Digest of the image.' }),
  },
  { description: 'Which image is mounted.' },
);

export const ContainerStateTerminated = struct(
  'io.k8s.api.core.v1.ContainerStateTerminated',
  {
    containerID: string({ description: 'Id of the container, as runtime://id.' }),
    exitCode: int32({ required: true, description: 'Exit code of the program; 0 is success.' }),
    finishedAt: time({ description: 'When it ended.' }),
    message: string({ description: 'Content of the termination message file, or why it ended.' }),
    reason: string({ description: 'Why it ended, in one word, such as Completed, Error or OOMKilled.' }),
    signal: int32({ description: 'Signal that ended it; 0 for none.' }),
    startedAt: time({ description: 'When it started.' }),
  },
  { description: 'A container that has ended.' },
);

export const LinuxContainerUser = struct(
  'io.k8s.api.core.v1.LinuxContainerUser',
  {
    gid: int64({ required: true, description: 'Primary group id.' }),
    supplementalGroups: array(int64(), { listType: 'atomic', description: 'Further group ids.' }),
    uid: int64({ required: true, description: 'User id.' }),
  },
  { description: 'User and groups of the first program of a container.' },
);

export const PodCondition = struct(
  'io.k8s.api.core.v1.PodCondition',
  {
    lastProbeTime: time({ description: 'When it was last checked.' }),
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    observedGeneration: int64({ description: 'metadata.generation that this condition is about.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect, such as Ready.' }),
  },
  { description: 'One aspect of the state of a pod.' },
);

export const ResourceHealth = struct(
  'io.k8s.api.core.v1.ResourceHealth',
  {
    health: string({ description: 'Healthy, Unhealthy or Unknown.' }),
    message: string({ description: 'Why, for people.' }),
    resourceID: string({ required: true, description: 'Id of the unit, unique on the node.' }),
  },
  { description: 'Health of one unit of a resource.' },
);

export const ResourceStatus = struct(
  'io.k8s.api.core.v1.ResourceStatus',
  {
    name: string({
      required: true,
      description: 'Name of the resource; claim:NAME/REQUEST for devices of a claim.',
    }),
    resources: array(
      ref(() => ResourceHealth),
      { listType: 'map', listMapKeys: ['resourceID'], description: 'Health of each unit.' },
    ),
  },
  { description: 'Health of one kind of resource given to a container.' },
);

export const VolumeStatus = struct(
  'io.k8s.api.core.v1.VolumeStatus',
  {
    image: ref(() => ImageVolumeStatus, { description: 'Of a volume that is an image.' }),
  },
  { description: 'State of a mounted volume.' },
);

export const VolumeMountStatus = struct(
  'io.k8s.api.core.v1.VolumeMountStatus',
  {
    mountPath: string({ required: true, description: 'Path of the mount in the container.' }),
    name: string({ required: true, description: 'Name of the volume.' }),
    readOnly: boolean({ description: 'Whether the mount is read-only.' }),
    recursiveReadOnly: string({
      description: 'Whether mounts below are read-only too: Disabled, IfPossible or Enabled.',
    }),
    volumeStatus: ref(() => VolumeStatus, { description: 'State of the volume.' }),
  },
  { description: 'State of one mount.' },
);

export const ContainerStateRunning = struct(
  'io.k8s.api.core.v1.ContainerStateRunning',
  {
    startedAt: time({ description: 'When it started.' }),
  },
  { description: 'A container that runs.' },
);

export const ContainerStateWaiting = struct(
  'io.k8s.api.core.v1.ContainerStateWaiting',
  {
    message: string({ description: 'What it waits for, for people.' }),
    reason: string({ description: 'What it waits for, in one word, such as ImagePullBackOff.' }),
  },
  { description: 'A container that has not started yet.' },
);

export const ContainerState = struct(
  'io.k8s.api.core.v1.ContainerState',
  {
    running: ref(() => ContainerStateRunning, { description: 'Set while it runs.' }),
    terminated: ref(() => ContainerStateTerminated, { description: 'Set when it has ended.' }),
    waiting: ref(() => ContainerStateWaiting, { description: 'Set while it waits to start.' }),
  },
  { description: 'State of a container; one field is set. None means waiting.' },
);

export const ContainerUser = struct(
  'io.k8s.api.core.v1.ContainerUser',
  {
    linux: ref(() => LinuxContainerUser, { description: 'Identity on Linux.' }),
  },
  { description: 'Identity of the first program of a container.' },
);

export const ContainerStatus = struct(
  'io.k8s.api.core.v1.ContainerStatus',
  {
    allocatedResources: map(quantity(), {
      description: 'Requests that the node has set aside for the container.',
    }),
    allocatedResourcesStatus: array(
      ref(() => ResourceStatus),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Health of the devices that the container was given.',
      },
    ),
    containerID: string({ description: 'Id of the container, as runtime://id.' }),
    image: string({
      required: true,
      description: 'Name of the image that runs. It may differ from the spec.',
    }),
    imageID: string({ required: true, description: 'Digest of the image that runs.' }),
    lastState: ref(() => ContainerState, {
      byValue: true,
      description: 'How the container ended the last time; empty when it never did.',
    }),
    name: string({ required: true, description: 'Name of the container.' }),
    ready: boolean({
      required: true,
      description: 'Whether the readiness probe succeeds; true without one while the container runs.',
    }),
    resources: ref(() => ResourceRequirements, { description: 'Requests and limits that are in force.' }),
    restartCount: int32({
      required: true,
      description: 'How often the container was restarted. Removed dead containers are not counted.',
    }),
    started: boolean({
      description: 'Whether the startup probe succeeded; true without one once the container runs.',
    }),
    state: ref(() => ContainerState, { byValue: true, description: 'What the container does now.' }),
    stopSignal: string({ description: 'Signal that asks the program to stop.' }),
    user: ref(() => ContainerUser, { description: 'User and groups that the program started with.' }),
    volumeMounts: array(
      ref(() => VolumeMountStatus),
      {
        listType: 'map',
        listMapKeys: ['mountPath'],
        patchStrategy: 'merge',
        patchMergeKey: 'mountPath',
        description: 'State of the mounts.',
      },
    ),
  },
  { description: 'What was last seen of one container.' },
);

export const ContainerExtendedResourceRequest = struct(
  'io.k8s.api.core.v1.ContainerExtendedResourceRequest',
  {
    containerName: string({ required: true, description: 'Name of the container.' }),
    requestName: string({ required: true, description: 'Name of the request in the claim.' }),
    resourceName: string({ required: true, description: 'Name of the extended resource.' }),
  },
  { description: 'Ties an extended resource of a container to a request of the claim.' },
);

export const PodExtendedResourceClaimStatus = struct(
  'io.k8s.api.core.v1.PodExtendedResourceClaimStatus',
  {
    requestMappings: array(
      ref(() => ContainerExtendedResourceRequest),
      {
        required: true,
        listType: 'atomic',
        description: 'Which request of the claim serves which resource of which container.',
      },
    ),
    resourceClaimName: string({ required: true, description: 'Name of the claim.' }),
  },
  { description: 'The claim made for extended resources of a pod.' },
);

export const NodeAllocatableResourceClaimStatus = struct(
  'io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus',
  {
    containers: array(string(), { listType: 'set', description: 'Containers that use the claim.' }),
    resourceClaimName: string({ required: true, description: 'Name of the claim.' }),
    resources: map(quantity(), { required: true, description: 'Amounts that are taken, by resource.' }),
  },
  { description: 'Resources of the node, such as cpu, that a claim takes.' },
);

export const HostIP = struct(
  'io.k8s.api.core.v1.HostIP',
  {
    ip: string({ required: true, description: 'The address.' }),
  },
  { description: 'One address of a node.' },
);

export const PodIP = struct(
  'io.k8s.api.core.v1.PodIP',
  {
    ip: string({ required: true, description: 'The address.' }),
  },
  { description: 'One address of a pod.' },
);

export const PodResourceClaimStatus = struct(
  'io.k8s.api.core.v1.PodResourceClaimStatus',
  {
    name: string({ required: true, description: 'Name of the entry.' }),
    resourceClaimName: string({
      description: 'Name of the claim that was made; unset when none was needed.',
    }),
  },
  { description: 'The claim that belongs to one entry of spec.resourceClaims.' },
);

export const PodStatus = struct(
  'io.k8s.api.core.v1.PodStatus',
  {
    allocatedResources: map(quantity(), {
      description: 'Resources that the node has set aside for the pod as a whole.',
    }),
    conditions: array(
      ref(() => PodCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'Where the pod stands: PodScheduled, Initialized, ContainersReady, Ready and others.',
      },
    ),
    containerStatuses: array(
      ref(() => ContainerStatus),
      { listType: 'atomic', description: 'State of each container.' },
    ),
    ephemeralContainerStatuses: array(
      ref(() => ContainerStatus),
      { listType: 'atomic', description: 'State of each ephemeral container.' },
    ),
    extendedResourceClaimStatus: ref(() => PodExtendedResourceClaimStatus, {
      description: 'The claim that was made for extended resources which devices back.',
    }),
    hostIP: string({ description: 'Address of the node.' }),
    hostIPs: array(
      ref(() => HostIP),
      {
        listType: 'atomic',
        patchStrategy: 'merge',
        patchMergeKey: 'ip',
        description: 'All addresses of the node, the first as in hostIP.',
      },
    ),
    initContainerStatuses: array(
      ref(() => ContainerStatus),
      { listType: 'atomic', description: 'State of each init container.' },
    ),
    message: string({ description: 'Why the pod is in this state, for people.' }),
    nodeAllocatableResourceClaimStatuses: array(
      ref(() => NodeAllocatableResourceClaimStatus),
      { listType: 'atomic', description: 'Resources of the node that are taken by claims of the pod.' },
    ),
    nominatedNodeName: string({
      description: 'Node where pods are being displaced for this one. It may still go elsewhere.',
    }),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
    phase: string({
      description: 'Pending, Running, Succeeded, Failed or Unknown: a summary of the life of the pod.',
    }),
    podIP: string({ description: 'Address of the pod; empty until it has one.' }),
    podIPs: array(
      ref(() => PodIP),
      {
        listType: 'map',
        listMapKeys: ['ip'],
        patchStrategy: 'merge',
        patchMergeKey: 'ip',
        description: 'All addresses of the pod, at most one of each family, the first as in podIP.',
      },
    ),
    qosClass: string({
      description:
        'Guaranteed, Burstable or BestEffort: derived from requests and limits, decides who is evicted first.',
    }),
    reason: string({ description: 'Why the pod is in this state, in one word, such as Evicted.' }),
    resize: string({
      description: 'State of a resize: Proposed, InProgress, Deferred or Infeasible. Conditions replace it.',
    }),
    resourceClaimStatuses: array(
      ref(() => PodResourceClaimStatus),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge,retainKeys',
        patchMergeKey: 'name',
        description: 'The claims that were made for spec.resourceClaims.',
      },
    ),
    resources: ref(() => ResourceRequirements, {
      description: 'Requests and limits of the pod as a whole that are in force.',
    }),
    startTime: time({ description: 'When the node took up the pod, before it pulled images.' }),
  },
  { description: 'What was last seen of a pod.' },
);
