import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, int32, int64, ref, string, struct } from '../../../schema/dsl.ts';

export const PodAffinityTerm = struct(
  'io.k8s.api.core.v1.PodAffinityTerm',
  {
    labelSelector: ref(() => LabelSelector, { description: 'Labels of the pods; unset matches none.' }),
    matchLabelKeys: array(string(), {
      listType: 'atomic',
      description: 'Labels whose values are taken from the new pod and must be equal. Needs labelSelector.',
    }),
    mismatchLabelKeys: array(string(), {
      listType: 'atomic',
      description: 'Labels whose values are taken from the new pod and must differ. Needs labelSelector.',
    }),
    namespaceSelector: ref(() => LabelSelector, {
      description: 'Namespaces of the pods by label, besides namespaces. Empty: all namespaces.',
    }),
    namespaces: array(string(), {
      listType: 'atomic',
      description: 'Namespaces of the pods. Unset, without namespaceSelector: that of the new pod.',
    }),
    topologyKey: string({
      required: true,
      description: 'Label of nodes. Nodes with the same value of it are one domain.',
    }),
  },
  { description: 'A set of pods, and the domain in which a pod is to be near them or apart from them.' },
);

export const NodeSelectorRequirement = struct(
  'io.k8s.api.core.v1.NodeSelectorRequirement',
  {
    key: string({ required: true, description: 'Label of the node, or name of a field.' }),
    operator: string({
      required: true,
      description: 'In, NotIn, Exists, DoesNotExist, Gt or Lt. Gt and Lt compare whole numbers.',
    }),
    values: array(string(), {
      listType: 'atomic',
      description: 'Values to compare with: one for Gt and Lt, none for Exists and DoesNotExist.',
    }),
  },
  { description: 'One condition on a label or field of a node.' },
);

export const NodeSelectorTerm = struct(
  'io.k8s.api.core.v1.NodeSelectorTerm',
  {
    matchExpressions: array(
      ref(() => NodeSelectorRequirement),
      { listType: 'atomic', description: 'Conditions on labels.' },
    ),
    matchFields: array(
      ref(() => NodeSelectorRequirement),
      { listType: 'atomic', description: 'Conditions on fields; only metadata.name is known.' },
    ),
  },
  {
    mapType: 'atomic',
    description: 'Conditions on a node, all of which must hold. An empty term matches no node.',
  },
);

export const NodeSelector = struct(
  'io.k8s.api.core.v1.NodeSelector',
  {
    nodeSelectorTerms: array(
      ref(() => NodeSelectorTerm),
      { required: true, listType: 'atomic', description: 'The terms; at least one.' },
    ),
  },
  { mapType: 'atomic', description: 'A choice of nodes: those that match at least one of the terms.' },
);

export const PreferredSchedulingTerm = struct(
  'io.k8s.api.core.v1.PreferredSchedulingTerm',
  {
    preference: ref(() => NodeSelectorTerm, { required: true, description: 'Conditions on the node.' }),
    weight: int32({ required: true, description: 'How much the wish counts, 1 to 100.' }),
  },
  { description: 'A wish for certain nodes. An empty term matches all nodes and says nothing.' },
);

export const NodeAffinity = struct(
  'io.k8s.api.core.v1.NodeAffinity',
  {
    preferredDuringSchedulingIgnoredDuringExecution: array(
      ref(() => PreferredSchedulingTerm),
      {
        listType: 'atomic',
        description: 'Wishes. The node with the highest sum of weights is taken, if others are equal.',
      },
    ),
    requiredDuringSchedulingIgnoredDuringExecution: ref(() => NodeSelector, {
      description: 'Must match when the pod is placed. Changes of labels later do not move the pod.',
    }),
  },
  { description: 'Rules about the nodes that a pod may run on.' },
);

export const WeightedPodAffinityTerm = struct(
  'io.k8s.api.core.v1.WeightedPodAffinityTerm',
  {
    podAffinityTerm: ref(() => PodAffinityTerm, { required: true, description: 'The pods and the domain.' }),
    weight: int32({ required: true, description: 'How much the wish counts, 1 to 100.' }),
  },
  { description: 'A wish to be near certain pods, or apart from them.' },
);

export const PodAffinity = struct(
  'io.k8s.api.core.v1.PodAffinity',
  {
    preferredDuringSchedulingIgnoredDuringExecution: array(
      ref(() => WeightedPodAffinityTerm),
      {
        listType: 'atomic',
        description: 'Wishes. The node with the highest sum of weights is taken, if others are equal.',
      },
    ),
    requiredDuringSchedulingIgnoredDuringExecution: array(
      ref(() => PodAffinityTerm),
      {
        listType: 'atomic',
        description: 'All must hold when the pod is placed. Changes later do not move the pod.',
      },
    ),
  },
  { description: 'Pods that should, or must, be in the same domain.' },
);

export const PodAntiAffinity = struct(
  'io.k8s.api.core.v1.PodAntiAffinity',
  {
    preferredDuringSchedulingIgnoredDuringExecution: array(
      ref(() => WeightedPodAffinityTerm),
      {
        listType: 'atomic',
        description: 'Wishes. The node with the lowest sum of weights is taken, if others are equal.',
      },
    ),
    requiredDuringSchedulingIgnoredDuringExecution: array(
      ref(() => PodAffinityTerm),
      {
        listType: 'atomic',
        description: 'All must hold when the pod is placed. Changes later do not move the pod.',
      },
    ),
  },
  { description: 'Pods that should not, or must not, be in the same domain.' },
);

export const Affinity = struct(
  'io.k8s.api.core.v1.Affinity',
  {
    nodeAffinity: ref(() => NodeAffinity, { description: 'Rules about nodes.' }),
    podAffinity: ref(() => PodAffinity, { description: 'Rules about pods to be near to.' }),
    podAntiAffinity: ref(() => PodAntiAffinity, { description: 'Rules about pods to stay apart from.' }),
  },
  { description: 'Rules about where a pod should and must not run.' },
);

export const TopologySpreadConstraint = struct(
  'io.k8s.api.core.v1.TopologySpreadConstraint',
  {
    labelSelector: ref(() => LabelSelector, { description: 'Pods that are counted.' }),
    matchLabelKeys: array(string(), {
      listType: 'atomic',
      description: 'Labels whose values are taken from the new pod and must be equal. Needs labelSelector.',
    }),
    maxSkew: int32({
      required: true,
      description: 'How many more matching pods a domain may have than the emptiest one; above 0.',
    }),
    minDomains: int32({
      description:
        'Domains that should be there; with fewer, the emptiest one counts as 0. Only with DoNotSchedule. Default: 1.',
    }),
    nodeAffinityPolicy: string({
      description:
        'Honor leaves out nodes that nodeSelector or nodeAffinity exclude, Ignore counts them. Default: Honor.',
    }),
    nodeTaintsPolicy: string({
      description:
        'Honor leaves out nodes with taints that the pod does not tolerate, Ignore counts them. Default: Ignore.',
    }),
    topologyKey: string({
      required: true,
      description: 'Label of nodes. Nodes with the same value of it are one domain.',
    }),
    whenUnsatisfiable: string({
      required: true,
      description: 'DoNotSchedule lets the pod wait, ScheduleAnyway only prefers nodes with less skew.',
    }),
  },
  { description: 'How evenly matching pods are spread over zones, nodes or other domains.' },
);

export const Toleration = struct(
  'io.k8s.api.core.v1.Toleration',
  {
    effect: string({
      description: 'Effect of the taint: NoSchedule, PreferNoSchedule or NoExecute. Unset: any.',
    }),
    key: string({ description: 'Key of the taint. Unset, with operator Exists: any.' }),
    operator: string({
      description: 'Exists, Equal, Lt or Gt: how the value of the taint is compared. Default: Equal.',
    }),
    tolerationSeconds: int64({
      description:
        'With effect NoExecute: seconds that the pod stays after the taint came. Unset: for good. 0 or less: none.',
    }),
    value: string({ description: 'Value of the taint. Empty with Exists.' }),
  },
  { description: 'Lets a pod stay on, or be placed on, nodes with a matching taint.' },
);
