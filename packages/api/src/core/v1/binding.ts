import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { ObjectReference } from './types/common.ts';

export const Binding = struct(
  'io.k8s.api.core.v1.Binding',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    target: ref(() => ObjectReference, { required: true, description: 'The node.' }),
  },
  { description: 'Puts a pod on a node.' },
);

export const binding = defineKind({
  group: '',
  version: 'v1',
  kind: 'Binding',
  plural: 'bindings',
  singular: 'binding',
  namespaced: true,
  verbs: ['create'],
  type: Binding,
});
