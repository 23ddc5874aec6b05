import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, intOrString, ref, string, struct } from '../../schema/dsl.ts';
import { networkPolicyRules } from './network-policy-rules.ts';
import { networkPolicyColumns } from './networking-columns.ts';

export const NetworkPolicyPort = struct('io.k8s.api.networking.v1.NetworkPolicyPort', {
  endPort: int32(),
  port: intOrString(),
  protocol: string({ default: 'TCP' }),
});

export const IPBlock = struct('io.k8s.api.networking.v1.IPBlock', {
  cidr: string({ required: true }),
  except: array(string(), { listType: 'atomic' }),
});

export const NetworkPolicyPeer = struct('io.k8s.api.networking.v1.NetworkPolicyPeer', {
  ipBlock: ref(() => IPBlock),
  namespaceSelector: ref(() => LabelSelector),
  podSelector: ref(() => LabelSelector),
});

export const NetworkPolicyEgressRule = struct('io.k8s.api.networking.v1.NetworkPolicyEgressRule', {
  ports: array(
    ref(() => NetworkPolicyPort),
    { listType: 'atomic' },
  ),
  to: array(
    ref(() => NetworkPolicyPeer),
    { listType: 'atomic' },
  ),
});

export const NetworkPolicyIngressRule = struct('io.k8s.api.networking.v1.NetworkPolicyIngressRule', {
  from: array(
    ref(() => NetworkPolicyPeer),
    { listType: 'atomic' },
  ),
  ports: array(
    ref(() => NetworkPolicyPort),
    { listType: 'atomic' },
  ),
});

export const NetworkPolicySpec = struct('io.k8s.api.networking.v1.NetworkPolicySpec', {
  egress: array(
    ref(() => NetworkPolicyEgressRule),
    { listType: 'atomic', description: 'Where the pods may connect to.' },
  ),
  ingress: array(
    ref(() => NetworkPolicyIngressRule),
    { listType: 'atomic', description: 'Who may connect to the pods.' },
  ),
  podSelector: ref(() => LabelSelector, {
    default: {},
    description: 'The pods that this is about.',
    byValue: true,
  }),
  policyTypes: array(string(), { listType: 'atomic', description: 'Ingress, Egress or both.' }),
});

export const NetworkPolicy = struct(
  'io.k8s.api.networking.v1.NetworkPolicy',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => NetworkPolicySpec),
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
