import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { ingressClassRules } from './ingress-class-rules.ts';
import { ingressClassColumns } from './networking-columns.ts';

export const IngressClassParametersReference = struct(
  'io.k8s.api.networking.v1.IngressClassParametersReference',
  {
    apiGroup: string(),
    kind: string({ required: true }),
    name: string({ required: true }),
    namespace: string(),
    scope: string({ default: 'Cluster' }),
  },
);

export const IngressClassSpec = struct('io.k8s.api.networking.v1.IngressClassSpec', {
  controller: string(),
  parameters: ref(() => IngressClassParametersReference),
});

export const IngressClass = struct(
  'io.k8s.api.networking.v1.IngressClass',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => IngressClassSpec),
  },
  { description: 'Names the controller that serves an Ingress.' },
);

export const ingressClass = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  singular: 'ingressclass',
  namespaced: false,
  type: IngressClass,
  rules: ingressClassRules,
  generation: true,
  columns: ingressClassColumns,
});
