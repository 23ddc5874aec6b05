import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { podTemplateColumns } from './core-columns.ts';
import { podTemplateRules } from './pod-template-rules.ts';
import { PodTemplateSpec } from './types/pod-spec.ts';

export const PodTemplate = struct(
  'io.k8s.api.core.v1.PodTemplate',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    template: ref(() => PodTemplateSpec, { byValue: true, description: 'What the pods look like.' }),
  },
  { description: 'A template of pods, stored by itself.' },
);

export const podTemplate = defineKind({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  singular: 'podtemplate',
  namespaced: true,
  type: PodTemplate,
  generation: true,
  returnsDeleted: true,
  rules: podTemplateRules,
  columns: podTemplateColumns,
});
