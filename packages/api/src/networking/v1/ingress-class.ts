import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { ingressClassRules } from './ingress-class-rules.ts';
import { ingressClassColumns } from './networking-columns.ts';

export const IngressClassParametersReference = struct(
  'io.k8s.api.networking.v1.IngressClassParametersReference',
  {
    apiGroup: string({ description: 'Group of the object. Unset: the core group.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    name: string({ required: true, description: 'Name of the object.' }),
    namespace: string({
      description: 'Namespace of the object; only with scope Namespace, and needed then.',
    }),
    scope: string({ default: 'Cluster', description: 'Cluster or Namespace. Default: Cluster.' }),
  },
  { description: 'An object with settings for a controller.' },
);

export const IngressClassSpec = struct(
  'io.k8s.api.networking.v1.IngressClassSpec',
  {
    controller: string({
      description:
        'Name of the controller, such as example.com/ingress; at most 250 characters. Can not change.',
    }),
    parameters: ref(() => IngressClassParametersReference, {
      description: 'An object with settings for the controller.',
    }),
  },
  { description: 'Who implements the Ingresses of a class.' },
);

export const IngressClass = struct(
  'io.k8s.api.networking.v1.IngressClass',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => IngressClassSpec, { description: 'Controller and its parameters.' }),
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
