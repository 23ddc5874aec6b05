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

export const Taint = struct('io.k8s.api.core.v1.Taint', {
  effect: string({ required: true }),
  key: string({ required: true }),
  timeAdded: time(),
  value: string(),
});

export const NodeSwapStatus = struct('io.k8s.api.core.v1.NodeSwapStatus', {
  capacity: int64(),
});

export const NodeSystemInfo = struct('io.k8s.api.core.v1.NodeSystemInfo', {
  architecture: string({ required: true }),
  bootID: string({ required: true }),
  containerRuntimeVersion: string({ required: true }),
  kernelVersion: string({ required: true }),
  kubeProxyVersion: string({ required: true }),
  kubeletVersion: string({ required: true }),
  machineID: string({ required: true }),
  operatingSystem: string({ required: true }),
  osImage: string({ required: true }),
  swap: ref(() => NodeSwapStatus),
  systemUUID: string({ required: true }),
});

export const AttachedVolume = struct('io.k8s.api.core.v1.AttachedVolume', {
  devicePath: string({ required: true }),
  name: string({ required: true }),
});

export const NodeAddress = struct('io.k8s.api.core.v1.NodeAddress', {
  address: string({ required: true }),
  type: string({ required: true }),
});

export const DaemonEndpoint = struct('io.k8s.api.core.v1.DaemonEndpoint', {
  Port: int32({ required: true }),
});

export const NodeDaemonEndpoints = struct('io.k8s.api.core.v1.NodeDaemonEndpoints', {
  kubeletEndpoint: ref(() => DaemonEndpoint, { byValue: true }),
});

export const ConfigMapNodeConfigSource = struct('io.k8s.api.core.v1.ConfigMapNodeConfigSource', {
  kubeletConfigKey: string({ required: true }),
  name: string({ required: true }),
  namespace: string({ required: true }),
  resourceVersion: string(),
  uid: string(),
});

export const NodeConfigSource = struct('io.k8s.api.core.v1.NodeConfigSource', {
  configMap: ref(() => ConfigMapNodeConfigSource),
});

export const NodeConfigStatus = struct('io.k8s.api.core.v1.NodeConfigStatus', {
  active: ref(() => NodeConfigSource),
  assigned: ref(() => NodeConfigSource),
  error: string(),
  lastKnownGood: ref(() => NodeConfigSource),
});

export const NodeRuntimeHandlerFeatures = struct('io.k8s.api.core.v1.NodeRuntimeHandlerFeatures', {
  recursiveReadOnlyMounts: boolean(),
  userNamespaces: boolean(),
});

export const NodeRuntimeHandler = struct('io.k8s.api.core.v1.NodeRuntimeHandler', {
  features: ref(() => NodeRuntimeHandlerFeatures),
  name: string({ published: '' }),
});

export const NodeFeatures = struct('io.k8s.api.core.v1.NodeFeatures', {
  supplementalGroupsPolicy: boolean(),
});

export const NodeCondition = struct('io.k8s.api.core.v1.NodeCondition', {
  lastHeartbeatTime: time(),
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const ContainerImage = struct('io.k8s.api.core.v1.ContainerImage', {
  names: array(string(), { listType: 'atomic' }),
  sizeBytes: int64(),
});

export const NodeStatus = struct('io.k8s.api.core.v1.NodeStatus', {
  addresses: array(
    ref(() => NodeAddress),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  allocatable: map(quantity()),
  capacity: map(quantity()),
  conditions: array(
    ref(() => NodeCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  config: ref(() => NodeConfigStatus),
  daemonEndpoints: ref(() => NodeDaemonEndpoints, { byValue: true }),
  declaredFeatures: array(string(), { listType: 'atomic' }),
  features: ref(() => NodeFeatures),
  images: array(
    ref(() => ContainerImage),
    { listType: 'atomic' },
  ),
  nodeInfo: ref(() => NodeSystemInfo, { byValue: true }),
  phase: string(),
  runtimeHandlers: array(
    ref(() => NodeRuntimeHandler),
    { listType: 'atomic' },
  ),
  volumesAttached: array(
    ref(() => AttachedVolume),
    { listType: 'atomic' },
  ),
  volumesInUse: array(string(), { listType: 'atomic' }),
});
