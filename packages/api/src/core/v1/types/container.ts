import { array, boolean, int32, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { ObjectFieldSelector, ResourceFieldSelector } from './field-selector.ts';
import { Lifecycle, Probe } from './probe.ts';
import { SecurityContext } from './security-context.ts';
import { VolumeDevice, VolumeMount } from './volume-mount.ts';

export const SecretKeySelector = struct(
  'io.k8s.api.core.v1.SecretKeySelector',
  {
    key: string({ required: true }),
    name: string({ published: '' }),
    optional: boolean(),
  },
  { mapType: 'atomic' },
);

export const ConfigMapKeySelector = struct(
  'io.k8s.api.core.v1.ConfigMapKeySelector',
  {
    key: string({ required: true }),
    name: string({ published: '' }),
    optional: boolean(),
  },
  { mapType: 'atomic' },
);

export const FileKeySelector = struct(
  'io.k8s.api.core.v1.FileKeySelector',
  {
    key: string({ required: true }),
    optional: boolean({ published: false }),
    path: string({ required: true }),
    volumeName: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const EnvVarSource = struct('io.k8s.api.core.v1.EnvVarSource', {
  configMapKeyRef: ref(() => ConfigMapKeySelector),
  fieldRef: ref(() => ObjectFieldSelector),
  fileKeyRef: ref(() => FileKeySelector),
  resourceFieldRef: ref(() => ResourceFieldSelector),
  secretKeyRef: ref(() => SecretKeySelector),
});

export const EnvVar = struct(
  'io.k8s.api.core.v1.EnvVar',
  {
    name: string({ required: true, description: 'Name of the variable.' }),
    value: string({ description: 'Value; $(NAME) refers to a variable before it.' }),
    valueFrom: ref(() => EnvVarSource, { description: 'Where the value comes from.' }),
  },
  { description: 'One environment variable.' },
);

export const ConfigMapEnvSource = struct('io.k8s.api.core.v1.ConfigMapEnvSource', {
  name: string({ published: '' }),
  optional: boolean(),
});

export const SecretEnvSource = struct('io.k8s.api.core.v1.SecretEnvSource', {
  name: string({ published: '' }),
  optional: boolean(),
});

export const EnvFromSource = struct('io.k8s.api.core.v1.EnvFromSource', {
  configMapRef: ref(() => ConfigMapEnvSource),
  prefix: string(),
  secretRef: ref(() => SecretEnvSource),
});

export const ContainerPort = struct(
  'io.k8s.api.core.v1.ContainerPort',
  {
    containerPort: int32({ required: true, description: 'Port number in the pod.' }),
    hostIP: string({ description: "The node's address to bind." }),
    hostPort: int32({ description: 'Port number on the node.' }),
    name: string({ description: 'Name that Services and probes can use.' }),
    protocol: string({ default: 'TCP', description: 'TCP, UDP or SCTP.', published: 'TCP' }),
  },
  { description: 'A port that a container listens on.' },
);

export const ContainerResizePolicy = struct('io.k8s.api.core.v1.ContainerResizePolicy', {
  resourceName: string({ required: true }),
  restartPolicy: string({ required: true }),
});

export const ResourceClaim = struct('io.k8s.api.core.v1.ResourceClaim', {
  name: string({ required: true }),
  request: string(),
});

export const ResourceRequirements = struct(
  'io.k8s.api.core.v1.ResourceRequirements',
  {
    claims: array(
      ref(() => ResourceClaim),
      { listType: 'map', listMapKeys: ['name'], description: 'Names of resource claims of the pod.' },
    ),
    limits: map(quantity(), { description: 'Most that may be used.' }),
    requests: map(quantity(), { description: 'What is reserved.' }),
  },
  { description: 'Compute resources that a container needs and may use.' },
);

export const ContainerRestartRuleOnExitCodes = struct('io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes', {
  operator: string({ required: true, published: null }),
  values: array(int32(), { listType: 'set' }),
});

export const ContainerRestartRule = struct('io.k8s.api.core.v1.ContainerRestartRule', {
  action: string({ required: true, published: null }),
  exitCodes: ref(() => ContainerRestartRuleOnExitCodes),
});

export const EphemeralContainer = struct('io.k8s.api.core.v1.EphemeralContainer', {
  args: array(string(), { listType: 'atomic' }),
  command: array(string(), { listType: 'atomic' }),
  env: array(
    ref(() => EnvVar),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  envFrom: array(
    ref(() => EnvFromSource),
    { listType: 'atomic' },
  ),
  image: string(),
  imagePullPolicy: string(),
  lifecycle: ref(() => Lifecycle),
  livenessProbe: ref(() => Probe),
  name: string({ required: true }),
  ports: array(
    ref(() => ContainerPort),
    {
      listType: 'map',
      listMapKeys: ['containerPort', 'protocol'],
      patchStrategy: 'merge',
      patchMergeKey: 'containerPort',
    },
  ),
  readinessProbe: ref(() => Probe),
  resizePolicy: array(
    ref(() => ContainerResizePolicy),
    { listType: 'atomic' },
  ),
  resources: ref(() => ResourceRequirements, { default: {}, byValue: true }),
  restartPolicy: string(),
  restartPolicyRules: array(
    ref(() => ContainerRestartRule),
    { listType: 'atomic' },
  ),
  securityContext: ref(() => SecurityContext),
  startupProbe: ref(() => Probe),
  stdin: boolean(),
  stdinOnce: boolean(),
  targetContainerName: string(),
  terminationMessagePath: string({ default: '/dev/termination-log' }),
  terminationMessagePolicy: string({ default: 'File' }),
  tty: boolean(),
  volumeDevices: array(
    ref(() => VolumeDevice),
    { listType: 'map', listMapKeys: ['devicePath'], patchStrategy: 'merge', patchMergeKey: 'devicePath' },
  ),
  volumeMounts: array(
    ref(() => VolumeMount),
    { listType: 'map', listMapKeys: ['mountPath'], patchStrategy: 'merge', patchMergeKey: 'mountPath' },
  ),
  workingDir: string(),
});

export const Container = struct(
  'io.k8s.api.core.v1.Container',
  {
    args: array(string(), { listType: 'atomic', description: "Arguments; default is the image's." }),
    command: array(string(), {
      listType: 'atomic',
      description: "Program and first arguments, in place of the image's entry point.",
    }),
    env: array(
      ref(() => EnvVar),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Environment variables.',
      },
    ),
    envFrom: array(
      ref(() => EnvFromSource),
      { listType: 'atomic', description: 'ConfigMaps and Secrets whose keys become variables.' },
    ),
    image: string({ description: 'Name of the image.' }),
    imagePullPolicy: string({ description: 'Always, IfNotPresent or Never.' }),
    lifecycle: ref(() => Lifecycle, { description: 'Actions after start and before stop.' }),
    livenessProbe: ref(() => Probe, { description: 'When this fails, the container is restarted.' }),
    name: string({ required: true, description: 'Name, unique in the pod.' }),
    ports: array(
      ref(() => ContainerPort),
      {
        listType: 'map',
        listMapKeys: ['containerPort', 'protocol'],
        patchStrategy: 'merge',
        patchMergeKey: 'containerPort',
        description: 'Ports that the container listens on.',
      },
    ),
    readinessProbe: ref(() => Probe, { description: 'While this fails, Services do not lead here.' }),
    resizePolicy: array(
      ref(() => ContainerResizePolicy),
      { listType: 'atomic', description: 'Whether a change of resources needs a restart.' },
    ),
    resources: ref(() => ResourceRequirements, {
      default: {},
      description: 'What the container needs and may use.',
      byValue: true,
    }),
    restartPolicy: string({ description: 'Always makes an init container a sidecar.' }),
    restartPolicyRules: array(
      ref(() => ContainerRestartRule),
      { listType: 'atomic' },
    ),
    securityContext: ref(() => SecurityContext, { description: 'Identity and rights of this container.' }),
    startupProbe: ref(() => Probe, { description: 'Until this succeeds, no other probe runs.' }),
    stdin: boolean({ description: 'Keep standard input open.' }),
    stdinOnce: boolean({ description: 'Close standard input after the first attach.' }),
    terminationMessagePath: string({
      default: '/dev/termination-log',
      description: 'File whose content becomes the message of the end.',
    }),
    terminationMessagePolicy: string({ default: 'File', description: 'File or FallbackToLogsOnError.' }),
    tty: boolean({ description: 'Give the container a terminal.' }),
    volumeDevices: array(
      ref(() => VolumeDevice),
      {
        listType: 'map',
        listMapKeys: ['devicePath'],
        patchStrategy: 'merge',
        patchMergeKey: 'devicePath',
        description: 'Block devices.',
      },
    ),
    volumeMounts: array(
      ref(() => VolumeMount),
      {
        listType: 'map',
        listMapKeys: ['mountPath'],
        patchStrategy: 'merge',
        patchMergeKey: 'mountPath',
        description: 'Volumes and where they are seen.',
      },
    ),
    workingDir: string({ description: 'Working folder.' }),
  },
  { description: 'One program of a pod: an image and how to run it.' },
);

export const PodResourceClaim = struct('io.k8s.api.core.v1.PodResourceClaim', {
  name: string({ required: true }),
  resourceClaimName: string(),
  resourceClaimTemplateName: string(),
});
