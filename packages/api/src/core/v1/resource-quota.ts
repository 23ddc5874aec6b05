import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct } from '../../schema/dsl.ts';
import { resourceQuotaColumns } from './core-columns.ts';
import { resourceQuotaRules } from './resource-quota-rules.ts';

export const ScopedResourceSelectorRequirement = struct(
  'io.k8s.api.core.v1.ScopedResourceSelectorRequirement',
  {
    operator: string({ required: true }),
    scopeName: string({ required: true }),
    values: array(string(), { listType: 'atomic' }),
  },
);

export const ScopeSelector = struct(
  'io.k8s.api.core.v1.ScopeSelector',
  {
    matchExpressions: array(
      ref(() => ScopedResourceSelectorRequirement),
      { listType: 'atomic' },
    ),
  },
  { mapType: 'atomic' },
);

export const ResourceQuotaSpec = struct('io.k8s.api.core.v1.ResourceQuotaSpec', {
  hard: map(quantity()),
  scopeSelector: ref(() => ScopeSelector),
  scopes: array(string(), { listType: 'atomic' }),
});

export const ResourceQuotaStatus = struct('io.k8s.api.core.v1.ResourceQuotaStatus', {
  hard: map(quantity()),
  used: map(quantity()),
});

export const ResourceQuota = struct(
  'io.k8s.api.core.v1.ResourceQuota',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ResourceQuotaSpec),
    status: ref(() => ResourceQuotaStatus),
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
