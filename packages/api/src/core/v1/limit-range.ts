import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct } from '../../schema/dsl.ts';
import { limitRangeRules } from './limit-range-rules.ts';

export const LimitRangeItem = struct('io.k8s.api.core.v1.LimitRangeItem', {
  default: map(quantity()),
  defaultRequest: map(quantity()),
  max: map(quantity()),
  maxLimitRequestRatio: map(quantity()),
  min: map(quantity()),
  type: string({ required: true }),
});

export const LimitRangeSpec = struct('io.k8s.api.core.v1.LimitRangeSpec', {
  limits: array(
    ref(() => LimitRangeItem),
    { required: true, listType: 'atomic' },
  ),
});

export const LimitRange = struct(
  'io.k8s.api.core.v1.LimitRange',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => LimitRangeSpec),
  },
  { description: 'Bounds and defaults of resources for objects in a namespace.' },
);

export const limitRange = defineKind({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  singular: 'limitrange',
  namespaced: true,
  shortNames: ['limits'],
  type: LimitRange,
  rules: limitRangeRules,
});
