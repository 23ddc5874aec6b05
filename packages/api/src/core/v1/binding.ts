import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { ObjectReference } from './types/common.ts';

export const Binding = struct('io.k8s.api.core.v1.Binding', {
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  target: ref(() => ObjectReference, { required: true }),
});
