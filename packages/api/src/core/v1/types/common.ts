import { array, ref, string, struct } from '../../../schema/dsl.ts';

export const LocalObjectReference = struct(
  'io.k8s.api.core.v1.LocalObjectReference',
  {
    name: string({ published: '' }),
  },
  { mapType: 'atomic' },
);

export const ObjectReference = struct(
  'io.k8s.api.core.v1.ObjectReference',
  {
    apiVersion: string(),
    fieldPath: string(),
    kind: string(),
    name: string(),
    namespace: string(),
    resourceVersion: string(),
    uid: string(),
  },
  { mapType: 'atomic' },
);

export const EventSource = struct('io.k8s.api.core.v1.EventSource', {
  component: string(),
  host: string(),
});

export const TopologySelectorLabelRequirement = struct(
  'io.k8s.api.core.v1.TopologySelectorLabelRequirement',
  {
    key: string({ required: true }),
    values: array(string(), { required: true, listType: 'atomic' }),
  },
);

export const TopologySelectorTerm = struct(
  'io.k8s.api.core.v1.TopologySelectorTerm',
  {
    matchLabelExpressions: array(
      ref(() => TopologySelectorLabelRequirement),
      { listType: 'atomic' },
    ),
  },
  { mapType: 'atomic' },
);
