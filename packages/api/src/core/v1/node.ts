import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';
import { nodeColumns } from './node-columns.ts';
import { nodeRules } from './node-rules.ts';
import { NodeConfigSource, NodeStatus, Taint } from './types/node-status.ts';

export const NodeSpec = struct(
  'io.k8s.api.core.v1.NodeSpec',
  {
    configSource: ref(() => NodeConfigSource, { description: 'No longer used.' }),
    externalID: string({ description: 'No longer used.' }),
    podCIDR: string({ description: 'Range that addresses of pods on the node come from.' }),
    podCIDRs: array(string(), {
      listType: 'set',
      patchStrategy: 'merge',
      description: 'Ranges of pod addresses, at most one of each family, the first as in podCIDR.',
    }),
    providerID: string({
      description: 'Id of the machine at the provider, as provider://id. Can not change once set.',
    }),
    taints: array(
      ref(() => Taint),
      { listType: 'atomic', description: 'Keep pods without a matching toleration off the node.' },
    ),
    unschedulable: boolean({
      description: 'true: no new pods are placed here, as kubectl cordon does. Default: false.',
    }),
  },
  { description: 'How a node may be used.' },
);

export const Node = struct(
  'io.k8s.api.core.v1.Node',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => NodeSpec, {
      description: 'Wanted state: taints, addresses for pods, whether pods may be placed.',
    }),
    status: ref(() => NodeStatus, { description: 'Seen state: resources, addresses, conditions, images.' }),
  },
  { description: 'A machine that runs pods.' },
);

export const node = defineKind({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  namespaced: false,
  shortNames: ['no'],
  type: Node,
  subresources: {
    status: true,
    others: {
      proxy: { verbs: ['create', 'delete', 'get', 'patch', 'update'], kind: 'NodeProxyOptions' },
    },
  },
  retention: 'busy',
  rules: nodeRules,
  generation: false,
  statusOnCreate: true,
  columns: nodeColumns,
  selectableFields: {
    'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false),
  },
});
