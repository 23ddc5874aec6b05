import { DeleteOptions, ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';

export const Eviction = struct(
  'io.k8s.api.policy.v1.Eviction',
  {
    apiVersion: string(),
    deleteOptions: ref(() => DeleteOptions, { description: 'How to delete the pod.' }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
  },
  { description: 'Asks for the end of a pod; refused while a disruption budget would be broken.' },
);
