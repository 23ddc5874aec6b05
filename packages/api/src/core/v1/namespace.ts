import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct, time } from '../../schema/dsl.ts';
import { namespaceColumns } from './core-columns.ts';
import { namespaceRules } from './namespace-rules.ts';

export const NamespaceSpec = struct('io.k8s.api.core.v1.NamespaceSpec', {
  finalizers: array(string(), {
    listType: 'atomic',
    description: 'What must happen before the namespace can go.',
  }),
});

export const NamespaceCondition = struct('io.k8s.api.core.v1.NamespaceCondition', {
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const NamespaceStatus = struct('io.k8s.api.core.v1.NamespaceStatus', {
  conditions: array(
    ref(() => NamespaceCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  phase: string({ default: 'Active' }),
});

export const Namespace = struct(
  'io.k8s.api.core.v1.Namespace',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => NamespaceSpec),
    status: ref(() => NamespaceStatus, { default: {} }),
  },
  { description: 'A room for names: most objects live in one.' },
);

export const namespace = defineKind({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  namespaced: false,
  nameRule: 'dnsLabel',
  shortNames: ['ns'],
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  type: Namespace,
  subresources: {
    status: true,
    others: {
      finalize: { verbs: ['update'], kind: 'Namespace' },
    },
  },
  rules: namespaceRules,
  generation: false,
  columns: namespaceColumns,
  selectableFields: {
    'status.phase': ({ status }) => status?.phase ?? '',
  },
});
