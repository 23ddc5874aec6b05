import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';
import { nodeColumns } from './node-columns.ts';
import { nodeRules } from './node-rules.ts';
import { NodeConfigSource, NodeStatus, Taint } from './types/node-status.ts';

export const NodeSpec = struct('io.k8s.api.core.v1.NodeSpec', {
  configSource: ref(() => NodeConfigSource),
  externalID: string(),
  podCIDR: string(),
  podCIDRs: array(string(), { listType: 'set', patchStrategy: 'merge' }),
  providerID: string(),
  taints: array(
    ref(() => Taint),
    { listType: 'atomic' },
  ),
  unschedulable: boolean(),
});

export const Node = struct('io.k8s.api.core.v1.Node', {
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  spec: ref(() => NodeSpec),
  status: ref(() => NodeStatus),
});

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
