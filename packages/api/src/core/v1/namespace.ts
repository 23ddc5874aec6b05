import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct, time } from '../../schema/dsl.ts';
import { namespaceColumns } from './core-columns.ts';
import { namespaceRules } from './namespace-rules.ts';

export const NamespaceSpec = struct(
  'io.k8s.api.core.v1.NamespaceSpec',
  {
    finalizers: array(string(), {
      listType: 'atomic',
      description:
        'Who must still clean up before the namespace goes. The content of kubernetes is deleted first.',
    }),
  },
  { description: 'What a namespace should be like.' },
);

export const NamespaceCondition = struct(
  'io.k8s.api.core.v1.NamespaceCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect, such as NamespaceContentRemaining.' }),
  },
  { description: 'One aspect of the end of a namespace.' },
);

export const NamespaceStatus = struct(
  'io.k8s.api.core.v1.NamespaceStatus',
  {
    conditions: array(
      ref(() => NamespaceCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What holds up the end of the namespace.',
      },
    ),
    phase: string({ default: 'Active', description: 'Active, or Terminating once it was deleted.' }),
  },
  { description: 'What was last seen of a namespace.' },
);

export const Namespace = struct(
  'io.k8s.api.core.v1.Namespace',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => NamespaceSpec, { description: 'Who must clean up before the namespace goes.' }),
    status: ref(() => NamespaceStatus, { default: {}, description: 'Seen state: active or going.' }),
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
