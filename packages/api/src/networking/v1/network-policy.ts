import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, intOrString, ref, string, struct } from '../../schema/dsl.ts';
import { networkPolicyRules } from './network-policy-rules.ts';
import { networkPolicyColumns } from './networking-columns.ts';

export const NetworkPolicyPort = struct(
  'io.k8s.api.networking.v1.NetworkPolicyPort',
  {
    endPort: int32({
      description: 'Last port of a range that begins with port, which must be a number then.',
    }),
    port: intOrString({ description: 'Port number or name. Unset: all ports of the protocol.' }),
    protocol: string({ default: 'TCP', description: 'TCP, UDP or SCTP. Default: TCP.' }),
  },
  { description: 'A port, or a range of ports.' },
);

export const IPBlock = struct(
  'io.k8s.api.networking.v1.IPBlock',
  {
    cidr: string({
      required: true,
      description: 'The range in CIDR form, such as 10.1.0.0/16 or fd00:1::/64.',
    }),
    except: array(string(), { listType: 'atomic', description: 'Ranges inside it that are left out.' }),
  },
  { description: 'A range of addresses.' },
);

export const NetworkPolicyPeer = struct(
  'io.k8s.api.networking.v1.NetworkPolicyPeer',
  {
    ipBlock: ref(() => IPBlock, { description: 'A range of addresses. Not together with the selectors.' }),
    namespaceSelector: ref(() => LabelSelector, {
      description: 'Namespaces by label. Empty: all. Unset: the namespace of the policy.',
    }),
    podSelector: ref(() => LabelSelector, {
      description: 'Pods by label. Empty or unset: all in those namespaces.',
    }),
  },
  { description: 'Pods or addresses. With both selectors: those pods in those namespaces.' },
);

export const NetworkPolicyEgressRule = struct(
  'io.k8s.api.networking.v1.NetworkPolicyEgressRule',
  {
    ports: array(
      ref(() => NetworkPolicyPort),
      { listType: 'atomic', description: 'Ports that may be reached. Empty: all.' },
    ),
    to: array(
      ref(() => NetworkPolicyPeer),
      { listType: 'atomic', description: 'Peers that may be reached. Empty: all.' },
    ),
  },
  { description: 'Traffic that pods may send: to one of these peers, at one of these ports.' },
);

export const NetworkPolicyIngressRule = struct(
  'io.k8s.api.networking.v1.NetworkPolicyIngressRule',
  {
    from: array(
      ref(() => NetworkPolicyPeer),
      { listType: 'atomic', description: 'Peers that may send. Empty: all.' },
    ),
    ports: array(
      ref(() => NetworkPolicyPort),
      { listType: 'atomic', description: 'Ports that may be reached. Empty: all.' },
    ),
  },
  { description: 'Traffic that pods may get: from one of these peers, at one of these ports.' },
);

export const NetworkPolicySpec = struct(
  'io.k8s.api.networking.v1.NetworkPolicySpec',
  {
    egress: array(
      ref(() => NetworkPolicyEgressRule),
      {
        listType: 'atomic',
        description:
          'Traffic that the pods may send; one of these is enough. Empty, with policy type Egress: none.',
      },
    ),
    ingress: array(
      ref(() => NetworkPolicyIngressRule),
      {
        listType: 'atomic',
        description: 'Traffic that the pods may get; one of these is enough. Empty: none.',
      },
    ),
    podSelector: ref(() => LabelSelector, {
      default: {},
      description: 'Pods that this is about, by label. Empty: all of the namespace.',
      byValue: true,
    }),
    policyTypes: array(string(), {
      listType: 'atomic',
      description:
        'Ingress, Egress or both: what is restricted. Default: Ingress, and Egress when egress is set.',
    }),
  },
  { description: 'What a NetworkPolicy should bring about.' },
);

export const NetworkPolicy = struct(
  'io.k8s.api.networking.v1.NetworkPolicy',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => NetworkPolicySpec, { description: 'Wanted state: pods and the traffic they may have.' }),
  },
  { description: 'Says who may talk to a set of pods.' },
);

export const networkPolicy = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  singular: 'networkpolicy',
  namespaced: true,
  shortNames: ['netpol'],
  type: NetworkPolicy,
  rules: networkPolicyRules,
  generation: true,
  columns: networkPolicyColumns,
});
