import { Toleration } from '../../core/v1/types/affinity.ts';
import type { RuntimeClass as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct } from '../../schema/dsl.ts';
import { ageColumn, nameColumn, text } from '../../tables/columns.ts';
import { runtimeClassRules } from './runtime-class-rules.ts';

export const Overhead = struct('io.k8s.api.node.v1.Overhead', {
  podFixed: map(quantity()),
});

export const Scheduling = struct('io.k8s.api.node.v1.Scheduling', {
  nodeSelector: map(string(), { mapType: 'atomic' }),
  tolerations: array(
    ref(() => Toleration),
    { listType: 'atomic' },
  ),
});

export const RuntimeClass = struct(
  'io.k8s.api.node.v1.RuntimeClass',
  {
    apiVersion: string(),
    handler: string({ required: true }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    overhead: ref(() => Overhead),
    scheduling: ref(() => Scheduling),
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
  columns: [nameColumn, text('Handler', ({ handler }) => handler), ageColumn],
});
