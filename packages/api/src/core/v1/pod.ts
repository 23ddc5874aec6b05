import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { podColumns } from './pod-columns.ts';
import { podRules } from './pod-rules.ts';
import { PodSpec } from './types/pod-spec.ts';
import { PodStatus } from './types/pod-status.ts';

export const Pod = struct(
  'io.k8s.api.core.v1.Pod',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PodSpec, {
      description: 'Wanted state: containers, volumes and where to run. Little of it can change later.',
    }),
    status: ref(() => PodStatus, { description: 'Seen state, written by the node. Clients only read it.' }),
  },
  { description: 'Containers that run together on one node and share its network and volumes.' },
);

export const pod = defineKind({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  namespaced: true,
  shortNames: ['po'],
  categories: ['all'],
  type: Pod,
  returnsDeleted: true,
  subresources: {
    status: true,
    others: {
      attach: { verbs: ['create', 'get'], kind: 'PodAttachOptions' },
      binding: { verbs: ['create'], kind: 'Binding' },
      ephemeralcontainers: { verbs: ['get', 'patch', 'update'], kind: 'Pod' },
      eviction: { verbs: ['create'], kind: 'Eviction', group: 'policy' },
      exec: { verbs: ['create', 'get'], kind: 'PodExecOptions' },
      log: { verbs: ['get'], kind: 'Pod' },
      portforward: { verbs: ['create', 'get'], kind: 'PodPortForwardOptions' },
      proxy: { verbs: ['create', 'delete', 'get', 'patch', 'update'], kind: 'PodProxyOptions' },
      resize: { verbs: ['get', 'patch', 'update'], kind: 'Pod' },
    },
  },
  rules: podRules,
  columns: podColumns,
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status?.phase ?? '',
    'status.podIP': ({ status }) => status?.podIP ?? status?.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  },
});
