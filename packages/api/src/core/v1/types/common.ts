import { array, ref, string, struct } from '../../../schema/dsl.ts';

export const LocalObjectReference = struct(
  'io.k8s.api.core.v1.LocalObjectReference',
  {
    name: string({ published: '', description: 'Name of the object.' }),
  },
  { mapType: 'atomic', description: 'An object in the same namespace.' },
);

export const ObjectReference = struct(
  'io.k8s.api.core.v1.ObjectReference',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    fieldPath: string({
      description: 'Part of the object, such as spec.containers{name}; empty for the whole.',
    }),
    kind: string({ description: 'Kind of the object.' }),
    name: string({ description: 'Name of the object.' }),
    namespace: string({ description: 'Namespace of the object.' }),
    resourceVersion: string({ description: 'Version of the object that is meant, if one is.' }),
    uid: string({ description: 'Unique id of the object.' }),
  },
  { mapType: 'atomic', description: 'An object, or a part of one.' },
);

export const EventSource = struct(
  'io.k8s.api.core.v1.EventSource',
  {
    component: string({ description: 'Name of the component.' }),
    host: string({ description: 'Name of the node.' }),
  },
  { description: 'Who reported an event.' },
);

export const TopologySelectorLabelRequirement = struct(
  'io.k8s.api.core.v1.TopologySelectorLabelRequirement',
  {
    key: string({ required: true, description: 'Key of the label.' }),
    values: array(string(), {
      required: true,
      listType: 'atomic',
      description: 'Values, one of which must match.',
    }),
  },
  { description: 'Values that a label of a topology may have.' },
);

export const TopologySelectorTerm = struct(
  'io.k8s.api.core.v1.TopologySelectorTerm',
  {
    matchLabelExpressions: array(
      ref(() => TopologySelectorLabelRequirement),
      { listType: 'atomic', description: 'Conditions on labels.' },
    ),
  },
  { mapType: 'atomic', description: 'Conditions on a topology, all of which must hold.' },
);

export const SecretReference = struct(
  'io.k8s.api.core.v1.SecretReference',
  {
    name: string({ description: 'Name of the Secret.' }),
    namespace: string({ description: 'Namespace of the Secret.' }),
  },
  { mapType: 'atomic', description: 'A Secret in any namespace.' },
);
