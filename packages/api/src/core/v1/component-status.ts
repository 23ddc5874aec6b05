import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { componentStatusColumns } from './core-columns.ts';

export const ComponentCondition = struct(
  'io.k8s.api.core.v1.ComponentCondition',
  {
    error: string({ description: 'Error of the check.' }),
    message: string({ description: 'What the check said.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Healthy.' }),
  },
  { description: 'One aspect of the health of a component.' },
);

export const ComponentStatus = struct(
  'io.k8s.api.core.v1.ComponentStatus',
  {
    apiVersion: string(),
    conditions: array(
      ref(() => ComponentCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What was seen when it was checked.',
      },
    ),
    kind: string(),
    metadata: ref(() => ObjectMeta),
  },
  { description: 'Health of a part of the control plane.' },
);

export const componentStatus = defineKind({
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  singular: 'componentstatus',
  namespaced: false,
  shortNames: ['cs'],
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  verbs: ['get', 'list'],
  columns: componentStatusColumns,
  type: ComponentStatus,
});
