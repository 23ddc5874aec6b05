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

export const Taint = struct(
  'io.k8s.api.core.v1.Taint',
  {
    effect: string({
      required: true,
      description:
        'NoSchedule: none are placed; PreferNoSchedule: better not; NoExecute: running ones leave too.',
    }),
    key: string({ required: true, description: 'Key of the taint.' }),
    timeAdded: time({ description: 'When the taint was added. Only with NoExecute.' }),
    value: string({ description: 'Value of the taint.' }),
  },
  { description: 'Keeps pods without a matching toleration off a node.' },
);

export const NodeSwapStatus = struct(
  'io.k8s.api.core.v1.NodeSwapStatus',
  {
    capacity: int64({ description: 'Size in bytes.' }),
  },
  { description: 'Swap space of a node.' },
);

export const NodeSystemInfo = struct(
  'io.k8s.api.core.v1.NodeSystemInfo',
  {
    architecture: string({ required: true, description: 'Architecture of the processor, such as amd64.' }),
    bootID: string({ required: true, description: 'Id of the boot; changes with each.' }),
    containerRuntimeVersion: string({
      required: true,
      description: 'Name and version of the container runtime, as name://version.',
    }),
    kernelVersion: string({ required: true, description: 'Version of the kernel.' }),
    kubeProxyVersion: string({ required: true, description: 'No longer used.' }),
    kubeletVersion: string({ required: true, description: 'Version of the node agent.' }),
    machineID: string({ required: true, description: 'Id of the machine, that of /etc/machine-id.' }),
    operatingSystem: string({ required: true, description: 'linux or windows.' }),
    osImage: string({ required: true, description: 'Name of the operating system.' }),
    swap: ref(() => NodeSwapStatus, { description: 'Swap space.' }),
    systemUUID: string({ required: true, description: 'Id of the machine in its firmware.' }),
  },
  { description: 'Versions and ids of a node.' },
);

export const AttachedVolume = struct(
  'io.k8s.api.core.v1.AttachedVolume',
  {
    devicePath: string({ required: true, description: 'Path of the device on the node.' }),
    name: string({ required: true, description: 'Name of the volume.' }),
  },
  { description: 'A volume that is attached to a node.' },
);

export const NodeAddress = struct(
  'io.k8s.api.core.v1.NodeAddress',
  {
    address: string({ required: true, description: 'The address or name.' }),
    type: string({
      required: true,
      description: 'Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.',
    }),
  },
  { description: 'An address of a node.' },
);

export const DaemonEndpoint = struct(
  'io.k8s.api.core.v1.DaemonEndpoint',
  {
    Port: int32({ required: true, description: 'Port number.' }),
  },
  { description: 'A port that a program on a node listens on.' },
);

export const NodeDaemonEndpoints = struct(
  'io.k8s.api.core.v1.NodeDaemonEndpoints',
  {
    kubeletEndpoint: ref(() => DaemonEndpoint, { byValue: true, description: 'Port of the node agent.' }),
  },
  { description: 'Ports that programs on a node listen on.' },
);

export const ConfigMapNodeConfigSource = struct(
  'io.k8s.api.core.v1.ConfigMapNodeConfigSource',
  {
    kubeletConfigKey: string({ required: true, description: 'Key that holds the settings.' }),
    name: string({ required: true, description: 'Name of the ConfigMap.' }),
    namespace: string({ required: true, description: 'Namespace of the ConfigMap.' }),
    resourceVersion: string({ description: 'Version of the ConfigMap; only in a status.' }),
    uid: string({ description: 'Unique id of the ConfigMap; only in a status.' }),
  },
  { description: 'A ConfigMap with settings of a node agent. No longer used.' },
);

export const NodeConfigSource = struct(
  'io.k8s.api.core.v1.NodeConfigSource',
  {
    configMap: ref(() => ConfigMapNodeConfigSource, { description: 'A ConfigMap.' }),
  },
  { description: 'Where a node agent takes its settings from. No longer used.' },
);

export const NodeConfigStatus = struct(
  'io.k8s.api.core.v1.NodeConfigStatus',
  {
    active: ref(() => NodeConfigSource, { description: 'Settings in force.' }),
    assigned: ref(() => NodeConfigSource, { description: 'Settings that are to come into force.' }),
    error: string({ description: 'Why the assigned settings are not in force.' }),
    lastKnownGood: ref(() => NodeConfigSource, { description: 'Settings to go back to.' }),
  },
  { description: 'State of the settings of a node agent. No longer used.' },
);

export const NodeRuntimeHandlerFeatures = struct(
  'io.k8s.api.core.v1.NodeRuntimeHandlerFeatures',
  {
    recursiveReadOnlyMounts: boolean({ description: 'Whether mounts can be read-only all the way down.' }),
    userNamespaces: boolean({ description: 'Whether pods can have user namespaces of their own.' }),
  },
  { description: 'What a runtime handler can do.' },
);

export const NodeRuntimeHandler = struct(
  'io.k8s.api.core.v1.NodeRuntimeHandler',
  {
    features: ref(() => NodeRuntimeHandlerFeatures, { description: 'What the handler can do.' }),
    name: string({ published: '', description: 'Name of the handler; empty for the default one.' }),
  },
  { description: 'A way of running containers on a node.' },
);

export const NodeFeatures = struct(
  'io.k8s.api.core.v1.NodeFeatures',
  {
    supplementalGroupsPolicy: boolean({
      description: 'Whether supplementalGroupsPolicy of pods is honored.',
    }),
  },
  { description: 'What a node can do.' },
);

export const NodeCondition = struct(
  'io.k8s.api.core.v1.NodeCondition',
  {
    lastHeartbeatTime: time({ description: 'When the node last reported it.' }),
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({
      required: true,
      description: 'Ready, MemoryPressure, DiskPressure, PIDPressure or NetworkUnavailable.',
    }),
  },
  { description: 'One aspect of the state of a node.' },
);

export const ContainerImage = struct(
  'io.k8s.api.core.v1.ContainerImage',
  {
    names: array(string(), { listType: 'atomic', description: 'Names of the image, by tag and by digest.' }),
    sizeBytes: int64({ description: 'Size in bytes.' }),
  },
  { description: 'An image on a node.' },
);

export const NodeStatus = struct(
  'io.k8s.api.core.v1.NodeStatus',
  {
    addresses: array(
      ref(() => NodeAddress),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'Addresses and names of the node.',
      },
    ),
    allocatable: map(quantity(), { description: 'Resources that pods can have, by name.' }),
    capacity: map(quantity(), { description: 'Resources that the node has, by name.' }),
    conditions: array(
      ref(() => NodeCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'Where the node stands.',
      },
    ),
    config: ref(() => NodeConfigStatus, { description: 'No longer used.' }),
    daemonEndpoints: ref(() => NodeDaemonEndpoints, {
      byValue: true,
      description: 'Ports that programs on the node listen on.',
    }),
    declaredFeatures: array(string(), {
      listType: 'atomic',
      description: 'Names of features that the node declares, for the scheduler.',
    }),
    features: ref(() => NodeFeatures, { description: 'What the node can do.' }),
    images: array(
      ref(() => ContainerImage),
      { listType: 'atomic', description: 'Images on the node, the largest ones first.' },
    ),
    nodeInfo: ref(() => NodeSystemInfo, { byValue: true, description: 'Versions and ids of the node.' }),
    phase: string({ description: 'No longer used.' }),
    runtimeHandlers: array(
      ref(() => NodeRuntimeHandler),
      { listType: 'atomic', description: 'Ways of running containers that the node offers.' },
    ),
    volumesAttached: array(
      ref(() => AttachedVolume),
      { listType: 'atomic', description: 'Volumes attached to the node, and their devices.' },
    ),
    volumesInUse: array(string(), {
      listType: 'atomic',
      description: 'Volumes that are mounted on the node and must not be detached.',
    }),
  },
  { description: 'What was last seen of a node.' },
);
