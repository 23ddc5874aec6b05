import { DeleteOptions, ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';

export const Eviction = struct('io.k8s.api.policy.v1.Eviction', {
  apiVersion: string(),
  deleteOptions: ref(() => DeleteOptions),
  kind: string(),
  metadata: ref(() => ObjectMeta),
});
