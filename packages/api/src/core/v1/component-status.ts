import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';

export const ComponentCondition = struct('io.k8s.api.core.v1.ComponentCondition', {
  error: string(),
  message: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const ComponentStatus = struct('io.k8s.api.core.v1.ComponentStatus', {
  apiVersion: string(),
  conditions: array(
    ref(() => ComponentCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  kind: string(),
  metadata: ref(() => ObjectMeta),
});
