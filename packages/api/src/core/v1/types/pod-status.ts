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

export const ImageVolumeStatus = struct('io.k8s.api.core.v1.ImageVolumeStatus', {
  imageRef: string({ required: true, published: null }),
});

export const ContainerStateTerminated = struct('io.k8s.api.core.v1.ContainerStateTerminated', {
  containerID: string(),
  exitCode: int32({ required: true }),
  finishedAt: time(),
  message: string(),
  reason: string(),
  signal: int32(),
  startedAt: time(),
});

export const LinuxContainerUser = struct('io.k8s.api.core.v1.LinuxContainerUser', {
  gid: int64({ required: true }),
  supplementalGroups: array(int64(), { listType: 'atomic' }),
  uid: int64({ required: true }),
});

export const PodCondition = struct('io.k8s.api.core.v1.PodCondition', {
  lastProbeTime: time(),
  lastTransitionTime: time(),
  message: string(),
  observedGeneration: int64(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const ResourceHealth = struct('io.k8s.api.core.v1.ResourceHealth', {
  health: string(),
  message: string(),
  resourceID: string({ required: true }),
});

export const ResourceStatus = struct('io.k8s.api.core.v1.ResourceStatus', {
  name: string({ required: true }),
  resources: array(
    ref(() => ResourceHealth),
    { listType: 'map', listMapKeys: ['resourceID'] },
  ),
});

export const VolumeStatus = struct('io.k8s.api.core.v1.VolumeStatus', {
  image: ref(() => ImageVolumeStatus),
});

export const VolumeMountStatus = struct('io.k8s.api.core.v1.VolumeMountStatus', {
  mountPath: string({ required: true }),
  name: string({ required: true }),
  readOnly: boolean(),
  recursiveReadOnly: string(),
  volumeStatus: ref(() => VolumeStatus),
});

export const ContainerStateRunning = struct('io.k8s.api.core.v1.ContainerStateRunning', {
  startedAt: time(),
});

export const ContainerStateWaiting = struct('io.k8s.api.core.v1.ContainerStateWaiting', {
  message: string(),
  reason: string(),
});

export const ContainerState = struct('io.k8s.api.core.v1.ContainerState', {
  running: ref(() => ContainerStateRunning),
  terminated: ref(() => ContainerStateTerminated),
  waiting: ref(() => ContainerStateWaiting),
});

export const ContainerUser = struct('io.k8s.api.core.v1.ContainerUser', {
  linux: ref(() => LinuxContainerUser),
});

export const ContainerStatus = struct('io.k8s.api.core.v1.ContainerStatus', {
  allocatedResources: map(quantity()),
  allocatedResourcesStatus: array(
    ref(() => ResourceStatus),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  containerID: string(),
  image: string({ required: true }),
  imageID: string({ required: true }),
  lastState: ref(() => ContainerState, { byValue: true }),
  name: string({ required: true }),
  ready: boolean({ required: true }),
  resources: ref(() => ResourceRequirements),
  restartCount: int32({ required: true }),
  started: boolean(),
  state: ref(() => ContainerState, { byValue: true }),
  stopSignal: string(),
  user: ref(() => ContainerUser),
  volumeMounts: array(
    ref(() => VolumeMountStatus),
    { listType: 'map', listMapKeys: ['mountPath'], patchStrategy: 'merge', patchMergeKey: 'mountPath' },
  ),
});

export const ContainerExtendedResourceRequest = struct(
  'io.k8s.api.core.v1.ContainerExtendedResourceRequest',
  {
    containerName: string({ required: true }),
    requestName: string({ required: true }),
    resourceName: string({ required: true }),
  },
);

export const PodExtendedResourceClaimStatus = struct('io.k8s.api.core.v1.PodExtendedResourceClaimStatus', {
  requestMappings: array(
    ref(() => ContainerExtendedResourceRequest),
    { required: true, listType: 'atomic' },
  ),
  resourceClaimName: string({ required: true }),
});

export const NodeAllocatableResourceClaimStatus = struct(
  'io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus',
  {
    containers: array(string(), { listType: 'set' }),
    resourceClaimName: string({ required: true }),
    resources: map(quantity(), { required: true }),
  },
);

export const HostIP = struct('io.k8s.api.core.v1.HostIP', {
  ip: string({ required: true }),
});

export const PodIP = struct('io.k8s.api.core.v1.PodIP', {
  ip: string({ required: true }),
});

export const PodResourceClaimStatus = struct('io.k8s.api.core.v1.PodResourceClaimStatus', {
  name: string({ required: true }),
  resourceClaimName: string(),
});

export const PodStatus = struct('io.k8s.api.core.v1.PodStatus', {
  allocatedResources: map(quantity()),
  conditions: array(
    ref(() => PodCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  containerStatuses: array(
    ref(() => ContainerStatus),
    { listType: 'atomic' },
  ),
  ephemeralContainerStatuses: array(
    ref(() => ContainerStatus),
    { listType: 'atomic' },
  ),
  extendedResourceClaimStatus: ref(() => PodExtendedResourceClaimStatus),
  hostIP: string(),
  hostIPs: array(
    ref(() => HostIP),
    { listType: 'atomic', patchStrategy: 'merge', patchMergeKey: 'ip' },
  ),
  initContainerStatuses: array(
    ref(() => ContainerStatus),
    { listType: 'atomic' },
  ),
  message: string(),
  nodeAllocatableResourceClaimStatuses: array(
    ref(() => NodeAllocatableResourceClaimStatus),
    { listType: 'atomic' },
  ),
  nominatedNodeName: string(),
  observedGeneration: int64(),
  phase: string(),
  podIP: string(),
  podIPs: array(
    ref(() => PodIP),
    { listType: 'map', listMapKeys: ['ip'], patchStrategy: 'merge', patchMergeKey: 'ip' },
  ),
  qosClass: string(),
  reason: string(),
  resize: string(),
  resourceClaimStatuses: array(
    ref(() => PodResourceClaimStatus),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge,retainKeys', patchMergeKey: 'name' },
  ),
  resources: ref(() => ResourceRequirements),
  startTime: time(),
});
