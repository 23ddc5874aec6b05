import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, ref, string, struct } from '../../schema/dsl.ts';

export const ScaleSpec = struct('io.k8s.api.autoscaling.v1.ScaleSpec', {
  replicas: int32({ published: 0 }),
});

export const ScaleStatus = struct('io.k8s.api.autoscaling.v1.ScaleStatus', {
  replicas: int32({ required: true }),
  selector: string(),
});

export const Scale = struct('io.k8s.api.autoscaling.v1.Scale', {
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  spec: ref(() => ScaleSpec),
  status: ref(() => ScaleStatus),
});
