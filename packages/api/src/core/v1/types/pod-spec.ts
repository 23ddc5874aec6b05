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

export const PodSchedulingGroup = struct('io.k8s.api.core.v1.PodSchedulingGroup', {
  podGroupName: string(),
});

export const PodSchedulingGate = struct('io.k8s.api.core.v1.PodSchedulingGate', {
  name: string({ required: true }),
});

export const PodSpec = struct('io.k8s.api.core.v1.PodSpec', {
  activeDeadlineSeconds: int64(),
  affinity: ref(() => Affinity),
  automountServiceAccountToken: boolean(),
  containers: array(
    ref(() => Container),
    { required: true, listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  dnsConfig: ref(() => PodDNSConfig),
  dnsPolicy: string({ default: 'ClusterFirst' }),
  enableServiceLinks: boolean(),
  ephemeralContainers: array(
    ref(() => EphemeralContainer),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  hostAliases: array(
    ref(() => HostAlias),
    { listType: 'map', listMapKeys: ['ip'], patchStrategy: 'merge', patchMergeKey: 'ip' },
  ),
  hostIPC: boolean(),
  hostNetwork: boolean(),
  hostPID: boolean(),
  hostUsers: boolean(),
  hostname: string(),
  hostnameOverride: string(),
  imagePullSecrets: array(
    ref(() => LocalObjectReference),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  initContainers: array(
    ref(() => Container),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  nodeName: string(),
  nodeSelector: map(string(), { mapType: 'atomic' }),
  os: ref(() => PodOS),
  overhead: map(quantity()),
  preemptionPolicy: string(),
  priority: int32(),
  priorityClassName: string(),
  readinessGates: array(
    ref(() => PodReadinessGate),
    { listType: 'atomic' },
  ),
  resourceClaims: array(
    ref(() => PodResourceClaim),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge,retainKeys', patchMergeKey: 'name' },
  ),
  resources: ref(() => ResourceRequirements),
  restartPolicy: string({ default: 'Always' }),
  runtimeClassName: string(),
  schedulerName: string({ default: 'default-scheduler' }),
  schedulingGates: array(
    ref(() => PodSchedulingGate),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  schedulingGroup: ref(() => PodSchedulingGroup),
  securityContext: ref(() => PodSecurityContext, { default: {} }),
  serviceAccount: string(),
  serviceAccountName: string(),
  setHostnameAsFQDN: boolean(),
  shareProcessNamespace: boolean(),
  subdomain: string(),
  terminationGracePeriodSeconds: int64({ default: 30 }),
  tolerations: array(
    ref(() => Toleration),
    { listType: 'atomic' },
  ),
  topologySpreadConstraints: array(
    ref(() => TopologySpreadConstraint),
    {
      listType: 'map',
      listMapKeys: ['topologyKey', 'whenUnsatisfiable'],
      patchStrategy: 'merge',
      patchMergeKey: 'topologyKey',
    },
  ),
  volumes: array(
    ref(() => Volume),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge,retainKeys', patchMergeKey: 'name' },
  ),
});

export const PodTemplateSpec = struct('io.k8s.api.core.v1.PodTemplateSpec', {
  metadata: ref(() => ObjectMeta, { default: {} }),
  spec: ref(() => PodSpec, { default: {} }),
});
