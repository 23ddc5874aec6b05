import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, ref, string, struct } from '../../schema/dsl.ts';

export const ScaleSpec = struct(
  'io.k8s.api.autoscaling.v1.ScaleSpec',
  {
    replicas: int32({ published: 0, description: 'Wanted number of replicas. Default: 0.' }),
  },
  { description: 'What a workload should be scaled to.' },
);

export const ScaleStatus = struct(
  'io.k8s.api.autoscaling.v1.ScaleStatus',
  {
    replicas: int32({ required: true, description: 'Number of replicas that exist.' }),
    selector: string({ description: 'Label selector of the pods, as text.' }),
  },
  { description: 'What a workload is scaled to.' },
);

export const Scale = struct(
  'io.k8s.api.autoscaling.v1.Scale',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ScaleSpec, { description: 'Wanted number of replicas.' }),
    status: ref(() => ScaleStatus, { description: 'Seen number of replicas.' }),
  },
  { description: 'Number of replicas of a workload, in a form that is the same for all kinds.' },
);
