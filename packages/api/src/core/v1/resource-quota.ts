import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct } from '../../schema/dsl.ts';
import { resourceQuotaColumns } from './core-columns.ts';
import { resourceQuotaRules } from './resource-quota-rules.ts';

export const ScopedResourceSelectorRequirement = struct(
  'io.k8s.api.core.v1.ScopedResourceSelectorRequirement',
  {
    operator: string({
      required: true,
      description:
        'In, NotIn, Exists or DoesNotExist. Only PriorityClass and VolumeAttributesClass know In and NotIn.',
    }),
    scopeName: string({ required: true, description: 'Name of the scope.' }),
    values: array(string(), {
      listType: 'atomic',
      description: 'Values to compare with; none for Exists and DoesNotExist.',
    }),
  },
  { description: 'One condition on a scope.' },
);

export const ScopeSelector = struct(
  'io.k8s.api.core.v1.ScopeSelector',
  {
    matchExpressions: array(
      ref(() => ScopedResourceSelectorRequirement),
      { listType: 'atomic', description: 'Conditions, all of which must hold.' },
    ),
  },
  { mapType: 'atomic', description: 'A choice of objects by scope.' },
);

export const ResourceQuotaSpec = struct(
  'io.k8s.api.core.v1.ResourceQuotaSpec',
  {
    hard: map(quantity(), {
      description: 'Limit of each resource, such as requests.cpu or count/jobs.batch.',
    }),
    scopeSelector: ref(() => ScopeSelector, {
      description: 'Which objects count, by scope and value. All conditions must hold.',
    }),
    scopes: array(string(), {
      listType: 'atomic',
      description: 'Which objects count: those that match every scope. Unset: all.',
    }),
  },
  { description: 'Limits on what a namespace may use in all.' },
);

export const ResourceQuotaStatus = struct(
  'io.k8s.api.core.v1.ResourceQuotaStatus',
  {
    hard: map(quantity(), { description: 'Limit of each resource that is in force.' }),
    used: map(quantity(), { description: 'What is used of each resource.' }),
  },
  { description: 'Limits and use, as last counted.' },
);

export const ResourceQuota = struct(
  'io.k8s.api.core.v1.ResourceQuota',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ResourceQuotaSpec, { description: 'Wanted limits.' }),
    status: ref(() => ResourceQuotaStatus, { description: 'Limits in force, and what is used.' }),
  },
  { description: 'The most that a namespace may use.' },
);

export const resourceQuota = defineKind({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  singular: 'resourcequota',
  namespaced: true,
  shortNames: ['quota'],
  type: ResourceQuota,
  returnsDeleted: true,
  subresources: {
    status: true,
  },
  rules: resourceQuotaRules,
  generation: false,
  columns: resourceQuotaColumns,
});
