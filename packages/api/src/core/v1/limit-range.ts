import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct } from '../../schema/dsl.ts';
import { limitRangeRules } from './limit-range-rules.ts';

export const LimitRangeItem = struct(
  'io.k8s.api.core.v1.LimitRangeItem',
  {
    default: map(quantity(), { description: 'Limits of a container that states none, by resource.' }),
    defaultRequest: map(quantity(), {
      description: 'Requests of a container that states none, by resource.',
    }),
    max: map(quantity(), { description: 'Most that may be asked for, by resource.' }),
    maxLimitRequestRatio: map(quantity(), {
      description: 'How many times the request the limit may be, by resource.',
    }),
    min: map(quantity(), { description: 'Least that must be asked for, by resource.' }),
    type: string({ required: true, description: 'Container, Pod or PersistentVolumeClaim.' }),
  },
  { description: 'Limits for one type of object.' },
);

export const LimitRangeSpec = struct(
  'io.k8s.api.core.v1.LimitRangeSpec',
  {
    limits: array(
      ref(() => LimitRangeItem),
      { required: true, listType: 'atomic', description: 'Limits for each type of object.' },
    ),
  },
  { description: 'Bounds and defaults of requests and limits.' },
);

export const LimitRange = struct(
  'io.k8s.api.core.v1.LimitRange',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => LimitRangeSpec, { description: 'The limits.' }),
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
