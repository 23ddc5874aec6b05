import { array, boolean, int32, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { Lifecycle, Probe } from './probe.ts';
import { SecurityContext } from './security-context.ts';
import { VolumeDevice, VolumeMount } from './volume.ts';

export const SecretKeySelector = struct(
  'io.k8s.api.core.v1.SecretKeySelector',
  {
    key: string({ required: true }),
    name: string(),
    optional: boolean(),
  },
  { mapType: 'atomic' },
);

export const ConfigMapKeySelector = struct(
  'io.k8s.api.core.v1.ConfigMapKeySelector',
  {
    key: string({ required: true }),
    name: string(),
    optional: boolean(),
  },
  { mapType: 'atomic' },
);

export const ObjectFieldSelector = struct(
  'io.k8s.api.core.v1.ObjectFieldSelector',
  {
    apiVersion: string({ default: 'v1' }),
    fieldPath: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const FileKeySelector = struct(
  'io.k8s.api.core.v1.FileKeySelector',
  {
    key: string({ required: true }),
    optional: boolean(),
    path: string({ required: true }),
    volumeName: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const ResourceFieldSelector = struct(
  'io.k8s.api.core.v1.ResourceFieldSelector',
  {
    containerName: string(),
    divisor: quantity({ default: '0' }),
    resource: string({ required: true }),
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

export const EnvVar = struct('io.k8s.api.core.v1.EnvVar', {
  name: string({ required: true }),
  value: string(),
  valueFrom: ref(() => EnvVarSource),
});

export const ConfigMapEnvSource = struct('io.k8s.api.core.v1.ConfigMapEnvSource', {
  name: string(),
  optional: boolean(),
});

export const SecretEnvSource = struct('io.k8s.api.core.v1.SecretEnvSource', {
  name: string(),
  optional: boolean(),
});

export const EnvFromSource = struct('io.k8s.api.core.v1.EnvFromSource', {
  configMapRef: ref(() => ConfigMapEnvSource),
  prefix: string(),
  secretRef: ref(() => SecretEnvSource),
});

export const ContainerPort = struct('io.k8s.api.core.v1.ContainerPort', {
  containerPort: int32({ required: true }),
  hostIP: string(),
  hostPort: int32(),
  name: string(),
  protocol: string({ default: 'TCP' }),
});

export const ContainerResizePolicy = struct('io.k8s.api.core.v1.ContainerResizePolicy', {
  resourceName: string({ required: true }),
  restartPolicy: string({ required: true }),
});

export const ResourceClaim = struct('io.k8s.api.core.v1.ResourceClaim', {
  name: string({ required: true }),
  request: string(),
});

export const ResourceRequirements = struct('io.k8s.api.core.v1.ResourceRequirements', {
  claims: array(
    ref(() => ResourceClaim),
    { listType: 'map', listMapKeys: ['name'] },
  ),
  limits: map(quantity()),
  requests: map(quantity()),
});

export const ContainerRestartRuleOnExitCodes = struct('io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes', {
  operator: string({ required: true }),
  values: array(int32(), { listType: 'set' }),
});

export const ContainerRestartRule = struct('io.k8s.api.core.v1.ContainerRestartRule', {
  action: string({ required: true }),
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
  resources: ref(() => ResourceRequirements, { default: {} }),
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

export const Container = struct('io.k8s.api.core.v1.Container', {
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
  resources: ref(() => ResourceRequirements, { default: {} }),
  restartPolicy: string(),
  restartPolicyRules: array(
    ref(() => ContainerRestartRule),
    { listType: 'atomic' },
  ),
  securityContext: ref(() => SecurityContext),
  startupProbe: ref(() => Probe),
  stdin: boolean(),
  stdinOnce: boolean(),
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

export const PodResourceClaim = struct('io.k8s.api.core.v1.PodResourceClaim', {
  name: string({ required: true }),
  resourceClaimName: string(),
  resourceClaimTemplateName: string(),
});
