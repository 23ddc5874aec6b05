import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';
import { nodeColumns } from './node-columns.ts';
import { nodeRules } from './node-rules.ts';
import { NodeConfigSource, NodeStatus, Taint } from './types/node-status.ts';

export const NodeSpec = struct(
  'io.k8s.api.core.v1.NodeSpec',
  {
    configSource: ref(() => NodeConfigSource),
    externalID: string(),
    podCIDR: string({ description: 'Range that addresses of pods come from.' }),
    podCIDRs: array(string(), {
      listType: 'set',
      patchStrategy: 'merge',
      description: 'Ranges, one a family.',
    }),
    providerID: string({ description: 'Identity at the cloud provider.' }),
    taints: array(
      ref(() => Taint),
      { listType: 'atomic', description: 'What keeps pods away that do not tolerate it.' },
    ),
    unschedulable: boolean({ description: 'No new pods are placed here.' }),
  },
  { description: 'How a node may be used.' },
);

export const Node = struct(
  'io.k8s.api.core.v1.Node',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => NodeSpec),
    status: ref(() => NodeStatus),
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
  columns: nodeColumns,
  selectableFields: {
    'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false),
  },
});
