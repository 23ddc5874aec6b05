import { boolean, string, struct } from '../../../schema/dsl.ts';

export const VolumeDevice = struct('io.k8s.api.core.v1.VolumeDevice', {
  devicePath: string({ required: true }),
  name: string({ required: true }),
});

export const VolumeMount = struct(
  'io.k8s.api.core.v1.VolumeMount',
  {
    mountPath: string({ required: true, description: 'Path in the container.' }),
    mountPropagation: string({
      description: 'How later mounts pass: None, HostToContainer or Bidirectional.',
    }),
    name: string({ required: true, description: 'Name of the volume.' }),
    readOnly: boolean({ description: 'Mount without writing.' }),
    recursiveReadOnly: string(),
    subPath: string({ description: 'Path in the volume.' }),
    subPathExpr: string({ description: 'Path in the volume, with variables.' }),
  },
  { description: 'Where a container sees a volume.' },
);
