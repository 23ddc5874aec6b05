import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { ageColumn, nameColumn } from '../../tables/columns.ts';
import { resourceClaimTemplateRules } from './resource-claim-rules.ts';
import { ResourceClaimSpec } from './types/device-claim.ts';

export const ResourceClaimTemplateSpec = struct(
  'io.k8s.api.resource.v1.ResourceClaimTemplateSpec',
  {
    metadata: ref(() => ObjectMeta, { description: 'Labels and annotations of the claims.' }),
    spec: ref(() => ResourceClaimSpec, { required: true, description: 'Devices that the claims ask for.' }),
  },
  { description: 'What claims made for pods look like.' },
);

export const ResourceClaimTemplate = struct(
  'io.k8s.api.resource.v1.ResourceClaimTemplate',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ResourceClaimTemplateSpec, {
      required: true,
      description: 'What the claims look like. Can not change.',
    }),
  },
  { description: 'From which claims for pods are made.' },
);

export const resourceClaimTemplate = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaimTemplate',
  plural: 'resourceclaimtemplates',
  singular: 'resourceclaimtemplate',
  namespaced: true,
  type: ResourceClaimTemplate,
  columns: [nameColumn, ageColumn],
  returnsDeleted: true,
  rules: resourceClaimTemplateRules,
});
