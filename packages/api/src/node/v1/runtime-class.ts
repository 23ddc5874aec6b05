import { Toleration } from '../../core/v1/types/affinity.ts';
import type { RuntimeClass as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct } from '../../schema/dsl.ts';
import { ageColumn, nameColumn, text } from '../../tables/columns.ts';
import { runtimeClassRules } from './runtime-class-rules.ts';

export const Overhead = struct(
  'io.k8s.api.node.v1.Overhead',
  {
    podFixed: map(quantity(), { description: 'Amounts for each pod, by resource.' }),
  },
  { description: 'Resources that running a pod costs by itself.' },
);

export const Scheduling = struct(
  'io.k8s.api.node.v1.Scheduling',
  {
    nodeSelector: map(string(), {
      mapType: 'atomic',
      description: 'Labels that the nodes must have, added to those of the pod.',
    }),
    tolerations: array(
      ref(() => Toleration),
      { listType: 'atomic', description: 'Taints that the pods accept, added to those of the pod.' },
    ),
  },
  { description: 'Nodes that know a RuntimeClass.' },
);

export const RuntimeClass = struct(
  'io.k8s.api.node.v1.RuntimeClass',
  {
    apiVersion: string(),
    handler: string({
      required: true,
      description:
        'Name of the handler in the settings of the container runtime; a DNS label. Can not change.',
    }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    overhead: ref(() => Overhead, {
      description: 'Resources that running a pod costs by itself. Unset: none.',
    }),
    scheduling: ref(() => Scheduling, { description: 'Nodes that know the class. Unset: all.' }),
  },
  { description: 'A way in which containers can be run.' },
);

export const runtimeClass = defineKind<Stored>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  singular: 'runtimeclass',
  namespaced: false,
  type: RuntimeClass,
  rules: runtimeClassRules,
  columns: [
    nameColumn,
    text(
      'Handler',
      'Name of the handler in the settings of the container runtime.',
      ({ handler }) => handler,
    ),
    ageColumn,
  ],
});
