import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, int32, int64, ref, string, struct } from '../../../schema/dsl.ts';

export const PodAffinityTerm = struct('io.k8s.api.core.v1.PodAffinityTerm', {
  labelSelector: ref(() => LabelSelector),
  matchLabelKeys: array(string(), { listType: 'atomic' }),
  mismatchLabelKeys: array(string(), { listType: 'atomic' }),
  namespaceSelector: ref(() => LabelSelector),
  namespaces: array(string(), { listType: 'atomic' }),
  topologyKey: string({ required: true }),
});

export const NodeSelectorRequirement = struct('io.k8s.api.core.v1.NodeSelectorRequirement', {
  key: string({ required: true }),
  operator: string({ required: true }),
  values: array(string(), { listType: 'atomic' }),
});

export const NodeSelectorTerm = struct(
  'io.k8s.api.core.v1.NodeSelectorTerm',
  {
    matchExpressions: array(
      ref(() => NodeSelectorRequirement),
      { listType: 'atomic' },
    ),
    matchFields: array(
      ref(() => NodeSelectorRequirement),
      { listType: 'atomic' },
    ),
  },
  { mapType: 'atomic' },
);

export const NodeSelector = struct(
  'io.k8s.api.core.v1.NodeSelector',
  {
    nodeSelectorTerms: array(
      ref(() => NodeSelectorTerm),
      { required: true, listType: 'atomic' },
    ),
  },
  { mapType: 'atomic' },
);

export const PreferredSchedulingTerm = struct('io.k8s.api.core.v1.PreferredSchedulingTerm', {
  preference: ref(() => NodeSelectorTerm, { required: true }),
  weight: int32({ required: true }),
});

export const NodeAffinity = struct('io.k8s.api.core.v1.NodeAffinity', {
  preferredDuringSchedulingIgnoredDuringExecution: array(
    ref(() => PreferredSchedulingTerm),
    { listType: 'atomic' },
  ),
  requiredDuringSchedulingIgnoredDuringExecution: ref(() => NodeSelector),
});

export const WeightedPodAffinityTerm = struct('io.k8s.api.core.v1.WeightedPodAffinityTerm', {
  podAffinityTerm: ref(() => PodAffinityTerm, { required: true }),
  weight: int32({ required: true }),
});

export const PodAffinity = struct('io.k8s.api.core.v1.PodAffinity', {
  preferredDuringSchedulingIgnoredDuringExecution: array(
    ref(() => WeightedPodAffinityTerm),
    { listType: 'atomic' },
  ),
  requiredDuringSchedulingIgnoredDuringExecution: array(
    ref(() => PodAffinityTerm),
    { listType: 'atomic' },
  ),
});

export const PodAntiAffinity = struct('io.k8s.api.core.v1.PodAntiAffinity', {
  preferredDuringSchedulingIgnoredDuringExecution: array(
    ref(() => WeightedPodAffinityTerm),
    { listType: 'atomic' },
  ),
  requiredDuringSchedulingIgnoredDuringExecution: array(
    ref(() => PodAffinityTerm),
    { listType: 'atomic' },
  ),
});

export const Affinity = struct('io.k8s.api.core.v1.Affinity', {
  nodeAffinity: ref(() => NodeAffinity),
  podAffinity: ref(() => PodAffinity),
  podAntiAffinity: ref(() => PodAntiAffinity),
});

export const TopologySpreadConstraint = struct('io.k8s.api.core.v1.TopologySpreadConstraint', {
  labelSelector: ref(() => LabelSelector),
  matchLabelKeys: array(string(), { listType: 'atomic' }),
  maxSkew: int32({ required: true }),
  minDomains: int32(),
  nodeAffinityPolicy: string(),
  nodeTaintsPolicy: string(),
  topologyKey: string({ required: true }),
  whenUnsatisfiable: string({ required: true }),
});

export const Toleration = struct('io.k8s.api.core.v1.Toleration', {
  effect: string(),
  key: string(),
  operator: string(),
  tolerationSeconds: int64(),
  value: string(),
});
